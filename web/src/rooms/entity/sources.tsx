import { useQuery } from "@tanstack/react-query";
import { api, every } from "@/api/client";
import { useDay } from "@/app/address";
import { useNumber, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/entity/texts";
import { Failure, Panel, Waiting } from "@/ui/states";
import { Cypher, SourceRef, Thing } from "@/ui/things";

/** Where it is known from: its own record, the places that state it, and how many connections rest on which source. */
export function Sources({ id }: { id: string }) {
  const say = useTexts(texts);
  const number = useNumber();
  const as_of = useDay();
  const found = useQuery({
    queryKey: ["sources", id, as_of],
    queryFn: () =>
      every((query) => api.GET("/api/v1/entities/{id}/sources", { params: { path: { id }, query } }), {
        as_of,
        most: 2000,
      }),
  });
  const rows = found.data?.rows ?? [];
  const own = rows.filter((row) => row.basis !== "relationship");
  const links = new Map<string, { count: number; source: (typeof rows)[number]["source"] }>();
  for (const row of rows) {
    if (row.basis !== "relationship" || row.source === null) continue;
    const held = links.get(row.source.id) ?? { count: 0, source: row.source };
    links.set(row.source.id, { ...held, count: held.count + 1 });
  }
  return (
    <Panel title={say("sources")}>
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={3} />}
      {found.data !== undefined && rows.length === 0 && <p className="quiet">{say("sources.none")}</p>}
      <ul className="entity-sources">
        {own.map((row) => (
          <li key={`${row.basis} ${row.source?.id} ${row.source_ref} ${row.fact}`}>
            <SourceRef source={row.source?.id ?? null} at={row.source_ref} />{" "}
            {row.inferred === true && <span className="badge">{say("inferred")}</span>}
            {row.phrase !== null && <q>{row.phrase}</q>}
            {row.note !== null && <p className="quiet small">{row.note}</p>}
          </li>
        ))}
        {[...links.values()].map(({ count, source }) => (
          <li key={source?.id}>
            <span className="quiet">{say("sources.relations", { count: number(count) })}</span> <Thing of={source} />
          </li>
        ))}
      </ul>
      <Cypher question="where-from" given={{ entity: id }} />
    </Panel>
  );
}
