import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "wouter";
import { api, told } from "@/api/client";
import { named } from "@/api/facts";
import { Go, today, useAddress, useDay } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { Called } from "@/rooms/plans/called";
import { Certificate } from "@/rooms/plans/certificate";
import { Compare } from "@/rooms/plans/compare";
import { Make } from "@/rooms/plans/make";
import { STATES } from "@/rooms/plans/model";
import { Plan } from "@/rooms/plans/plan";
import "@/rooms/plans/plans.css";
import { texts } from "@/rooms/plans/texts";
import { Failure, Nothing, Panel, RoomHead, Waiting } from "@/ui/states";

/** Plans: made, edited, compared, decided, applied, taken back; and the proof of what coverage can be. */
export default function Plans() {
  const { plan } = useParams<{ plan?: string }>();
  const [search] = useAddress();
  const compared = search.get("compare") ?? "";
  if (plan !== undefined) return <Plan key={plan} id={decodeURIComponent(plan)} />;
  if (compared !== "") return <Compare plans={compared} />;
  return <All />;
}

function All() {
  const say = useTexts(texts);
  const [search] = useAddress();
  const day = useDay() ?? today();
  return (
    <div className="plans">
      <RoomHead title={say("title")} about={say("about")} />
      <Make />
      <Listed />
      <Certificate area={search.get("area") ?? ""} day={day} />
    </div>
  );
}

function Listed() {
  const say = useTexts(texts);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const found = useQuery({
    queryKey: ["plans"],
    queryFn: async () =>
      (await told(api.GET("/api/v1/plans", { params: { query: { kind: "proposal", limit: 200 } } }))).items,
  });
  const tick = (id: string) =>
    setTicked((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now.slice(-1), id]));
  const state = (name: string | null) => STATES.find((each) => each === name);
  return (
    <Panel
      title={say("list")}
      about={say("list.about")}
      action={
        ticked.length === 2 && (
          <Go to="/plans" query={{ compare: ticked.join(",") }} className="button main">
            {say("compare")}
          </Go>
        )
      }
    >
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={3} />}
      {found.data?.length === 0 && <Nothing title={say("list.none")} />}
      {found.data !== undefined && found.data.length > 0 && (
        <table className="grid-table cards" id="plans">
          <thead>
            <tr>
              <th scope="col">{say("compare")}</th>
              <th scope="col">{say("name")}</th>
              <th scope="col">{say("state")}</th>
              <th scope="col">{say("area")}</th>
              <th scope="col">{say("day")}</th>
              <th scope="col">{say("who")}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((row) => {
              const id = row.plan?.id ?? "";
              const known = state(row.state);
              return (
                <tr key={id}>
                  <td data-title={say("compare")}>
                    <input
                      type="checkbox"
                      aria-label={say("compare.pick", { name: named(row.plan) })}
                      checked={ticked.includes(id)}
                      onChange={() => tick(id)}
                    />
                  </td>
                  <td data-title={say("name")}>
                    <Go to={`/plans/${encodeURIComponent(id)}`}>{named(row.plan)}</Go>
                  </td>
                  <td data-title={say("state")}>{known === undefined ? row.state : say(`state.${known}`)}</td>
                  <td data-title={say("area")}>
                    <Called id={row.area ?? ""} />
                  </td>
                  <td data-title={say("day")}>{row.effective_on}</td>
                  <td data-title={say("who")}>{row.author}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
