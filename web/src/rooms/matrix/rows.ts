import { type Area, type Coverage, counts } from "@/model/coverage";

/** Which rows the matrix shows, in which order. Pure. */

export type View = "tree" | "Street" | "Community" | "Grid";
export type Asked = {
  scope: string | undefined;
  view: View;
  grouped: boolean;
  state: "uncovered" | "unknown" | undefined;
  text: string;
  /** `code`, `sum`, or the index of a requirement: most gaps first. */
  sort: "code" | "sum" | number;
  open: ReadonlySet<string>;
};

export type Row = { area: Area; depth: number; heading: boolean };

/** Rows in their order; in the tree an area that does not match stays where something in it does. */
export function rowsOf(whole: Coverage, asked: Asked): Row[] {
  const roots =
    asked.scope === undefined ? whole.roots : [whole.byId.get(asked.scope)].filter((area) => area !== undefined);
  const ordered = order(asked.sort);
  const text = asked.text.trim().toLowerCase();
  const named = (area: Area) => text === "" || area.name.toLowerCase().includes(text) || area.id.startsWith(text);
  const stated = (area: Area) => asked.state === undefined || counts(area, need(asked.sort))[asked.state] > 0;
  if (asked.view !== "tree") return flat(roots, asked, ordered, (area) => named(area) && stated(area));
  const rows: Row[] = [];
  const hit = new Map<Area, boolean>();
  const hits = (area: Area): boolean => {
    const found = area.children.map(hits).some(Boolean) || named(area);
    hit.set(area, found);
    return found;
  };
  if (text !== "") for (const root of roots) hits(root);
  const walk = (area: Area, depth: number): void => {
    if (!stated(area) || (text !== "" && hit.get(area) !== true)) return;
    rows.push({ area, depth, heading: false });
    const below = text !== "" && area.children.some((child) => hit.get(child) === true);
    if (asked.open.has(area.id) || below) for (const child of [...area.children].sort(ordered)) walk(child, depth + 1);
  };
  for (const root of roots) walk(root, 0);
  return rows;
}

const need = (sort: Asked["sort"]): number | undefined => (typeof sort === "number" ? sort : undefined);

function order(sort: Asked["sort"]): (a: Area, b: Area) => number {
  const byCode = (a: Area, b: Area) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  if (sort === "code") return byCode;
  const known = new Map<Area, number>();
  const weight = (area: Area): number => {
    const kept = known.get(area);
    if (kept !== undefined) return kept;
    const found = counts(area, need(sort));
    const made = found.uncovered * 1e6 + found.unknown;
    known.set(area, made);
    return made;
  };
  return (a, b) => weight(b) - weight(a) || byCode(a, b);
}

function flat(
  roots: readonly Area[],
  asked: Asked,
  ordered: (a: Area, b: Area) => number,
  keep: (area: Area) => boolean,
): Row[] {
  const groups = new Map<Area | null, Area[]>();
  const walk = (area: Area, street: Area | null): void => {
    const group = area.label === "Street" ? area : street;
    if (area.label === asked.view && keep(area)) {
      const key = asked.grouped && asked.view !== "Street" ? group : null;
      const held = groups.get(key);
      if (held === undefined) groups.set(key, [area]);
      else held.push(area);
    }
    for (const child of area.children) walk(child, group);
  };
  for (const root of roots) walk(root, null);
  const rows: Row[] = [];
  const keys = [...groups.keys()].sort((a, b) => (a === null || b === null ? 0 : ordered(a, b)));
  for (const key of keys) {
    if (key !== null) rows.push({ area: key, depth: 0, heading: true });
    for (const area of (groups.get(key) ?? []).sort(ordered))
      rows.push({ area, depth: key === null ? 0 : 1, heading: false });
  }
  return rows;
}

const RANK = ["Street", "Community", "Grid"];

/** The requirements' columns: larger areas first, the most urgent first within a level; only those that rows of the view may have. */
export function columnsOf(needs: readonly { level: string }[], view: View): number[] {
  return needs
    .map((_, at) => at)
    .filter((at) => view === "tree" || RANK.indexOf(needs[at]?.level ?? "") >= RANK.indexOf(view))
    .sort((a, b) => RANK.indexOf(needs[a]?.level ?? "") - RANK.indexOf(needs[b]?.level ?? "") || a - b);
}
