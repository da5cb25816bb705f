import { useState } from "react";
import { send } from "@/api/client";
import { useLanguage, useTexts } from "@/i18n/language";
import { type Checked, PLANS, type Result, solve } from "@/rooms/plans/model";
import { Solving, useSolving } from "@/rooms/plans/solving";
import { texts } from "@/rooms/plans/texts";
import { Failure, Panel } from "@/ui/states";

type Props = { area: string; day: string; needs?: unknown; carried?: string | null };

/** The proof that capacity suffices, or why it cannot, in words; anyone can have it checked again. */
export function Certificate({ area, day, needs, carried = null }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [found, setFound] = useState<Result>();
  const [checked, setChecked] = useState<Checked>();
  const [error, setError] = useState<unknown>();
  const solving = useSolving<Result>((result) => {
    setFound(result);
    setChecked(undefined);
  });
  const options = Array.isArray(needs) && needs.length > 0 ? { options: { requirements: needs } } : {};
  const where = area === "" ? {} : { area };
  const check = () => {
    setError(undefined);
    send<Checked>(`${PLANS}/check`, found).then(setChecked, setError);
  };
  return (
    <Panel title={say("certificate")} about={say("certificate.about")} className="plans-certificate">
      {carried !== null && (
        <p className="small quiet">
          {say("certificate.plan")} <code>{carried}</code>
        </p>
      )}
      <p className="bar no-print">
        <button
          type="button"
          id="certify"
          className="button"
          disabled={solving.state.busy}
          onClick={() => solving.run(solve("certificate", { as_of: day, ...where, ...options }))}
        >
          {say("certificate.make")}
        </button>
        {found !== undefined && (
          <button type="button" id="check" className="button" onClick={check}>
            {say("certificate.check")}
          </button>
        )}
      </p>
      <Solving solving={solving} />
      {error !== undefined && <Failure error={error} />}
      {found !== undefined && (
        <>
          <ul className="plans-lines" id="certificate">
            {found.text[language].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="small quiet">
            {say("certificate.hash")} <code>{found.seal}</code>
          </p>
          <p className="small quiet">
            {say("certificate.snapshot")} <code>{found.snapshot}</code>
          </p>
        </>
      )}
      {checked !== undefined && (
        <div className={`notice ${checked.valid ? "" : "bad"}`} role="status">
          <p>{say(checked.valid ? "check.valid" : checked.stale ? "check.stale" : "check.faults")}</p>
          {!checked.valid && !checked.stale && (
            <ul>
              {checked.faults.slice(0, 10).map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Panel>
  );
}
