import { useState } from "react";
import { useLanguage, useTexts } from "@/i18n/language";
import { Called, Pair } from "@/rooms/plans/called";
import { type Change, type Proposal, pairOf } from "@/rooms/plans/model";
import { texts } from "@/rooms/plans/texts";
import { Picker } from "@/ui/picker";

const SHOWN = 60;
export type Edit = { add?: string[]; remove?: string[]; lock?: string[]; forbid?: string[]; unlock?: string[] };
type Props = { changes: readonly Change[]; locked?: readonly string[]; edit?: ((edit: Edit) => void) | undefined };

/** What a plan would begin, end or change, each with its reason and the next best choice. */
export function Changes({ changes, locked = [], edit }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [all, setAll] = useState(false);
  if (changes.length === 0) return <p className="quiet">{say("changes.none")}</p>;
  const shown = all ? changes : changes.slice(0, SHOWN);
  const buttons = (change: Change) => {
    const pair = pairOf(change);
    const held = locked.includes(pair);
    return (
      <span className="bar">
        {held ? (
          <span className="badge accent">{say("locked")}</span>
        ) : (
          <button
            type="button"
            className="button plain"
            aria-label={say("lock.of", { pair })}
            onClick={() => edit?.({ lock: [pair] })}
          >
            {say("lock")}
          </button>
        )}
        <button
          type="button"
          className="button plain"
          aria-label={say("remove.of", { pair })}
          onClick={() => edit?.({ remove: [pair] })}
        >
          {say("remove")}
        </button>
        <button
          type="button"
          className="button plain"
          aria-label={say("forbid.of", { pair })}
          onClick={() => edit?.({ forbid: [pair] })}
        >
          {say("forbid")}
        </button>
      </span>
    );
  };
  return (
    <>
      <table className="grid-table cards plans-changes">
        <thead>
          <tr>
            <th scope="col">{say("what")}</th>
            <th scope="col">{say("unit")}</th>
            <th scope="col">{say("area")}</th>
            <th scope="col">{say("reason")}</th>
            {edit !== undefined && <th scope="col" aria-label={say("what")} />}
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={`${change.operation} ${pairOf(change)}`}>
              <td data-title={say("what")}>
                <span className={`badge ${change.operation === "end" ? "" : "accent"}`}>
                  {say(`op.${change.operation}`)}
                </span>
              </td>
              <td data-title={say("unit")}>
                <Called id={change.unit} />
              </td>
              <td data-title={say("area")}>
                <Called id={change.area} />
              </td>
              <td data-title={say("reason")} className="small">
                <span>
                  {change.reason?.[language]}
                  {change.next_best !== null && change.next_best !== undefined && (
                    <span className="quiet block">
                      {change.cost?.[language] ?? say("best2")} <Called id={change.next_best} />
                    </span>
                  )}
                </span>
              </td>
              {edit !== undefined && <td data-title="">{buttons(change)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < changes.length && (
        <button type="button" className="button plain" onClick={() => setAll(true)}>
          {say("changes.more", { count: changes.length - shown.length })}
        </button>
      )}
    </>
  );
}

/** Pairs that must be and must not be, each of which can be lifted. */
export function Held({ plan, edit }: { plan: Proposal; edit: ((edit: Edit) => void) | undefined }) {
  const say = useTexts(texts);
  const rows = [
    ...plan.lock.map((pair) => [pair, "held.locked"] as const),
    ...plan.forbid.map((pair) => [pair, "held.forbidden"] as const),
  ];
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{say("held")}</h3>
      <ul className="plans-lines">
        {rows.slice(0, SHOWN).map(([pair, key]) => (
          <li key={`${key} ${pair}`}>
            {say(key, { pair: "" })}
            <Pair pair={pair} />{" "}
            {edit !== undefined && (
              <button
                type="button"
                className="button plain"
                aria-label={say("lift.of", { pair })}
                onClick={() => edit({ unlock: [pair] })}
              >
                {say("lift")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A pairing is added by hand. */
export function Add({ edit, busy }: { edit: (edit: Edit) => void; busy: boolean }) {
  const say = useTexts(texts);
  const [unit, setUnit] = useState({ id: "", name: "" });
  const [area, setArea] = useState({ id: "", name: "" });
  return (
    <fieldset className="bar plans-add">
      <legend>{say("add")}</legend>
      <Picker
        label={say("unit")}
        label_="Unit"
        shown={unit.name}
        choose={(thing) => setUnit({ id: thing.id, name: thing.name ?? thing.id })}
      />
      <span aria-hidden="true">→</span>
      <Picker
        label={say("area")}
        label_="Area"
        shown={area.name}
        choose={(thing) => setArea({ id: thing.id, name: thing.name ?? thing.id })}
      />
      <button
        type="button"
        className="button"
        disabled={busy || unit.id === "" || area.id === ""}
        onClick={() => edit({ add: [`${unit.id}>${area.id}`] })}
      >
        {say("add.do")}
      </button>
    </fieldset>
  );
}
