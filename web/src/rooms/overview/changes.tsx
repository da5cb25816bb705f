import { useQuery } from "@tanstack/react-query";
import { api, read, told } from "@/api/client";
import { named, useHome, useWords } from "@/api/facts";
import { daysFrom, Go, mondayBefore, useAddress, useDay } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { type Difference, differences } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { useCoverage } from "@/model/use-coverage";
import { texts } from "@/rooms/overview/texts";
import { StateMark } from "@/ui/marks";
import { Failure, Panel, Waiting } from "@/ui/states";

const SHOWN = 5;

const MONTH = 30;
const MOST = 1000;
type Pairings = { items: { change: string }[]; next: string | null };

/** What is judged otherwise than last Monday or thirty days ago, and which links began or ended. */
export function Changes({ whole }: { whole: Whole }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const month = search.get("since") === "month";
  const start = month ? daysFrom(whole.asOf, -MONTH) : mondayBefore(whole.asOf);
  const before = useCoverage(start);
  const day = useDay();
  const home = useHome().data?.entity?.id;
  const from = daysFrom(start, -1);
  const links = useQuery({
    queryKey: ["changes", home, from, day],
    enabled: home !== undefined,
    queryFn: () =>
      told(
        api.GET("/api/v1/areas/{id}/changes", {
          params: {
            path: { id: home ?? "" },
            query: { from, limit: 200, ...(day === undefined ? {} : { as_of: day }) },
          },
        }),
      ),
  });
  const judged = before.data === undefined || before.refreshing ? undefined : differences(before.data, whole);
  const error = before.error ?? links.error;
  const rows = [...(links.data?.items ?? [])].reverse();
  return (
    <Panel
      title={say(month ? "changed.month" : "changed.title", { day: start })}
      action={
        <button
          type="button"
          className="button plain small"
          onClick={() => change({ since: month ? null : "month" }, true)}
        >
          {say(month ? "since.monday" : "since.month")}
        </button>
      }
    >
      <Counted judged={judged} from={from} />
      {error !== null && <Failure error={error} again={before.again} />}
      <h3 className="small quiet">{say("changed.judged")}</h3>
      {judged === undefined && error === null && <Waiting lines={2} />}
      {judged?.length === 0 && <p>{say("changed.none")}</p>}
      <ul className="overview-list">
        {judged?.slice(0, SHOWN).map((each) => (
          <li key={`${each.area.id} ${each.need}`}>
            <Go to="/gaps" query={{ cell: `${each.area.id}~${whole.requirements[each.need]}` }}>
              <span className="turn">
                {each.before !== undefined && <StateMark state={each.before} />}→<StateMark state={each.after} />
              </span>
              <span>
                {each.area.name} <span className="quiet small">{whole.needs[each.need]?.name[language]}</span>
              </span>
            </Go>
          </li>
        ))}
      </ul>
      {judged !== undefined && judged.length > SHOWN && (
        <p className="small quiet">{say("changed.more", { count: judged.length - SHOWN })}</p>
      )}
      <h3 className="small quiet">{say("changed.links")}</h3>
      {links.isPending && error === null && <Waiting lines={2} />}
      {links.data?.items.length === 0 && <p>{say("changed.none")}</p>}
      <ul className="overview-list plain">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={`${row.relationship} ${row.change}`}>
            <span className="quiet small number">{row.day?.slice(5)}</span>{" "}
            <Go to={`/entities/${encodeURIComponent(row.from?.id ?? "")}`}>{named(row.from)}</Go>{" "}
            <span className="small quiet">{word("relationships", row.type)}</span>{" "}
            <Go to={`/entities/${encodeURIComponent(row.to?.id ?? "")}`}>{named(row.to)}</Go>{" "}
            <span className="badge">{say(row.change === "ended" ? "ended" : "began")}</span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className="small quiet">{say("changed.more", { count: rows.length - SHOWN })}</p>}
    </Panel>
  );
}

/** How many judgements were won and lost, how many pairings began and ended; the report tells them one by one. */
function Counted({ judged, from }: { judged: Difference[] | undefined; from: string }) {
  const say = useTexts(texts);
  const day = useDay();
  const pairings = useQuery({
    queryKey: ["pairing-changes", from, day],
    queryFn: () => read<Pairings>("/api/v1/questions/pairing-changes", { from, as_of: day, limit: MOST }),
  });
  const shown = (count: number | string | undefined) => count ?? "…";
  const count = (change: string) => {
    if (pairings.data === undefined) return undefined;
    const found = pairings.data.items.filter((row) => row.change === change).length;
    return pairings.data.next === null ? found : `${found}+`;
  };
  const won = judged?.filter((each) => each.before !== undefined && each.after === "covered").length;
  const lost = judged?.filter((each) => each.before === "covered").length;
  return (
    <>
      {pairings.error !== null && <Failure error={pairings.error} again={pairings.refetch} />}
      <dl className="overview-counted">
        {(
          [
            ["won", won],
            ["lost", lost],
            ["began", count("began")],
            ["ended", count("ended")],
          ] as const
        ).map(([name, found]) => (
          <div key={name}>
            <dt>{say(`counted.${name}`)}</dt>
            <dd className="number">{shown(found)}</dd>
          </div>
        ))}
      </dl>
      <p className="small">
        <Go to="/report" query={{ from, for: "joint-meeting" }}>
          {say("changed.report")}
        </Go>
      </p>
    </>
  );
}
