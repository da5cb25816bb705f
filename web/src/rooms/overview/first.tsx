import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { Go, useDay } from "@/app/address";
import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import { counts } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { texts } from "@/rooms/overview/texts";
import { StateMark } from "@/ui/marks";
import { Failure, Nothing, Panel, Waiting } from "@/ui/states";

/** The gaps to look at first; each leads to its reason. */
export function First({ whole }: { whole: Whole }) {
  const say = useTexts(texts);
  const number = useNumber();
  const { language } = useLanguage();
  const as_of = useDay();
  const gaps = useQuery({
    queryKey: ["gaps", "first", as_of],
    queryFn: () =>
      told(
        api.GET("/api/v1/coverage/gaps", {
          params: { query: { state: "uncovered", limit: 6, ...(as_of === undefined ? {} : { as_of }) } },
        }),
      ),
  });
  const names = new Map(whole.needs.map((need) => [need.id, need.name[language]]));
  const all = whole.roots.reduce((sum, root) => sum + counts(root).uncovered, 0);
  return (
    <Panel
      title={say("first.title")}
      action={
        <Go to="/gaps" query={{ state: "uncovered" }} className="small">
          {say("first.all", { count: number(all) })}
        </Go>
      }
    >
      {gaps.error !== null && <Failure error={gaps.error} again={gaps.refetch} />}
      {gaps.isPending && <Waiting lines={6} />}
      {gaps.data?.items.length === 0 && <Nothing title={say("first.none")} />}
      <ul className="overview-list">
        {gaps.data?.items.map((gap) => (
          <li key={`${gap.area?.id} ${gap.requirement?.id}`}>
            <Go to="/gaps" query={{ state: "uncovered", cell: `${gap.area?.id}~${gap.requirement?.id}` }}>
              <StateMark state="uncovered" />
              <span>
                {gap.area?.name}
                <span className="quiet small"> {names.get(gap.requirement?.id ?? "") ?? gap.requirement?.name}</span>
              </span>
            </Go>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
