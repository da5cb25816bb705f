import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { named, useWords } from "@/api/facts";
import type { Query } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { isThing, type Parameter } from "@/rooms/ask/model";
import { texts } from "@/rooms/ask/texts";
import { Picker } from "@/ui/picker";

type Props = {
  parameters: readonly Parameter[];
  given: Readonly<Record<string, string>>;
  submit: (values: Query) => void;
};

/** What a question asks for; each answer counts as soon as it is given. */
export function Form({ parameters, given, submit }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  return (
    <div className="bar ask-form no-print">
      {parameters.map((each) => (
        <div key={each.name} className="field">
          <span>
            {each.text[language]}
            {each.required && <em className="badge">{say("required")}</em>}
          </span>
          <Input parameter={each} value={given[each.name] ?? ""} set={(value) => submit({ [each.name]: value })} />
        </div>
      ))}
    </div>
  );
}

function Input({ parameter, value, set }: { parameter: Parameter; value: string; set: (value: string) => void }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const label = parameter.text[language];
  if (isThing(parameter)) return <ThingInput parameter={parameter} value={value} set={set} />;
  const standard = parameter.default === null || parameter.default === "today" ? "" : String(parameter.default);
  if (parameter.values.length > 0 || parameter.type === "boolean") {
    const values = parameter.type === "boolean" ? ["true", "false"] : parameter.values;
    return (
      <select
        className="text"
        aria-label={label}
        value={value || standard}
        onChange={(event) => set(event.target.value)}
      >
        {standard === "" && <option value="">{say("any")}</option>}
        {values.map((each) => (
          <option key={each} value={each}>
            {parameter.type === "boolean" ? say(each === "true" ? "yes" : "no") : word("terms", each)}
          </option>
        ))}
      </select>
    );
  }
  const kind = { integer: "number", date: "date", datetime: "datetime-local" }[parameter.type] ?? "text";
  return (
    <input
      className="text"
      aria-label={label}
      type={kind}
      defaultValue={value || standard}
      min={parameter.minimum ?? undefined}
      max={parameter.maximum ?? undefined}
      onChange={(event) => kind !== "text" && set(event.target.value)}
      onBlur={(event) => kind === "text" && set(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && set(event.currentTarget.value)}
    />
  );
}

function ThingInput({ parameter, value, set }: { parameter: Parameter; value: string; set: (value: string) => void }) {
  const { language } = useLanguage();
  const shown = useQuery({
    queryKey: ["entity", value, undefined],
    enabled: value !== "",
    queryFn: () => told(api.GET("/api/v1/entities/{id}", { params: { path: { id: value } } })),
  });
  return (
    <span className="bar">
      <Picker
        label={parameter.text[language]}
        label_={parameter.type}
        shown={value === "" ? "" : named(shown.data?.entity) || value}
        choose={(thing) => set(thing.id)}
      />
      {value !== "" && !parameter.required && (
        <button type="button" className="button plain" aria-label="×" onClick={() => set("")}>
          ×
        </button>
      )}
    </span>
  );
}
