import { useQuery } from "@tanstack/react-query";
import { api, type Entity, read, told } from "@/api/client";
import { named, type Requirement } from "@/api/facts";
import { useDay } from "@/app/address";
import { type Language, useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/reason/texts";
import { Failure, Waiting } from "@/ui/states";
import { Thing } from "@/ui/things";

type Helper = { who: Entity; near: number; text: keyof typeof texts; values: Record<string, string | number> };

const SHOWN = 4;
const STREET = 9;

/** How many leading digits two areas' codes share: an area's code begins with those of the areas that it lies in. */
export function shared(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

const nearest = (places: readonly Entity[], area: string): number =>
  Math.max(0, ...places.map((place) => shared(place.id, area)));

const list = (places: readonly Entity[], language: Language): string => {
  const names = places.slice(0, 3).map(named);
  return names.join(language === "zh" ? "、" : ", ") + (places.length > 3 ? " …" : "");
};

type Placed = { entity: Entity; places: Entity[] };
type Roles = { type: string; body: Entity };

/** Whoever gives the same thing elsewhere, nearest first; for pairings the units with the most room. */
async function helpers(
  area: string,
  rule: Requirement,
  as_of: string | undefined,
  language: Language,
): Promise<Helper[]> {
  const day = as_of === undefined ? {} : { as_of };
  const [kind = "", what = ""] = rule.evidence.split(":");
  const from = (text: Helper["text"], all: Placed[]): Helper[] =>
    all
      .map(({ entity, places }) => ({
        who: entity,
        near: nearest(places, area),
        text,
        values: { areas: list(places, language) },
      }))
      .sort((a, b) => b.near - a.near);
  if (kind === "pairing") {
    const answer = await read<{ items: { unit: Entity; free: number | null; pairings: number }[] }>(
      "/api/v1/questions/unit-load",
      { limit: 1000, ...day },
    );
    return answer.items
      .filter((row) => (row.free ?? 0) > 0)
      .sort((a, b) => (b.free ?? 0) - (a.free ?? 0))
      .map((row) => ({
        who: row.unit,
        near: 0,
        text: "help.free",
        values: { free: row.free ?? 0, pairings: row.pairings },
      }));
  }
  if (kind === "service" || kind === "resource") {
    const asked = kind === "service" ? { service: `svc-${what}` } : { kind: what as "centre" };
    const answer = await told(api.GET("/api/v1/resources", { params: { query: { ...asked, limit: 500, ...day } } }));
    return from(
      "help.serves",
      answer.items.flatMap((row) =>
        row.resource === null ? [] : [{ entity: row.resource, places: row.serves ?? [] }],
      ),
    );
  }
  if (kind === "worker") {
    const asked = what === "full-time" ? "full-time-grid-worker" : "professional-grid-worker";
    const answer = await told(
      api.GET("/api/v1/members", {
        params: { query: { area: area.slice(0, STREET), kind: asked, limit: 500, ...day } },
      }),
    );
    const fit = answer.items.filter((row) => what === "full-time" || row.profession === what);
    const roles = (row: (typeof fit)[number]): Entity[] =>
      ((row.roles ?? []) as unknown as Roles[]).filter((role) => role.type === "ASSIGNED_TO").map((role) => role.body);
    return from(
      "help.works",
      fit.flatMap((row) => (row.member === null ? [] : [{ entity: row.member, places: roles(row) }])),
    );
  }
  return [];
}

export function Help({ area, rule }: { area: string; rule: Requirement }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const as_of = useDay();
  const found = useQuery({
    queryKey: ["helpers", area, rule.id, as_of, language],
    queryFn: () => helpers(area, rule, as_of, language),
  });
  if (rule.evidence.startsWith("chain")) return null;
  return (
    <section>
      <h3>{say("help.title")}</h3>
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={3} />}
      {found.data?.length === 0 && <p className="quiet">{say("help.none")}</p>}
      <ul className="providers">
        {found.data?.slice(0, SHOWN).map((helper) => (
          <li key={helper.who.id}>
            <Thing of={helper.who} /> <span className="quiet small">{say(helper.text, helper.values)}</span>
          </li>
        ))}
      </ul>
      {found.data !== undefined && found.data.length > 0 && <p className="quiet small">{say("help.about")}</p>}
    </section>
  );
}
