import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { useParams } from "wouter";
import { api, told } from "@/api/client";
import { named, useWords } from "@/api/facts";
import { Go, useDay } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { Asks } from "@/rooms/entity/asks";
import { Connections } from "@/rooms/entity/connections";
import { AreaCoverage } from "@/rooms/entity/coverage";
import "@/rooms/entity/entity.css";
import { Facts } from "@/rooms/entity/facts";
import { Sources } from "@/rooms/entity/sources";
import { texts } from "@/rooms/entity/texts";
import { Timeline } from "@/rooms/entity/timeline";
import { isLevel } from "@/ui/levels";
import { Synthetic } from "@/ui/marks";
import { Failure, Panel, Waiting } from "@/ui/states";

const Small = lazy(() => import("@/graph/small"));

/** Everything about one thing: facts, connections, what happened, where it is known from. */
export default function EntityRoom() {
  const say = useTexts(texts);
  const word = useWords();
  const id = decodeURIComponent(useParams<{ id: string }>().id);
  const as_of = useDay();
  const day = as_of === undefined ? {} : { as_of };
  const found = useQuery({
    queryKey: ["entity", id, as_of],
    queryFn: () => told(api.GET("/api/v1/entities/{id}", { params: { path: { id }, query: day } })),
  });
  const entity = found.data?.entity;
  useEffect(() => {
    if (entity !== undefined && entity !== null) document.title = `${named(entity)} · ${word("labels", entity.label)}`;
  }, [entity, word]);
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  if (found.data === undefined || entity === undefined || entity === null) return <Waiting lines={10} />;
  const properties = (found.data.properties ?? []) as { property: string; value: unknown }[];
  const synthetic = properties.some((each) => each.property === "synthetic" && each.value === true);
  return (
    <div className="entity">
      <div className="room-head">
        <div>
          <p className="bar">
            <span className="badge accent">{word("labels", entity.label)}</span>
            {synthetic && <Synthetic />}
            {found.data.holds === false && <span className="badge">{say("not.holding")}</span>}
          </p>
          <h1>{named(entity)}</h1>
          <p className="small quiet">
            {say("id")} <code>{entity.id}</code>
            {entity.label === "Member" && <> · {say("masked.about")}</>}
          </p>
        </div>
        <span className="bar no-print">
          {entity.label === "Unit" && (
            <Go to="/plans" query={{ unit: id }} className="button">
              {say("plans.leave")}
            </Go>
          )}
          <Go to="/network" query={{ from: id }} className="button">
            {say("network.open")}
          </Go>
        </span>
      </div>
      <div className="entity-columns">
        <div>
          {isLevel(entity.label) && <AreaCoverage id={id} />}
          <Connections key={id} id={id} />
          <Timeline id={id} />
        </div>
        <div>
          <Facts label={entity.label} properties={properties} />
          <Panel title={say("network")}>
            <Suspense fallback={<Waiting lines={4} />}>
              <Small id={id} />
            </Suspense>
          </Panel>
          <Asks label={entity.label} id={id} />
          <Sources id={id} />
        </div>
      </div>
    </div>
  );
}
