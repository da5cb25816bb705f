import { useNumber, useTexts } from "@/i18n/language";
import type { Part } from "@/model/use-coverage";
import { texts } from "@/rooms/matrix/texts";
import { Failure } from "@/ui/states";

/** How much of a large matrix is there, and what could not be read. */
export function Progress({ of: part }: { of: Part }) {
  const say = useTexts(texts);
  const number = useNumber();
  const read = { streets: number(part.streets), of: number(part.of) };
  const ended = part.streets + part.failed === part.of;
  if (part.streets === part.of && !part.coming) return null;
  return (
    <div className="matrix-part no-print">
      <p role="status">
        <strong>{say("part.read", read)}</strong>{" "}
        {!ended && (
          <progress aria-label={say("part.read", read)} max={part.of} value={part.coming ? undefined : part.streets} />
        )}{" "}
        <span className="quiet small">{say(part.coming ? "part.coming" : "part.single")}</span>
      </p>
      {part.failed > 0 && (
        <>
          <p>{say("part.failed", { failed: number(part.failed) })}</p>
          <Failure error={part.error} again={part.again} />
        </>
      )}
    </div>
  );
}
