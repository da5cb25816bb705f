import { useQuery } from "@tanstack/react-query";
import { read } from "@/api/client";
import { Go } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { Changes } from "@/rooms/plans/changes";
import { type Comparison, PLANS, type Preview } from "@/rooms/plans/model";
import { Figures } from "@/rooms/plans/preview";
import { texts } from "@/rooms/plans/texts";
import { Failure, Panel, RoomHead, Waiting } from "@/ui/states";

/** Plans side by side: their figures, what they have in common, and what only one of them changes. */
export function Compare({ plans }: { plans: string }) {
  const say = useTexts(texts);
  const found = useQuery({
    queryKey: ["plans", "compare", plans],
    queryFn: () => read<Comparison>(`${PLANS}/compare`, { plans }),
  });
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  if (found.data === undefined) return <Waiting lines={8} />;
  const told = found.data;
  const columns = told.plans.flatMap((plan, at) => {
    const measures = (plan.preview as unknown as Preview).measures;
    if (measures === null) return [];
    const own = { title: `${at + 1} ${plan.name}`, of: measures.after };
    return at === 0 ? [{ title: say("before"), of: measures.before }, own] : [own];
  });
  return (
    <div className="plans">
      <RoomHead title={say("compare")}>
        <Go to="/plans" className="button">
          {say("back")}
        </Go>
      </RoomHead>
      {!told.same_ground && <p className="notice">{say("compare.ground")}</p>}
      <Panel title={say("preview")}>
        {columns.length === 0 ? <p className="quiet">{say("preview.none")}</p> : <Figures columns={columns} />}
      </Panel>
      {told.plans.map((plan, at) => {
        const own = told.only[plan.id] ?? [];
        return (
          <Panel
            key={plan.id}
            title={say("compare.only", { name: `${at + 1} ${plan.name}`, count: own.length })}
            action={<Go to={`/plans/${encodeURIComponent(plan.id)}`}>{plan.name}</Go>}
          >
            <Changes changes={own} />
          </Panel>
        );
      })}
      <Panel title={say("compare.common", { count: told.common.length })}>
        <Changes changes={told.common} />
      </Panel>
    </div>
  );
}
