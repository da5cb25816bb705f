import type { ReactNode } from "react";
import { save } from "@/api/client";
import { useValues, useWords } from "@/api/facts";
import { useLanguage, useTexts } from "@/i18n/language";
import { Doubts } from "@/rooms/ledgers/doubts";
import type { Draft, Item, Options, Preview, Props } from "@/rooms/ledgers/model";
import { texts } from "@/rooms/ledgers/texts";
import { Scroller } from "@/ui/states";

const SHOWN = 50;
const HIDDEN = new Set(["source", "source_ref", "id"]);

/** Properties as a sentence, in the reader's words. */
export function useShort(): (props: Props) => string {
  const word = useWords();
  const called = useValues();
  return (props) =>
    Object.entries(props)
      .filter(([key]) => !HIDDEN.has(key))
      .map(([key, value]) => `${word("properties", key)}: ${called(value)}`)
      .join("; ");
}

/** What the import would do: every cell accounted for, what is new, changed, ended, in doubt or sent back. */
export function Found({
  draft,
  seen,
  options,
  change,
}: {
  draft: Draft;
  seen: Preview;
  options: Options;
  change: (options: Options) => void;
}) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const word = useWords();
  const called = useValues();
  const { changes } = seen;
  const file = seen.standard !== null;
  // A cell has a name; an item of a file has a place in a list.
  const problems = seen.quarantine.items.flatMap((row) =>
    row.problems.map((problem) => ({
      place: file ? `${row.sheet} ${row.row}` : `${row.sheet}!${problem.cell ?? row.row}`,
      text: problem.text[language],
    })),
  );
  const held = say(file ? "held.back" : "problems", { count: seen.quarantine.rows });
  return (
    <div id="found" className="ledgers-found">
      {seen.withheld != null && <p className="notice">{seen.withheld[language]}</p>}
      {seen.already != null && <p className="notice">{say("already")}</p>}
      <Rows
        label={say("cells")}
        titles={[
          say(file ? "sheet.list" : "sheet"),
          say("cells"),
          say("cell.imported"),
          say("cell.quarantined"),
          say("cell.ignored"),
        ]}
        rows={Object.entries(seen.cells).map(([sheet, count]) => [
          sheet,
          count.total,
          count.imported,
          count.quarantined,
          count.ignored,
        ])}
      />
      {changes !== null &&
        (["new", "changed", "ended"] as const).map((name) => (
          <Items key={name} name={name} items={changes.items[name]} total={changes[name]} />
        ))}
      {changes !== null && changes.conflicts > 0 && (
        <details open>
          <summary>
            {say("conflicts")}: {changes.conflicts}
          </summary>
          <Rows
            label={say("conflicts")}
            titles={[say("name"), say("meaning"), say("conflicts.graph"), say("conflicts.ledger")]}
            rows={changes.items.conflicts.map((each) => [
              <code key="id">{each.id}</code>,
              word("properties", each.property),
              called(each.graph),
              called(each.ledger),
            ])}
          />
        </details>
      )}
      <Doubts doubts={seen.doubts} options={options} change={change} />
      {seen.quarantine.rows === 0 ? (
        <p>{say("problems.none")}</p>
      ) : (
        <section>
          <h3>{held}</h3>
          <Rows
            label={held}
            titles={[say("place"), say("reason")]}
            rows={problems.slice(0, SHOWN).map((each) => [each.place, each.text])}
          />
          <p>
            <button
              type="button"
              id="quarantine"
              className="button"
              onClick={() =>
                save(`/api/v1/imports/${draft.id}/quarantine`, `quarantine-${draft.name.replace(/\.\w+$/, "")}.xlsx`)
              }
            >
              {say(file ? "held.back.save" : "quarantine")}
            </button>
          </p>
        </section>
      )}
    </div>
  );
}

export function Rows({
  label,
  titles,
  rows,
}: {
  label: string;
  titles: readonly string[];
  rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <Scroller label={label}>
      <table className="grid-table">
        <thead>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Items({ name, items, total }: { name: "new" | "changed" | "ended"; items: readonly Item[]; total: number }) {
  const say = useTexts(texts);
  const word = useWords();
  const short = useShort();
  if (total === 0) return null;
  const kind = (item: Item) => word("labels", item.kind) || word("relationships", item.kind);
  return (
    <details>
      <summary>
        {say(name)}: {total}
      </summary>
      <Rows
        label={say(name)}
        titles={[say("kind"), say("name"), say("what")]}
        rows={items
          .slice(0, SHOWN)
          .map((item) => [
            word("relationships", item.kind) === item.kind ? kind(item) : word("relationships", item.kind),
            <code key="id">{item.id}</code>,
            name === "new" ? short(item.after) : `${short(item.before)} → ${short(item.after)}`,
          ])}
      />
    </details>
  );
}
