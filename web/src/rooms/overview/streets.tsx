import { Go } from "@/app/address";
import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import { type Area, counts, worst } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { texts } from "@/rooms/overview/texts";
import { useLevelName } from "@/ui/levels";
import { Share, StateMark } from "@/ui/marks";
import { Panel, Scroller } from "@/ui/states";

/** A table of more streets is no view at a glance; the matrix has them all. */
const MOST = 30;

/** Requirements down, streets across; each cell counts what is missing there. Of very many streets those with most gaps. */
export function Streets({ whole }: { whole: Whole }) {
  const say = useTexts(texts);
  const number = useNumber();
  const levelName = useLevelName();
  const { language } = useLanguage();
  const root = whole.roots[0];
  if (root === undefined) return null;
  const every = root.children.length > 0 ? root.children : [root];
  const streets = every.length > MOST ? gravest(every).slice(0, MOST) : every;
  return (
    <Panel
      title={say("table.title")}
      about={say("table.about")}
      action={
        streets.length < every.length && (
          <Go to="/matrix" query={{ view: "Street", sort: "sum" }} className="small">
            {say("table.most", { count: MOST, all: number(every.length) })}
          </Go>
        )
      }
    >
      <Scroller label={say("table.title")}>
        <table className="streets">
          <thead>
            <tr>
              <th scope="col">{say("requirement")}</th>
              <th scope="col">{say("all")}</th>
              {streets.map((street) => (
                <th key={street.id} scope="col">
                  <Go to={`/entities/${street.id}`}>{short(street.name)}</Go>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {whole.needs.map((need, at) => (
              <tr key={need.id}>
                <th scope="row">
                  <Go to="/gaps" query={{ requirement: need.id }}>
                    {need.name[language]}
                  </Go>
                  <span className="quiet small level">{levelName(need.level)}</span>
                </th>
                <Cell area={root} need={at} id={need.id} name={need.name[language]} sum />
                {streets.map((street) => (
                  <Cell key={street.id} area={street} need={at} id={need.id} name={need.name[language]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Panel>
  );
}

/** Most gaps first, then most unknown; the order of codes where they are alike. */
function gravest(streets: readonly Area[]): Area[] {
  const weighed = streets.map((street) => [street, counts(street)] as const);
  weighed.sort(([a, x], [b, y]) => y.uncovered - x.uncovered || y.unknown - x.unknown || (a.id < b.id ? -1 : 1));
  return weighed.map(([street]) => street);
}

const short = (name: string): string => name.replace(/(街道|镇|乡)$/, "");

function Cell({
  area,
  need,
  id,
  name,
  sum = false,
}: {
  area: Area;
  need: number;
  id: string;
  name: string;
  sum?: boolean;
}) {
  const say = useTexts(texts);
  const found = counts(area, need);
  const state = worst(found);
  if (state === undefined) return <td className="quiet">·</td>;
  const told = say(state === "covered" ? "cell.covered" : "cell.mixed", found);
  return (
    <td className={sum ? `sum ${state}` : state} title={told}>
      <Go to="/matrix" query={{ area: area.id, need: id }}>
        <span className="unseen">{`${area.name}, ${name}: ${told}`}</span>
        {found.uncovered > 0 && (
          <span className="state uncovered" aria-hidden="true">
            <StateMark state="uncovered" />
            {found.uncovered}
          </span>
        )}
        {found.unknown > 0 && (
          <span className="state unknown" aria-hidden="true">
            <StateMark state="unknown" />
            {found.unknown}
          </span>
        )}
        {state === "covered" && <StateMark state="covered" />}
        {sum && <Share {...found} />}
      </Go>
    </td>
  );
}
