import type { Entity, Schemas, State } from "@/api/client";

/** The whole matrix, once: every area's own states, and the sums of what lies in it. Pure; no server and no screen. */

export const STATES: readonly State[] = ["covered", "uncovered", "unknown"];
export const COVERED = 0;
export const UNCOVERED = 1;
export const UNKNOWN = 2;
const CODE: Record<string, number> = { "+": COVERED, "-": UNCOVERED, "?": UNKNOWN };

export type Area = {
  id: string;
  label: string;
  name: string;
  parent: Area | null;
  children: Area[];
  /** State of each requirement in this very area by its index; -1 where it does not apply. */
  own: Int8Array;
  /** Three counts a requirement (covered, uncovered, unknown): this area and all that lies in it. */
  sums: Uint32Array;
  depth: number;
};

export type Coverage = {
  requirements: string[];
  roots: Area[];
  byId: Map<string, Area>;
  areas: Area[];
};

type Row = Schemas["CoverageStatesRow"];
type Told = { area: Entity; within: string; states: string };

/** Builds the tree from the answer to `coverage-states`; requirements are numbered as given. */
export function coverage(rows: readonly Row[], order: readonly string[], root: Entity | undefined): Coverage {
  const index = new Map(order.map((id, at) => [id, at]));
  const count = order.length;
  const byId = new Map<string, Area>();
  const make = (thing: Entity): Area => ({
    id: thing.id,
    label: thing.label,
    name: thing.name ?? thing.id,
    parent: null,
    children: [],
    own: new Int8Array(count).fill(-1),
    sums: new Uint32Array(3 * count),
    depth: 0,
  });
  const within = new Map<string, string>();
  for (const row of rows) {
    const places = (row.requirements ?? []).map((need) => index.get(need.id) ?? -1);
    for (const raw of row.areas ?? []) {
      const { area, within: above, states } = raw as Told;
      const node = make(area);
      byId.set(node.id, node);
      within.set(node.id, above);
      for (const [at, place] of places.entries()) if (place >= 0) node.own[place] = CODE[states[at] ?? ""] ?? -1;
    }
  }
  if (root !== undefined && !byId.has(root.id)) byId.set(root.id, make(root));
  for (const [id, above] of within) {
    const node = byId.get(id) as Area;
    // An area without a requirement of its own is not told of: its id stands for its name.
    if (!byId.has(above)) byId.set(above, make({ id: above, label: "", name: null }));
    node.parent = byId.get(above) as Area;
    node.parent.children.push(node);
  }
  const areas = [...byId.values()];
  const roots = areas.filter((area) => area.parent === null);
  const down = (area: Area, depth: number): void => {
    area.depth = depth;
    area.children.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let need = 0; need < count; need++) {
      const state = area.own[need] ?? -1;
      if (state >= 0) area.sums[3 * need + state] = 1;
    }
    for (const child of area.children) {
      down(child, depth + 1);
      for (let at = 0; at < area.sums.length; at++) area.sums[at] = (area.sums[at] ?? 0) + (child.sums[at] ?? 0);
    }
  };
  for (const area of roots) down(area, 0);
  return { requirements: [...order], roots, byId, areas };
}

export type Counts = { covered: number; uncovered: number; unknown: number; total: number };

/** Counts of one requirement in an area and all that lies in it, or of all requirements together. */
export function counts(area: Area, need?: number): Counts {
  const found = [0, 0, 0];
  const from = need === undefined ? 0 : 3 * need;
  const to = need === undefined ? area.sums.length : from + 3;
  for (let at = from; at < to; at++) found[at % 3] = (found[at % 3] ?? 0) + (area.sums[at] ?? 0);
  const [covered = 0, uncovered = 0, unknown = 0] = found;
  return { covered, uncovered, unknown, total: covered + uncovered + unknown };
}

/** The state of the whole: uncovered where anything is, else unknown, else covered; undefined where nothing applies. */
export function worst(found: Counts): State | undefined {
  if (found.total === 0) return undefined;
  if (found.uncovered > 0) return "uncovered";
  return found.unknown > 0 ? "unknown" : "covered";
}

export type Difference = { area: Area; need: number; before: State | undefined; after: State };

/** What is judged otherwise now than before, by the requirement's place and then the area. Both must number requirements alike. */
export function differences(before: Coverage, after: Coverage): Difference[] {
  const found: Difference[] = [];
  for (const area of after.areas) {
    const then = before.byId.get(area.id);
    for (const [need, state] of area.own.entries()) {
      const was = then?.own[need] ?? -1;
      if (state >= 0 && was !== state) found.push({ area, need, before: STATES[was], after: STATES[state] as State });
    }
  }
  return found.sort((a, b) => a.need - b.need || (a.area.id < b.area.id ? -1 : 1));
}

/** The ancestor of a label that an area lies in, or the area itself. */
export function within(area: Area, label: string): Area | undefined {
  for (let at: Area | null = area; at !== null; at = at.parent) if (at.label === label) return at;
  return undefined;
}
