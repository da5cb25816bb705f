import { describe, expect, it } from "vitest";
import { counts, coverage, differences, within, worst } from "@/model/coverage";

const thing = (id: string, label: string) => ({ id, label, name: `${label} ${id}` });
const needs = [thing("a", "Requirement"), thing("b", "Requirement")];
const rows = (first: string) => [
  { level: "Street", requirements: [needs[0]!], areas: [{ area: thing("1", "Street"), within: "0", states: "+" }] },
  {
    level: "Grid",
    requirements: needs,
    areas: [
      { area: thing("112", "Grid"), within: "11", states: "?-" },
      { area: thing("111", "Grid"), within: "11", states: first },
    ],
  },
  {
    level: "Community",
    requirements: [needs[1]!],
    areas: [{ area: thing("11", "Community"), within: "1", states: "?" }],
  },
];

describe("the matrix of a district", () => {
  const whole = coverage(rows("+-"), ["b", "a"], thing("0", "District"));
  const root = whole.roots[0]!;

  it("is a tree from the district down to each grid, in the order of codes", () => {
    expect(whole.roots.map((area) => area.id)).toEqual(["0"]);
    expect(whole.byId.get("11")?.children.map((area) => area.id)).toEqual(["111", "112"]);
    expect(whole.byId.get("111")?.depth).toBe(3);
    expect(within(whole.byId.get("111")!, "Street")?.id).toBe("1");
  });

  it("sums an area's own state with those of all that lies in it", () => {
    expect(counts(root, 0)).toEqual({ covered: 0, uncovered: 2, unknown: 1, total: 3 });
    expect(counts(root, 1)).toEqual({ covered: 2, uncovered: 0, unknown: 1, total: 3 });
    expect(counts(root)).toEqual({ covered: 2, uncovered: 2, unknown: 2, total: 6 });
  });

  it("never takes unknown for covered, nor uncovered for unknown", () => {
    expect(worst(counts(root, 0))).toBe("uncovered");
    expect(worst(counts(root, 1))).toBe("unknown");
    expect(worst({ covered: 0, uncovered: 0, unknown: 0, total: 0 })).toBeUndefined();
  });

  it("knows what is judged otherwise than before", () => {
    const later = coverage(rows("-+"), ["b", "a"], thing("0", "District"));
    const found = differences(whole, later).map(({ area, need, before, after }) => [area.id, need, before, after]);
    expect(found).toEqual([
      ["111", 0, "uncovered", "covered"],
      ["111", 1, "covered", "uncovered"],
    ]);
    expect(differences(whole, whole)).toEqual([]);
  });

  it("lets the id stand for an area that no row tells of", () => {
    const lone = coverage(
      [{ level: "Grid", requirements: needs, areas: [{ area: thing("9", "Grid"), within: "8", states: "++" }] }],
      ["a", "b"],
      undefined,
    );
    expect(lone.roots[0]).toMatchObject({ id: "8", name: "8" });
  });
});
