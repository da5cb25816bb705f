import type { Schemas } from "@/api/client";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/network/texts";
import { Panel, Waiting } from "@/ui/states";
import { Cypher, Way } from "@/ui/things";

type Props = {
  rows: Schemas["ShortestPathRow"][] | undefined;
  pending: boolean;
  clear: () => void;
  from: string;
  to: string;
};

/** The shortest ways between two things, each as a sentence. */
export function Ways({ rows, pending, clear, from, to }: Props) {
  const say = useTexts(texts);
  const title =
    rows === undefined || rows.length === 0
      ? say("path")
      : say("path.title", { count: rows.length, hops: rows[0]?.hops ?? 0 });
  return (
    <Panel
      title={title}
      action={
        <button type="button" className="button plain" onClick={clear}>
          {say("path.clear")}
        </button>
      }
    >
      {pending && <Waiting lines={3} />}
      {rows?.length === 0 && <p>{say("path.none")}</p>}
      <ol className="network-ways">
        {rows?.map((row) => (
          <li key={row.path?.steps.map((step) => step.id).join() ?? ""}>
            {row.path !== null && <Way path={row.path} />}
          </li>
        ))}
      </ol>
      <Cypher question="shortest-path" given={{ from, to }} />
    </Panel>
  );
}
