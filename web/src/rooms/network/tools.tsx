import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, told } from "@/api/client";
import { useWords } from "@/api/facts";
import { useAddress } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { keepPicture } from "@/rooms/network/saved";
import { texts } from "@/rooms/network/texts";
import { Picker } from "@/ui/picker";

type Props = {
  start: string | null;
  end: string | null;
  nameOf: (id: string | null) => string;
  add: (id: string) => void;
  types: readonly string[];
  without: ReadonlySet<string>;
  picture: () => void;
  whole: () => void;
  empty: boolean;
};
type NamedSet = { name: string; zh: string; en: string; types: string[] };

export function Tools({ start, end, nameOf, add, types, without, picture, whole, empty }: Props) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const [copied, setCopied] = useState(false);
  const schema = useQuery({
    queryKey: ["schema"],
    enabled: !empty,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/schema")),
  });
  const sets = ((schema.data?.sets ?? []) as unknown as NamedSet[]).filter((set) =>
    set.types.some((type) => types.includes(type)),
  );
  const offOf = (set: NamedSet) =>
    types
      .filter((type) => !set.types.includes(type))
      .sort()
      .join(",");
  const off = [...without]
    .filter((type) => types.includes(type))
    .sort()
    .join(",");
  const current = off === "" ? "" : (sets.find((set) => offOf(set) === off)?.name ?? "-");
  const share = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const flip = (type: string) => {
    const next = new Set(without);
    if (!next.delete(type)) next.add(type);
    change({ off: [...next].sort().join(",") }, true);
  };
  return (
    <div className="network-tools no-print">
      <div className="bar">
        <Picker label={say("start.add")} choose={(thing) => add(thing.id)} />
        <span className="field">
          <span>{say("path.from")}</span>
          <Picker label={say("path.from")} shown={nameOf(start)} choose={(thing) => change({ start: thing.id })} />
        </span>
        <span className="field">
          <span>{say("path.to")}</span>
          <Picker label={say("path.to")} shown={nameOf(end)} choose={(thing) => change({ end: thing.id })} />
        </span>
        {!empty && (
          <>
            <button type="button" className="button" onClick={whole}>
              {say("whole")}
            </button>
            <button type="button" className="button" onClick={picture}>
              {say("picture")}
            </button>
            <button type="button" className="button" onClick={share}>
              <span aria-live="polite">{say(copied ? "shared" : "share")}</span>
            </button>
            <button
              type="button"
              className="button"
              onClick={() => keepPicture(search.toString(), nameOf(search.get("from")?.split(",")[0] ?? start))}
            >
              {say("save")}
            </button>
            <button
              type="button"
              className="button plain"
              onClick={() => change({ from: null, ask: null, with: null, start: null, end: null, off: null, at: null })}
            >
              {say("clear")}
            </button>
          </>
        )}
      </div>
      {types.length > 0 && (
        <fieldset className="bar network-types">
          <legend className="unseen">{say("types")}</legend>
          <label className="field">
            {say("set")}
            <select
              value={current}
              onChange={(event) =>
                change(
                  {
                    off:
                      event.target.value === ""
                        ? null
                        : offOf(sets.find((set) => set.name === event.target.value) as NamedSet),
                  },
                  true,
                )
              }
            >
              <option value="">{say("set.all")}</option>
              {current === "-" && <option value="-">…</option>}
              {sets.map((set) => (
                <option key={set.name} value={set.name}>
                  {set[language]}
                </option>
              ))}
            </select>
          </label>
          {types.map((type) => (
            <label key={type} className="field">
              <input type="checkbox" checked={!without.has(type)} onChange={() => flip(type)} />
              {word("relationships", type)}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
