import { useWords, valueName } from "@/api/facts";
import { useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/entity/texts";
import { Panel } from "@/ui/states";
import { Cypher, SourceRef } from "@/ui/things";

/** Shown elsewhere on the page. */
const ELSEWHERE = new Set(["id", "name", "synthetic", "source", "source_ref", "pinyin", "search"]);
type Fact = { property: string; value: unknown };

export function Facts({ label, properties }: { label: string; properties: readonly Fact[] }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const shown = (property: string, value: unknown): string => {
    if (value === true || value === false) return say(value ? "yes" : "no");
    if (Array.isArray(value)) return value.map((each) => shown(property, each)).join("、");
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    const name = word("values", valueName(label, property, text));
    return name.startsWith(`${label}.`) ? text : name;
  };
  const nameOf = (property: string): string => {
    const full = word("properties", `${label}.${property}`);
    return language === "zh" && full !== `${label}.${property}` ? full : word("properties", property);
  };
  const of = (name: string) => properties.find((each) => each.property === name)?.value;
  const id = String(of("id") ?? "");
  const source = of("source");
  const at = of("source_ref");
  return (
    <Panel title={say("facts")}>
      <dl className="facts">
        {properties
          .filter((each) => !ELSEWHERE.has(each.property) && each.value !== null)
          .map((each) => (
            <div key={each.property}>
              <dt>{nameOf(each.property)}</dt>
              <dd>{shown(each.property, each.value)}</dd>
            </div>
          ))}
        {typeof source === "string" && (
          <div>
            <dt>{nameOf("source")}</dt>
            <dd>
              <SourceRef source={source} at={typeof at === "string" ? at : null} />
            </dd>
          </div>
        )}
      </dl>
      <Cypher question="entity" given={{ entity: id }} />
    </Panel>
  );
}
