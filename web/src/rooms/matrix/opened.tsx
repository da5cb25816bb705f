import type { ComponentType, ReactNode } from "react";
import { useAddress } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { type Area, counts, STATES } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { Reason } from "@/reason/reason";
import { texts as reasons } from "@/reason/texts";
import { texts } from "@/rooms/matrix/texts";
import { StateMark } from "@/ui/marks";

type Frame = ComponentType<{
  subject: string;
  title: ReactNode;
  about?: ReactNode;
  close: () => void;
  children: ReactNode;
}>;
type Props = { whole: Whole; area: Area; need: string; close: () => void; frame: Frame };
const SHOWN = 200;
const RANK = { uncovered: 0, unknown: 1, covered: 2 };

/** What a cell holds: the reason of one area's state, or the areas that make up the sum, each leading to its reason. */
export function Opened({ whole, area, need, close, frame: Frame }: Props) {
  const say = useTexts(texts);
  const more = useTexts(reasons);
  const { language } = useLanguage();
  const [, change] = useAddress();
  const at = whole.requirements.indexOf(need);
  const name = whole.needs[at]?.name[language] ?? need;
  if ((area.own[at] ?? -1) >= 0) {
    return (
      <Frame subject={`${area.id} ${need}`} title={area.name} about={name} close={close}>
        <Reason area={area.id} name={area.name} need={need} />
      </Frame>
    );
  }
  const found: { area: Area; state: "covered" | "uncovered" | "unknown" }[] = [];
  const walk = (each: Area): void => {
    const state = STATES[each.own[at] ?? -1];
    if (state !== undefined) found.push({ area: each, state });
    for (const child of each.children) walk(child);
  };
  walk(area);
  found.sort((a, b) => RANK[a.state] - RANK[b.state]);
  return (
    <Frame
      subject={`${area.id} ${need}`}
      title={more("list.title", { area: area.name, need: name })}
      about={say("list.about", counts(area, at))}
      close={close}
    >
      <ul className="matrix-opened">
        {found.slice(0, SHOWN).map((each) => (
          <li key={each.area.id}>
            <button type="button" className="button plain" onClick={() => change({ cell: `${each.area.id}~${need}` })}>
              <StateMark state={each.state} />
              {each.area.name}
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="quiet">{more("list.more", { count: found.length - SHOWN })}</p>}
    </Frame>
  );
}
