import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, every } from "@/api/client";
import { useWords } from "@/api/facts";
import { useDay } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/entity/texts";
import { Failure, Panel, Waiting } from "@/ui/states";
import { Cypher, SourceRef, Thing } from "@/ui/things";

const FEW = 12;

/** What happened to it, the latest first; what is to come stands above, marked. */
export function Timeline({ id }: { id: string }) {
  const say = useTexts(texts);
  const word = useWords();
  const as_of = useDay();
  const found = useQuery({
    queryKey: ["timeline", id, as_of],
    queryFn: () =>
      every((query) => api.GET("/api/v1/entities/{id}/timeline", { params: { path: { id }, query } }), {
        as_of,
        most: 1000,
      }),
  });
  const [all, setAll] = useState(false);
  const count = found.data?.rows.length ?? 0;
  const rows = [...(found.data?.rows ?? [])].reverse().slice(0, all ? count : FEW);
  const said = (event: string | null): string => {
    const key = `event.${event}`;
    return key in texts ? say(key as keyof typeof texts) : (event ?? "");
  };
  return (
    <Panel title={say("timeline")}>
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={5} />}
      {found.data?.rows.length === 0 && <p className="quiet">{say("timeline.none")}</p>}
      <ol className="entity-time">
        {rows.map((row) => (
          <li
            key={`${row.day} ${row.event} ${String(row.relationship?.id ?? "")}`}
            className={row.happened === false ? "ahead" : ""}
          >
            <time dateTime={row.day ?? ""}>{row.day}</time>
            <span>
              {row.relationship === null ? "" : `${word("relationships", String(row.relationship.type))} `}
              {said(row.event)} <Thing of={row.other} kind />{" "}
              {row.happened === false && <span className="badge">{say("timeline.ahead")}</span>}
              <span className="entity-source">
                <SourceRef source={row.source} at={row.source_ref} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      {count > FEW && !all && (
        <button type="button" className="button plain small" onClick={() => setAll(true)}>
          {say("connections.more", { count })}
        </button>
      )}
      <Cypher question="timeline" given={{ entity: id }} />
    </Panel>
  );
}
