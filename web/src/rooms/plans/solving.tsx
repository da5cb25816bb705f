import { useState } from "react";
import { send } from "@/api/client";
import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import { follow, type Job, type Lines } from "@/rooms/plans/model";
import { texts } from "@/rooms/plans/texts";
import { Failure } from "@/ui/states";

type State = { busy: boolean; job?: Job; error?: unknown };

/** Runs one solve at a time, shows how far it is, and can stop it and go on. `done` is given what it came to. */
export function useSolving<T extends object>(done: (result: T) => void) {
  const [state, setState] = useState<State>({ busy: false });
  const run = async (started: Promise<T | Job>) => {
    setState({ busy: true });
    try {
      let last: Job | undefined;
      const found = await follow(started, (job) => {
        last = job;
        setState({ busy: true, job });
      });
      // What was stopped stays in sight, to go on from.
      setState(found === undefined && last !== undefined ? { busy: false, job: last } : { busy: false });
      if (found !== undefined) done(found);
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { state, run };
}

type Props = { solving: { state: State; run: (started: Promise<never>) => Promise<void> } };

/** How far a solve is: the share done, the best value, the proven bound, and a way to stop it. */
export function Solving({ solving }: Props) {
  const say = useTexts(texts);
  const number = useNumber();
  const { language } = useLanguage();
  const { busy, job, error } = solving.state;
  if (error !== undefined) return <Failure error={error} />;
  if (!busy && job?.state === "cancelled") {
    const lines = (job.result as { text?: Lines } | null)?.text?.[language] ?? [];
    return (
      <div className="notice" role="status">
        <p>{say("stopped")}</p>
        <ul>
          {lines.slice(0, 8).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {job.resumable && (
          <button
            type="button"
            className="button"
            onClick={() => solving.run(send<never>(`/api/v1/jobs/${job.id}/resume`))}
          >
            {say("resume")}
          </button>
        )}
      </div>
    );
  }
  if (!busy) return null;
  const at = job?.progress;
  const told = [
    at?.best !== null && at?.best !== undefined && say("best", { value: number(at.best) }),
    at?.bound !== null && at?.bound !== undefined && say("bound", { value: number(at.bound) }),
    at?.gap !== null && at?.gap !== undefined && say("gap", { value: number(at.gap) }),
  ].filter(Boolean);
  return (
    <div className="notice bar plans-solving" role="status">
      <span>{say("solving")}</span>
      <progress max={1} value={at === null || at === undefined ? undefined : at.done} aria-label={say("solving")} />
      <span className="small quiet number">{told.join(" · ")}</span>
      {job !== undefined && (
        <button
          type="button"
          className="button plain"
          onClick={() => send(`/api/v1/jobs/${job.id}`, {}, "", "DELETE").catch(() => undefined)}
        >
          {say("stop")}
        </button>
      )}
    </div>
  );
}
