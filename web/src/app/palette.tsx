import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { api, told } from "@/api/client";
import { named, useWords } from "@/api/facts";
import { useDay, useHref } from "@/app/address";
import { ROOMS } from "@/app/rooms";
import { texts } from "@/app/texts";
import { useLanguage, useTexts } from "@/i18n/language";

type Found = {
  key: string;
  group: "search.things" | "search.questions" | "search.rooms";
  kind: string;
  text: string;
  id: string;
  to: string;
};

/** Things by name, alias, pinyin or initials, and questions, from anywhere. */
export default function Palette({ close }: { close: () => void }) {
  const say = useTexts(texts);
  const href = useHref();
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const found = useFound(text.trim());
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const open = (item: Found | undefined) => {
    if (item === undefined) return;
    close();
    go(href(item.to));
  };
  const at = Math.min(chosen, found.length - 1);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next = (at + step + found.length) % found.length;
      setChosen(next);
      document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(found[at]);
    }
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={say("search")} onClose={close}>
      <input
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
        aria-label={say("search.label")}
        placeholder={say("search.example")}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <div className="found" id={list} role="listbox" aria-label={say("search")}>
        {found.map((item, number) => (
          <div key={item.key} role="presentation">
            {item.group !== found[number - 1]?.group && <div className="found-group">{say(item.group)}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input beside it takes the keys of the whole list */}
            <div
              id={`${list}-${number}`}
              role="option"
              tabIndex={-1}
              aria-selected={number === at}
              onMouseMove={() => setChosen(number)}
              onClick={() => open(item)}
            >
              <small>{item.kind}</small>
              <span>{item.text}</span>
              <code>{item.id}</code>
            </div>
          </div>
        ))}
        {text.trim() !== "" && found.length === 0 && (
          <p className="nothing">{say("search.nothing", { text: text.trim() })}</p>
        )}
      </div>
      <footer>
        {say("search.keys")}
        <span className="unseen" role="status">
          {say("search.found", { count: found.length })}
        </span>
      </footer>
    </dialog>
  );
}

function useFound(text: string): Found[] {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const as_of = useDay();
  const q = useDeferredValue(text);
  const things = useQuery({
    queryKey: ["search", q, as_of],
    enabled: q !== "",
    placeholderData: keepPreviousData,
    queryFn: () =>
      told(
        api.GET("/api/v1/search", { params: { query: { q, limit: 12, ...(as_of === undefined ? {} : { as_of }) } } }),
      ),
  });
  const questions = useQuery({
    queryKey: ["questions"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/questions")),
  });
  return useMemo(() => {
    const wanted = text.toLowerCase();
    const rooms = ROOMS.filter((room) => room.nav && (wanted === "" || say(room.name).toLowerCase().includes(wanted)));
    const hits = text === "" ? [] : (things.data?.items ?? []);
    const asked = (questions.data?.items ?? [])
      .filter((each) => wanted !== "" && `${each.id} ${each.text.zh} ${each.text.en}`.toLowerCase().includes(wanted))
      .slice(0, 8);
    return [
      ...hits.map(
        (row): Found => ({
          key: `t-${row.entity?.id}`,
          group: "search.things",
          kind: word("labels", row.entity?.label),
          text: named(row.entity),
          id: row.entity?.id ?? "",
          to: `/entities/${encodeURIComponent(row.entity?.id ?? "")}`,
        }),
      ),
      ...asked.map(
        (each): Found => ({
          key: `q-${each.id}`,
          group: "search.questions",
          kind: "?",
          text: each.text[language],
          id: each.id,
          to: `/ask/${each.id}`,
        }),
      ),
      ...rooms.map(
        (room): Found => ({
          key: `r-${room.path}`,
          group: "search.rooms",
          kind: "→",
          text: say(room.name),
          id: "",
          to: `/${room.path.split("/")[1] ?? ""}`,
        }),
      ),
    ];
  }, [text, things.data, questions.data, language, say, word]);
}
