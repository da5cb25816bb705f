import type { State } from "@/api/client";
import { useTexts } from "@/i18n/language";
import { texts } from "@/ui/texts";

/** The shape of a state: a disc with a tick, a square with a cross, a broken ring with a question mark. */
export function StateMark({ state }: { state: State }) {
  return (
    <svg className={`mark ${state}`} viewBox="0 0 14 14" aria-hidden="true">
      {state === "covered" && (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path d="M3.9 7.2l2.1 2.1 4.1-4.4" fill="none" stroke="#fff" strokeWidth="1.6" />
        </>
      )}
      {state === "uncovered" && (
        <>
          <rect x=".8" y=".8" width="12.4" height="12.4" rx="1.5" fill="currentColor" />
          <path d="M4.2 4.2l5.6 5.6M9.8 4.2L4.2 9.8" stroke="#fff" strokeWidth="1.7" />
        </>
      )}
      {state === "unknown" && (
        <>
          <circle cx="7" cy="7" r="6.1" fill="#fff" stroke="currentColor" strokeWidth="1.2" strokeDasharray="2.4 1.5" />
          <path
            d="M5.2 5.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M7 9.6v1.1"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
          />
        </>
      )}
    </svg>
  );
}

/** A state's shape and word. */
export function StateWord({ state }: { state: State }) {
  const say = useTexts(texts);
  return (
    <span className={`state ${state}`}>
      <StateMark state={state} />
      {say(state)}
    </span>
  );
}

/** Says of anything that it was generated. */
export function Synthetic() {
  const say = useTexts(texts);
  return (
    <span className="badge synthetic" title={say("synthetic.title")}>
      {say("synthetic")}
    </span>
  );
}

/** Three shares of a whole, told apart by pattern as well: full, full with a white gap, hatched. */
export function Share({ covered, uncovered, unknown }: { covered: number; uncovered: number; unknown: number }) {
  const total = Math.max(covered + uncovered + unknown, 1);
  const at = (100 * covered) / total;
  const then = (100 * (covered + uncovered)) / total;
  return (
    <span className="share" aria-hidden="true">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="0" width={at} height="8" fill="var(--covered)" />
        <rect x={at} y="0" width={then - at} height="8" fill="var(--uncovered)" />
        <rect x={then} y="2.5" width={100 - then} height="3" fill="#8b95a1" />
      </svg>
    </span>
  );
}
