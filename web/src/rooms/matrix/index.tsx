import { useMemo, useState } from "react";
import { save } from "@/api/client";
import { useAddress } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { useCoverage } from "@/model/use-coverage";
import { Drawer } from "@/reason/drawer";
import { Filters } from "@/rooms/matrix/filters";
import { Matrix } from "@/rooms/matrix/grid";
import "@/rooms/matrix/matrix.css";
import { Opened } from "@/rooms/matrix/opened";
import { Progress } from "@/rooms/matrix/progress";
import { type Asked, columnsOf, rowsOf, type View } from "@/rooms/matrix/rows";
import { texts } from "@/rooms/matrix/texts";
import { Timeline } from "@/rooms/matrix/timeline";
import { Failure, Nothing, RoomHead, Waiting } from "@/ui/states";
import { Cypher } from "@/ui/things";

const VIEWS: readonly View[] = ["tree", "Street", "Community", "Grid"];

/** Areas by requirements, from the district down to each grid. Filters, order and the opened cell stand in the address. */
export default function MatrixRoom() {
  const say = useTexts(texts);
  const [search, change] = useAddress();
  const [fault, setFault] = useState<unknown>();
  const scope = search.get("area") ?? undefined;
  const found = useCoverage(undefined, { scope });
  const whole = found.data;
  const [moved, setMoved] = useState<ReadonlyMap<string, boolean>>(new Map());
  const view = VIEWS.find((each) => each === search.get("view")) ?? "tree";
  const sort = search.get("sort") ?? "code";
  const state = search.get("state");
  const text = search.get("q") ?? "";
  const grouped = search.get("group") === "street";
  const open = useMemo(() => {
    const start = (scope === undefined ? whole?.roots : whole === undefined ? [] : [whole.byId.get(scope)]) ?? [];
    const ids = new Set(start.flatMap((area) => (area === undefined ? [] : [area.id])));
    for (const [id, is] of moved)
      if (is) ids.add(id);
      else ids.delete(id);
    return ids;
  }, [whole, scope, moved]);
  const rows = useMemo(() => {
    if (whole === undefined) return [];
    const at = whole.requirements.indexOf(sort);
    const asked: Asked = {
      scope: scope !== undefined && whole.byId.has(scope) ? scope : undefined,
      view,
      grouped,
      state: state === "uncovered" || state === "unknown" ? state : undefined,
      text,
      sort: at >= 0 ? at : sort === "sum" ? "sum" : "code",
      open,
    };
    return rowsOf(whole, asked);
  }, [whole, scope, view, grouped, state, text, sort, open]);
  const columns = useMemo(() => columnsOf(whole?.needs ?? [], view), [whole, view]);
  if (found.error !== null) return <Failure error={found.error} again={found.again} />;
  if (whole === undefined) return <Waiting lines={12} />;
  const [area = "", need = ""] = (search.get("cell") ?? "").split("~");
  const opened = whole.byId.get(area);
  const fold = (id: string, is: boolean) => setMoved((now) => new Map(now).set(id, is));
  const download = () => {
    const query = new URLSearchParams({ level: view === "tree" ? "Community" : view, whole: "true", format: "xlsx" });
    if (scope !== undefined) query.set("area", scope);
    if (search.get("as_of") !== null) query.set("as_of", search.get("as_of") ?? "");
    setFault(undefined);
    save(`/api/v1/coverage/matrix?${query}`, `coverage-matrix-${whole.asOf}.xlsx`).catch(setFault);
  };
  return (
    <div className="matrix-room">
      <RoomHead title={say("title")} about={say("about")}>
        <button type="button" className="button" onClick={download}>
          {say("export")}
        </button>
      </RoomHead>
      <Filters whole={whole} rows={rows.length} foldAll={(ids) => setMoved(new Map(ids))} />
      {fault !== undefined && <Failure error={fault} />}
      {found.part !== undefined && <Progress of={found.part} />}
      <Timeline day={whole.asOf} refreshing={found.refreshing} />
      {rows.length === 0 ? (
        <Nothing title={say("none.title")}>
          <button type="button" className="button" onClick={() => change({ q: null, state: null, area: null })}>
            {say("clear")}
          </button>
        </Nothing>
      ) : (
        <Matrix
          whole={whole}
          rows={rows}
          columns={columns}
          open={open}
          tree={view === "tree"}
          marked={search.get("need") ?? undefined}
          sort={sort}
          fold={fold}
          sortBy={(by) => change({ sort: by === sort || by === "code" ? null : by }, true)}
          choose={(id, requirement) => change({ cell: `${id}~${requirement}` })}
        />
      )}
      <Cypher question="coverage-states" given={scope === undefined ? {} : { area: scope }} />
      {opened !== undefined && whole.requirements.includes(need) && (
        <Opened whole={whole} area={opened} need={need} close={() => change({ cell: null })} frame={Drawer} />
      )}
    </div>
  );
}
