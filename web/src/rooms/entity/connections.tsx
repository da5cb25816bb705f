import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, every, type Schemas } from "@/api/client";
import { useWords, valueName } from "@/api/facts";
import { today, useDay } from "@/app/address";
import { useNumber, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/entity/texts";
import { Failure, Nothing, Panel, Waiting } from "@/ui/states";
import { Cypher, Days, SourceRef, Thing } from "@/ui/things";

type Row = Schemas["BelievedRelationshipsRow"];
const MOST = 2000;
const FEW = 8;

/** What it is connected to, in words: by which relationship, in which role, since when, from which source. */
export function Connections({ id }: { id: string }) {
  const say = useTexts(texts);
  const number = useNumber();
  const as_of = useDay();
  const day = as_of ?? today();
  const [past, setPast] = useState(false);
  const found = useQuery({
    queryKey: ["relationships", id],
    queryFn: () =>
      every((query) => api.GET("/api/v1/entities/{id}/relationships", { params: { path: { id }, query } }), {
        most: MOST,
      }),
  });
  const rows = useMemo(() => {
    const believed = (found.data?.rows ?? []).filter((row) => row.still_believed !== false);
    const holds = (row: Row) => (row.since === null || row.since <= day) && (row.until === null || row.until > day);
    return past ? believed : believed.filter(holds);
  }, [found.data, day, past]);
  const groups = useMemo(() => {
    const by = new Map<string, Row[]>();
    for (const row of rows) {
      const key = `${row.direction} ${row.type}`;
      const held = by.get(key);
      if (held === undefined) by.set(key, [row]);
      else held.push(row);
    }
    return [...by.values()];
  }, [rows]);
  return (
    <Panel
      title={say("connections")}
      about={found.data === undefined ? undefined : say("connections.about", { day, count: number(rows.length) })}
      action={
        <label className="field no-print">
          <input type="checkbox" checked={past} onChange={(event) => setPast(event.target.checked)} />
          {say("connections.past")}
        </label>
      }
    >
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={6} />}
      {found.data !== undefined && rows.length === 0 && <Nothing title={say("connections.none")} />}
      {found.data?.more === true && <p className="notice">{say("connections.cut", { count: MOST })}</p>}
      {groups.map((group) => (
        <Group key={`${group[0]?.direction} ${group[0]?.type}`} rows={group} />
      ))}
      <Cypher question="believed-relationships" given={{ entity: id }} />
    </Panel>
  );
}

function Group({ rows }: { rows: readonly Row[] }) {
  const say = useTexts(texts);
  const word = useWords();
  const number = useNumber();
  const [all, setAll] = useState(false);
  const first = rows[0];
  if (first === undefined) return null;
  const type = word("relationships", first.type);
  const role = (row: Row): string => {
    if (row.role === null) return "";
    const name = word("values", valueName(row.type ?? "", "role", row.role));
    return name.includes(".role.") ? row.role : name;
  };
  return (
    <section className="entity-group">
      <h3>
        {say(first.direction === "in" ? "way.in" : "way.out", { type })}{" "}
        <span className="badge number">{number(rows.length)}</span>
      </h3>
      <ul>
        {(all ? rows : rows.slice(0, FEW)).map((row) => (
          <li key={row.relationship}>
            <Thing of={row.other} kind />
            {role(row) !== "" && <span className="badge">{role(row)}</span>}
            <Days since={row.since} until={row.until} />
            <SourceRef source={row.source} at={row.source_ref} />
          </li>
        ))}
      </ul>
      {rows.length > FEW && !all && (
        <button type="button" className="button plain small" onClick={() => setAll(true)}>
          {say("connections.more", { count: number(rows.length) })}
        </button>
      )}
    </section>
  );
}
