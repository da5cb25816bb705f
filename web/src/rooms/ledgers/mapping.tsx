import { useChoices } from "@/api/facts";
import { useLanguage, useTexts } from "@/i18n/language";
import type { Draft, Kind, Options, Table } from "@/rooms/ledgers/model";
import { texts } from "@/rooms/ledgers/texts";
import { Picker } from "@/ui/picker";
import { Scroller } from "@/ui/states";

type Props = {
  draft: Draft;
  tables: readonly Table[];
  kinds: readonly Kind[];
  options: Options;
  change: (options: Options) => void;
  again: (options: Options) => void;
  busy: boolean;
};

/** Which kind of ledger each sheet is, what each of its columns means, and how the import treats what is there already. */
export function Mapping({ draft, tables, kinds, options, change, again, busy }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const members = useChoices("Member", "kind");
  const ledger = draft.standard === null;
  return (
    <div className="ledgers-mapping">
      {draft.notices.map((notice) => (
        <p key={notice.zh} className="notice">
          {notice[language]}
        </p>
      ))}
      {ledger &&
        tables.map((table) => (
          <Sheet
            key={table.name}
            table={table}
            kinds={kinds}
            options={options}
            change={change}
            again={again}
            busy={busy}
          />
        ))}
      <fieldset className="bar">
        <legend>{say("options")}</legend>
        {ledger && (
          <div className="field">
            <span>{say("area")}</span>
            <Picker
              label={say("area")}
              label_="Area"
              shown={options.complete_for}
              choose={(thing) => change({ ...options, complete_for: thing.id })}
            />
          </div>
        )}
        <label className="field">
          {say("as.of")}
          <input
            id="as-of"
            type="date"
            value={options.as_of ?? ""}
            onChange={(event) => change({ ...options, as_of: event.target.value || null })}
          />
        </label>
        {ledger && (
          <label className="field">
            {say("share")}
            <input
              id="share"
              type="number"
              min={0}
              max={100}
              value={Math.round(options.allow_ending * 100)}
              onChange={(event) => change({ ...options, allow_ending: Number(event.target.value) / 100 })}
            />
          </label>
        )}
        <label className="field">
          {say("conflicts")}
          <select
            id="conflicts"
            value={options.conflicts}
            onChange={(event) =>
              change({ ...options, conflicts: event.target.value === "ledger" ? "ledger" : "graph" })
            }
          >
            <option value="graph">{say("conflicts.graph")}</option>
            <option value="ledger">{say("conflicts.ledger")}</option>
          </select>
        </label>
        {draft.standard === "popolo" && (
          <label className="field">
            {say("member.kind")}
            <select
              id="member-kind"
              value={options.member_kind}
              disabled={busy}
              onChange={(event) => again({ ...options, member_kind: event.target.value })}
            >
              <option value="">{say("leave.out")}</option>
              {members.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </fieldset>
    </div>
  );
}

type SheetProps = {
  table: Table;
  kinds: readonly Kind[];
  options: Options;
  change: (options: Options) => void;
  again: (options: Options) => void;
  busy: boolean;
};

function Sheet({ table, kinds, options, change, again, busy }: SheetProps) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const chosen = options.tables[table.name] ?? { kind: table.kind ?? "", columns: {} };
  const kind = kinds.find((each) => each.id === chosen.kind);
  const set = (column: string, key: string) => {
    const columns = { ...chosen.columns, [column]: key };
    if (key === "") delete columns[column];
    change({ ...options, tables: { ...options.tables, [table.name]: { kind: chosen.kind, columns } } });
  };
  const lacking = table.missing.map((key) => kind?.columns.find((column) => column.key === key)?.text[language] ?? key);
  return (
    <fieldset>
      <legend>
        {table.name} <span className="quiet">({say("rows", { count: table.rows })})</span>
      </legend>
      <label className="field">
        {say("kind")}
        <select
          data-kind={table.name}
          value={chosen.kind}
          disabled={busy}
          onChange={(event) =>
            again({
              ...options,
              tables: { ...options.tables, [table.name]: { kind: event.target.value, columns: {} } },
            })
          }
        >
          <option value="">{say("leave.out")}</option>
          {kinds.map((each) => (
            <option key={each.id} value={each.id}>
              {each.text[language]}
            </option>
          ))}
        </select>
      </label>
      {lacking.length > 0 && (
        <p className="notice">{say("missing", { columns: lacking.join(language === "zh" ? "、" : ", ") })}</p>
      )}
      {kind !== undefined && (
        <Scroller label={table.name}>
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{say("column")}</th>
                <th scope="col">{say("as.written")}</th>
                <th scope="col">{say("meaning")}</th>
              </tr>
            </thead>
            <tbody>
              {table.columns
                .filter((column) => column.title !== null && column.title !== "")
                .map((column) => (
                  <tr key={column.column}>
                    <td>{column.column}</td>
                    <td>{column.title}</td>
                    <td>
                      <select
                        className="text"
                        data-column={column.column}
                        aria-label={column.title ?? column.column}
                        value={chosen.columns[column.column] ?? ""}
                        onChange={(event) => set(column.column, event.target.value)}
                      >
                        <option value="">{say("leave.out")}</option>
                        {kind.columns.map((each) => (
                          <option key={each.key} value={each.key}>
                            {each.text[language]}
                          </option>
                        ))}
                      </select>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </fieldset>
  );
}
