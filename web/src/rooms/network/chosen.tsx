import { useWords } from "@/api/facts";
import { Go } from "@/app/address";
import type { Drawn } from "@/graph/picture";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/network/texts";
import { Synthetic } from "@/ui/marks";
import { Panel } from "@/ui/states";
import { Days } from "@/ui/things";

type Props = {
  graph: Drawn;
  id: string | undefined;
  expanded: readonly string[];
  expand: (id: string, is: boolean) => void;
  centre: (id: string) => void;
  way: (ends: { start?: string; end?: string }) => void;
  choose: (id: string) => void;
};
const SHOWN = 30;

/** The chosen thing in words: what it is, what it is connected to in the picture, what can be done with it. */
export function Chosen({ graph, id, expanded, expand, centre, way, choose }: Props) {
  const say = useTexts(texts);
  const word = useWords();
  if (id === undefined) {
    return (
      <Panel title={say("chosen")}>
        <p className="quiet">{say("chosen.none")}</p>
      </Panel>
    );
  }
  const { label, kind, synthetic } = graph.getNodeAttributes(id);
  const is = expanded.includes(id);
  const links = graph.mapEdges(id, (edge, attributes, from, to) => ({
    edge,
    attributes,
    out: from === id,
    other: from === id ? to : from,
  }));
  return (
    <Panel title={label} about={word("labels", kind)} action={synthetic ? <Synthetic /> : undefined}>
      <p className="bar">
        <button type="button" className="button main" onClick={() => expand(id, !is)}>
          {say(is ? "fold" : "expand")}
        </button>
        <Go to={`/entities/${encodeURIComponent(id)}`} className="button">
          {say("page")}
        </Go>
        <button type="button" className="button plain" onClick={() => centre(id)}>
          {say("centre")}
        </button>
        <button type="button" className="button plain" onClick={() => way({ start: id })}>
          {say("from.here")}
        </button>
        <button type="button" className="button plain" onClick={() => way({ end: id })}>
          {say("to.here")}
        </button>
      </p>
      <h3 className="small quiet">{say("neighbours")}</h3>
      <ul className="network-links">
        {links.slice(0, SHOWN).map(({ edge, attributes, out, other }) => (
          <li key={edge}>
            <span className="quiet small">
              {out ? "" : "← "}
              {word("relationships", attributes.type_)}
              {out ? " →" : ""}
            </span>{" "}
            <button type="button" className="linklike" onClick={() => choose(other)}>
              {graph.getNodeAttribute(other, "label")}
            </button>{" "}
            <Days since={attributes.since} until={attributes.until} />
          </li>
        ))}
      </ul>
      {links.length > SHOWN && <p className="quiet small">{say("links", { count: links.length })}</p>}
    </Panel>
  );
}
