import { useMemo, useState } from "react";
import { useWords } from "@/api/facts";
import type { Drawn } from "@/graph/picture";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/network/texts";
import { Panel } from "@/ui/states";

const SHOWN = 200;

/** Everything in the picture as a list, so that it can be used without seeing or pointing. */
export function Members({
  graph,
  version,
  chosen,
  choose,
}: {
  graph: Drawn;
  version: number;
  chosen: string | undefined;
  choose: (id: string) => void;
}) {
  const say = useTexts(texts);
  const word = useWords();
  const [text, setText] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the graph, which stays the same object, has changed
  const rows = useMemo(
    () =>
      graph
        .mapNodes((id, { label, kind }) => ({ id, label, kind, degree: graph.degree(id) }))
        .sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1)),
    [graph, version],
  );
  const wanted = text.trim().toLowerCase();
  const shown = rows.filter(
    (row) => wanted === "" || row.label.toLowerCase().includes(wanted) || row.id.includes(wanted),
  );
  return (
    <Panel
      title={say("list")}
      action={
        <label className="field">
          <span className="unseen">{say("list.filter")}</span>
          <input
            type="search"
            size={8}
            placeholder={say("list.filter")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      }
    >
      <ul className="network-members">
        {shown.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <button type="button" className="linklike" aria-pressed={row.id === chosen} onClick={() => choose(row.id)}>
              <span className="quiet small">{word("labels", row.kind)}</span> {row.label}{" "}
              <span className="quiet small number">{row.degree}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
