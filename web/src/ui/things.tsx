import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Entity, type Path, read, type Schemas } from "@/api/client";
import { named, useWords } from "@/api/facts";
import { Go, type Query, useDay } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { Synthetic } from "@/ui/marks";
import { Failure, Scroller, Waiting } from "@/ui/states";
import { texts } from "@/ui/texts";

/** A thing by its name, leading to its page. */
export function Thing({ of, kind = false }: { of: Entity | null | undefined; kind?: boolean }) {
  const word = useWords();
  if (of === null || of === undefined) return null;
  return (
    <span>
      {kind && <span className="quiet small">{word("labels", of.label)} </span>}
      <Go to={`/entities/${encodeURIComponent(of.id)}`}>{named(of)}</Go>
    </span>
  );
}

/** Where a fact stands: the source, and the line or row in it. */
export function SourceRef({ source, at }: { source: string | null; at: string | null }) {
  if (source === null) return null;
  return (
    <span className="small source">
      <Go to={`/entities/${encodeURIComponent(source)}`}>{source === "src-demo" ? <Synthetic /> : source}</Go>
      {at !== null && <span className="quiet"> {at}</span>}
    </span>
  );
}

/** From when until when. */
export function Days({ since, until }: { since: string | null; until: string | null }) {
  const say = useTexts(texts);
  const parts = [since !== null && say("since", { day: since }), until !== null && say("until", { day: until })];
  return <span className="small quiet">{parts.filter(Boolean).join(" ")}</span>;
}

/** A path as a sentence: thing, relationship, thing. The arrow tells which way the relationship points. */
export function Way({ path }: { path: Path }) {
  const word = useWords();
  const shown: ReactNode[] = [];
  path.nodes.forEach((node, at) => {
    const step = path.steps[at - 1];
    if (step !== undefined) {
      const forward = step.to === node.id;
      shown.push(
        <span key={step.id} className="link">
          <span>
            {forward ? "" : "← "}
            {word("relationships", step.type)}
            {forward ? " →" : ""}
          </span>
        </span>,
      );
    }
    shown.push(<Thing key={node.id} of={node} kind />);
  });
  return <div className="way">{shown}</div>;
}

type Asked = { question: string; given?: Query };

/** The Cypher behind an answer, to copy with its parameters. */
export function Cypher({ question, given = {} }: Asked) {
  const say = useTexts(texts);
  const [open, setOpen] = useState(false);
  return (
    <details className="cypher no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("cypher")}</summary>
      {open && <CypherText question={question} given={given} />}
    </details>
  );
}

function CypherText({ question, given = {} }: Asked) {
  const say = useTexts(texts);
  const as_of = useDay();
  const [copied, setCopied] = useState(false);
  const query = { ...given, as_of } as Record<string, string | number | undefined>;
  const found = useQuery({
    queryKey: ["definition", question, query],
    queryFn: () => read<Schemas["Definition"]>(`/api/v1/questions/${question}/definition`, query),
  });
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  if (found.data === undefined) return <Waiting lines={3} />;
  const text = found.data.browser;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <p className="bar small">
        <span className="quiet">
          <code>{question}</code> · {say("cypher.about")}
        </span>
        <button type="button" className="button" onClick={copy}>
          <span aria-live="polite">{copied ? say("cypher.copied") : say("cypher.copy")}</span>
        </button>
      </p>
      <Scroller label={say("cypher")}>
        <pre>{text}</pre>
      </Scroller>
    </>
  );
}
