import { useTexts } from "@/i18n/language";
import { type Area, type Counts, counts, STATES, worst } from "@/model/coverage";
import { texts } from "@/rooms/matrix/texts";
import { Share, StateMark } from "@/ui/marks";
import { texts as common } from "@/ui/texts";

type Spot = { "data-at": string; tabIndex: number; onFocus: () => void };

/** An area's own state, or how many in it miss the requirement. */
export function Cell({
  area,
  need,
  name,
  marked,
  spot,
  choose,
}: {
  area: Area;
  need: number;
  name: string;
  marked: boolean;
  spot: Spot;
  choose: () => void;
}) {
  const say = useTexts(texts);
  const word = useTexts(common);
  const own = STATES[area.own[need] ?? -1];
  const found = counts(area, need);
  const state = own ?? worst(found);
  if (state === undefined) {
    return (
      <td className={marked ? "none marked" : "none"}>
        <span {...spot} title={say("cell.none", { area: area.name, need: name })}>
          ·
        </span>
      </td>
    );
  }
  const told =
    own === undefined
      ? say("cell.sum", { area: area.name, need: name, ...found })
      : say("cell.own", { area: area.name, need: name, state: word(own) });
  return (
    <td className={`${state}${own === undefined ? " whole" : ""}${marked ? " marked" : ""}`}>
      <button type="button" {...spot} title={told} onClick={choose}>
        <span className="unseen">{told}</span>
        <StateMark state={state} />
        {own === undefined && state !== "covered" && (
          <span aria-hidden="true">
            {state === "uncovered" ? found.uncovered : found.unknown}
            {state === "uncovered" && found.unknown > 0 && <small>?{found.unknown}</small>}
          </span>
        )}
      </button>
    </td>
  );
}

/** All requirements of an area and what lies in it together. */
export function SumCell({ found, spot, area }: { found: Counts; spot: Spot; area: string }) {
  const say = useTexts(texts);
  const told = say("cell.sum", { area, need: say("sum"), ...found });
  return (
    <td className="total">
      <span {...spot} title={told}>
        <span className="unseen">{told}</span>
        <b aria-hidden="true">{found.uncovered}</b>
        <i aria-hidden="true">{found.unknown > 0 ? `?${found.unknown}` : ""}</i>
        <Share {...found} />
      </span>
    </td>
  );
}
