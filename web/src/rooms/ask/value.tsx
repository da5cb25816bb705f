import type { Entity, Path, State } from "@/api/client";
import { useWords } from "@/api/facts";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/ask/texts";
import { StateWord } from "@/ui/marks";
import { Thing, Way } from "@/ui/things";

const isEntity = (value: unknown): value is Entity =>
  typeof value === "object" && value !== null && "id" in value && "label" in value;
const isState = (value: unknown): value is State => value === "covered" || value === "uncovered" || value === "unknown";

/** Types of columns that may hold codes, which have names; an id or a text of its own has none and stays what it is. */
const CODED = new Set(["string", "strings", "state"]);

/** A value of any column: things lead to their pages, paths are sentences, states have their shapes. */
export function Value({ of, type }: { of: unknown; type: string }) {
  const say = useTexts(texts);
  const word = useWords();
  if (of === null || of === undefined) return null;
  if (type === "state" && isState(of)) return <StateWord state={of} />;
  if (type === "path") return <Way path={of as Path} />;
  if (isEntity(of)) return <Thing of={of} />;
  if (typeof of === "boolean") return say(of ? "yes" : "no");
  if (typeof of === "number") return Number.isInteger(of) ? String(of) : of.toFixed(2);
  if (Array.isArray(of)) {
    return (
      <ul className="ask-values">
        {of.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell's values never move
          <li key={at}>
            <Value of={each} type={type} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof of === "object") {
    return (
      <span>
        {Object.entries(of)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <span key={name} className="ask-part">
              <span className="quiet small">{name}</span> <Value of={value} type="" />
            </span>
          ))}
      </span>
    );
  }
  const code = String(of);
  const called = CODED.has(type) ? word("terms", code) : code;
  return called === code && type === "strings" ? word("relationships", code) : called;
}
