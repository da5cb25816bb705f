import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import type { Measures, Preview } from "@/rooms/plans/model";
import { texts } from "@/rooms/plans/texts";
import { StateMark } from "@/ui/marks";
import { Scroller } from "@/ui/states";

const FIGURES = ["covered", "uncovered", "unknown", "missing", "worst_load", "over"] as const;
const SHOWN = 12;

/** The figures of a plan, as many columns as are compared. */
export function Figures({ columns }: { columns: readonly { title: string; of: Measures }[] }) {
  const say = useTexts(texts);
  const number = useNumber();
  const told = (name: (typeof FIGURES)[number], of: Measures) => {
    const value = of[name];
    if (value === null) return "—";
    return name === "worst_load" ? `${Math.round(value * 100)}%` : number(value);
  };
  return (
    <Scroller label={say("figure")}>
      <table className="grid-table plans-figures">
        <thead>
          <tr>
            <th scope="col">{say("figure")}</th>
            {columns.map((column) => (
              <th key={column.title} scope="col" className="number">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIGURES.map((name) => (
            <tr key={name}>
              <th scope="row">
                {(name === "covered" || name === "uncovered" || name === "unknown") && <StateMark state={name} />}{" "}
                {say(`figure.${name}`)}
              </th>
              {columns.map((column) => (
                <td key={column.title} className="number">
                  {told(name, column.of)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** What applying a plan would do to coverage: figures, who gains, who loses, conflicts, what moved. */
export function Difference({ of }: { of: Preview }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <div className="plans-preview">
      {of.moved.length > 0 && (
        <div className="notice bad">
          <p>{say("preview.moved")}</p>
          <ul>
            {of.moved.map((each) => (
              <li key={`${each.kind} ${each.id}`}>{each.text?.[language] ?? `${each.kind} ${each.id ?? ""}`}</li>
            ))}
          </ul>
        </div>
      )}
      {of.measures === null ? (
        <p className="quiet">{say("preview.none")}</p>
      ) : (
        <Figures
          columns={[
            { title: say("before"), of: of.measures.before },
            { title: say("after"), of: of.measures.after },
          ]}
        />
      )}
      <ul className="plans-lines">
        {of.text[language].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {of.difference !== null &&
        (["gained", "lost", "thinner"] as const).map((name) => {
          const moved = of.difference?.[name] ?? [];
          if (moved.length === 0) return null;
          return (
            <details key={name} open={name === "lost"}>
              <summary>{say(name, { count: moved.length })}</summary>
              <ul className="plans-lines">
                {moved.slice(0, SHOWN * 4).map((each) => (
                  <li key={`${each.area} ${each.requirement}`}>
                    <StateMark state={each.after === "covered" ? "covered" : "uncovered"} /> {each.name}{" "}
                    <code>{each.requirement}</code>
                  </li>
                ))}
                {moved.length > SHOWN * 4 && (
                  <li className="quiet">{say("changes.more", { count: moved.length - SHOWN * 4 })}</li>
                )}
              </ul>
            </details>
          );
        })}
    </div>
  );
}
