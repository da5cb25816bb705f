import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { key, Problem, read } from "@/api/client";
import { type Text, useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/ui/texts";

/** While something is read. */
export function Waiting({ lines = 5 }: { lines?: number }) {
  const say = useTexts(texts);
  return (
    <div className="waiting" role="status">
      <span className="unseen">{say("loading")}</span>
      {Array.from({ length: lines }, (_, at) => at).map((at) => (
        <span key={at} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Where there is nothing to show: says so, and why that may be. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

type Explained = { title: Text; meaning: Text };

/** What went wrong, in the reader's language, with a way on. */
export function Failure({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const problem =
    error instanceof Problem ? error : new Problem(0, "", error instanceof Error ? error.message : String(error));
  const explained = useQuery({
    queryKey: ["problem", problem.code],
    enabled: problem.status > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: () => read<Explained>(`/problems/${encodeURIComponent(problem.code)}`),
  });
  if (problem.status === 401) return <KeyForm />;
  const meaning = explained.data?.meaning[language] ?? (problem.status === 0 ? say("unreachable") : problem.message);
  return (
    <div className="notice bad" role="alert">
      <strong>{explained.data?.title[language] ?? say("failed")}</strong>
      <p>{meaning}</p>
      {language === "en" && problem.message !== "" && explained.data !== undefined && (
        <p className="small quiet">{problem.message}</p>
      )}
      {language === "en" && problem.hint !== "" && <p className="small quiet">{say("hint", { hint: problem.hint })}</p>}
      {again !== undefined && (
        <p>
          <button type="button" className="button" onClick={again}>
            {say("again")}
          </button>
        </p>
      )}
    </div>
  );
}

function KeyForm() {
  const say = useTexts(texts);
  const queries = useQueryClient();
  const [value, setValue] = useState("");
  const use = (event: FormEvent) => {
    event.preventDefault();
    key.keep(value.trim());
    queries.invalidateQueries();
  };
  return (
    <form className="notice" onSubmit={use}>
      <strong>{say("key.title")}</strong>
      <p className="quiet small">{say("key.about")}</p>
      <p className="bar">
        <label className="field">
          {say("key.label")}
          <input
            type="password"
            autoComplete="off"
            required
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        <button type="submit" className="button main">
          {say("key.use")}
        </button>
      </p>
    </form>
  );
}

/** A frame with a heading. */
export function Panel({
  title,
  about,
  action,
  children,
  className = "",
}: {
  title: ReactNode;
  about?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`panel ${className}`}>
      <header>
        <h2>{title}</h2>
        {about !== undefined && <span className="small quiet">{about}</span>}
        {action}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}

/** Heading of a room. */
export function RoomHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <div className="room-head">
      <div>
        <h1>{title}</h1>
        {about !== undefined && <p>{about}</p>}
      </div>
      {children !== undefined && <div className="bar no-print">{children}</div>}
    </div>
  );
}

/** A part that scrolls by itself: it can be reached and scrolled by keyboard. */
export function Scroller({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={`scroller ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
