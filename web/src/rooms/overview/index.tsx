import { named, useHome } from "@/api/facts";
import { Changes } from "@/rooms/overview/changes";
import { First } from "@/rooms/overview/first";
import "@/rooms/overview/overview.css";
import { Go } from "@/app/address";
import { useNumber, useTexts } from "@/i18n/language";
import { counts } from "@/model/coverage";
import { useCoverage } from "@/model/use-coverage";
import { Missing } from "@/rooms/overview/missing";
import { Notices } from "@/rooms/overview/notices";
import { Streets } from "@/rooms/overview/streets";
import { texts } from "@/rooms/overview/texts";
import { StateWord } from "@/ui/marks";
import { Failure, Nothing, RoomHead, Waiting } from "@/ui/states";
import { Cypher } from "@/ui/things";

/** Where the district stands. */
export default function Overview() {
  const say = useTexts(texts);
  const number = useNumber();
  const found = useCoverage();
  const district = named(useHome().data?.entity);
  if (found.error !== null) return <Failure error={found.error} again={found.again} />;
  const whole = found.data;
  if (whole === undefined) return <Waiting lines={9} />;
  if (whole.needs.length === 0) return <Nothing title={say("empty.title")} />;
  const sums = whole.roots.map((root) => counts(root));
  const total = sums.reduce((sum, each) => sum + each.total, 0);
  const judged = whole.areas.filter((area) => area.own.some((state) => state >= 0)).length;
  return (
    <div className="overview">
      <RoomHead
        title={say("title", { district })}
        about={say("about", {
          day: whole.asOf,
          areas: number(judged),
          needs: whole.needs.length,
          total: number(total),
        })}
      />
      <ul className="overview-tiles">
        {(["uncovered", "unknown", "covered"] as const).map((state) => {
          const count = sums.reduce((sum, each) => sum + each[state], 0);
          const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 }).format(
            count / Math.max(total, 1),
          );
          return (
            <li key={state} className={`panel tile ${state}`}>
              <Go to={state === "covered" ? "/matrix" : "/gaps"} query={state === "covered" ? {} : { state }}>
                <StateWord state={state} />
                <strong>{number(count)}</strong>
                <span className="small quiet">{say("of.all", { share })}</span>
                <span className="small about">{say(`tile.${state}`)}</span>
              </Go>
            </li>
          );
        })}
      </ul>
      <div className="overview-columns">
        <div>
          <Streets whole={whole} />
          <Cypher question="coverage-states" />
        </div>
        <div className="overview-side">
          <First whole={whole} />
          <Missing whole={whole} />
          <Changes whole={whole} />
          <Notices />
        </div>
      </div>
    </div>
  );
}
