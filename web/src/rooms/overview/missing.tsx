import { useWords } from "@/api/facts";
import { Go } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { UNKNOWN, within } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { texts } from "@/rooms/overview/texts";
import { StateMark } from "@/ui/marks";
import { Nothing, Panel } from "@/ui/states";

/** What is unknown, by the ledger that would settle it, the one that hides most first. */
export function Missing({ whole }: { whole: Whole }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const found = new Map<string, { count: number; areas: Set<string>; streets: Map<string, number> }>();
  for (const area of whole.areas) {
    for (const [at, state] of area.own.entries()) {
      const need = whole.needs[at];
      if (state !== UNKNOWN || need === undefined) continue;
      const row = found.get(need.ledger) ?? { count: 0, areas: new Set<string>(), streets: new Map<string, number>() };
      const street = within(area, "Street")?.name ?? "";
      row.count += 1;
      row.areas.add(area.id);
      row.streets.set(street, (row.streets.get(street) ?? 0) + 1);
      found.set(need.ledger, row);
    }
  }
  const rows = [...found].sort((a, b) => b[1].count - a[1].count);
  return (
    <Panel title={say("unknown.title")}>
      {rows.length === 0 && <Nothing title={say("unknown.none")} />}
      <ul className="overview-list">
        {rows.map(([ledger, row]) => (
          <li key={ledger}>
            <Go to="/gaps" query={{ state: "unknown", ledger }}>
              <StateMark state="unknown" />
              <span>
                {word("ledgers", ledger)}
                <span className="quiet small"> {say("unknown.row", { count: row.count, areas: row.areas.size })}</span>
                <span className="quiet small block">
                  {say("unknown.where", {
                    streets: [...row.streets]
                      .sort((a, b) => b[1] - a[1])
                      .map(([street]) => street)
                      .slice(0, 4)
                      .join(language === "zh" ? "、" : ", "),
                  })}
                </span>
              </span>
            </Go>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
