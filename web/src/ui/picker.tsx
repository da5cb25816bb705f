import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { api, type Entity, told } from "@/api/client";
import { named, useWords } from "@/api/facts";
import { useDay } from "@/app/address";

type Props = {
  label: string;
  placeholder?: string;
  label_?: string | undefined;
  choose: (thing: Entity) => void;
  shown?: string;
};

/** A field in which a thing is found by name, alias, pinyin or initials; `label_` narrows it to one kind. */
export function Picker({ label, placeholder, label_, choose, shown = "" }: Props) {
  const word = useWords();
  const day = useDay();
  const list = useId();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const q = useDeferredValue(text.trim());
  const kind = label_ === undefined || label_ === "Entity" || label_ === "Area" ? {} : { label: label_ as "Unit" };
  const found = useQuery({
    queryKey: ["search", q, day, label_],
    enabled: q !== "" && open,
    placeholderData: keepPreviousData,
    queryFn: () =>
      told(
        api.GET("/api/v1/search", {
          params: { query: { q, limit: 10, ...kind, ...(day === undefined ? {} : { as_of: day }) } },
        }),
      ),
  });
  const rows = q === "" ? [] : (found.data?.items ?? []).flatMap((row) => (row.entity === null ? [] : [row.entity]));
  const take = (thing: Entity | undefined) => {
    if (thing === undefined) return;
    choose(thing);
    setText("");
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((now) => (now + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % Math.max(rows.length, 1));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(rows[at]);
    } else if (event.key === "Escape") setOpen(false);
  };
  const showing = open && rows.length > 0;
  return (
    <span className="picker">
      <input
        className="text"
        role="combobox"
        aria-label={label}
        aria-expanded={showing}
        aria-controls={list}
        aria-activedescendant={showing ? `${list}-${at}` : undefined}
        placeholder={placeholder ?? label}
        autoComplete="off"
        value={open ? text : text || shown}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <span id={list} role="listbox" aria-label={label} className="picker-list" hidden={!showing}>
        {rows.map((thing, number) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys of the whole list
          <span
            key={thing.id}
            id={`${list}-${number}`}
            role="option"
            tabIndex={-1}
            aria-selected={number === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(thing)}
          >
            <small>{word("labels", thing.label)}</small> {named(thing)}
          </span>
        ))}
      </span>
    </span>
  );
}
