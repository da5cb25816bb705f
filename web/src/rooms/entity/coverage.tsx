import { Go, useAddress } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { counts, STATES } from "@/model/coverage";
import { useCoverage } from "@/model/use-coverage";
import { Drawer } from "@/reason/drawer";
import { Reason } from "@/reason/reason";
import { texts } from "@/rooms/entity/texts";
import { Share, StateMark } from "@/ui/marks";
import { Failure, Panel, Waiting } from "@/ui/states";
import { texts as common } from "@/ui/texts";

/** An area's requirements, each with its state and the way to its reason. */
export function AreaCoverage({ id }: { id: string }) {
  const say = useTexts(texts);
  const state = useTexts(common);
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const found = useCoverage();
  if (found.error !== null) return <Failure error={found.error} again={found.again} />;
  const whole = found.data;
  if (whole === undefined) {
    return (
      <Panel title={say("coverage")}>
        <Waiting lines={4} />
      </Panel>
    );
  }
  const area = whole.byId.get(id);
  if (area === undefined) return null;
  const own = whole.needs.flatMap((need, at) => {
    const is = STATES[area.own[at] ?? -1];
    return is === undefined ? [] : [{ need, is }];
  });
  const all = counts(area);
  const [, chosen = ""] = (search.get("cell") ?? "").split("~");
  const opened = own.find((each) => each.need.id === chosen);
  return (
    <Panel title={say("coverage")} about={say("coverage.about")}>
      <ul className="entity-needs">
        {own.map(({ need, is }) => (
          <li key={need.id}>
            <button type="button" className={`button plain ${is}`} onClick={() => change({ cell: `${id}~${need.id}` })}>
              <StateMark state={is} />
              <span>{need.name[language]}</span>
              <span className="unseen">{state(is)}</span>
            </button>
          </li>
        ))}
      </ul>
      {area.children.length > 0 && (
        <p className="entity-in">
          <span>
            {say("coverage.in")} <span className="quiet">{say("coverage.in.text", all)}</span>
          </span>
          <Share {...all} />
          <Go to="/matrix" query={{ area: id }}>
            {say("coverage.open")}
          </Go>
        </p>
      )}
      {opened !== undefined && (
        <Drawer
          subject={search.get("cell") ?? ""}
          title={area.name}
          about={opened.need.name[language]}
          close={() => change({ cell: null })}
        >
          <Reason area={id} name={area.name} need={opened.need.id} />
        </Drawer>
      )}
    </Panel>
  );
}
