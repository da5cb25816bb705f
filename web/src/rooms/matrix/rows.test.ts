import { describe, expect, it } from "vitest";
import { coverage } from "@/model/coverage";
import { monthsAround } from "@/rooms/matrix/months";
import { type Asked, columnsOf, rowsOf } from "@/rooms/matrix/rows";

const thing = (id: string, label: string, name = id) => ({ id, label, name });
const need = thing("a", "Requirement");
const whole = coverage(
  [
    {
      level: "Street",
      requirements: [need],
      areas: ["1", "2"].map((id) => ({ area: thing(id, "Street"), within: "0", states: "+" })),
    },
    {
      level: "Community",
      requirements: [need],
      areas: ["11", "21"].map((id) => ({ area: thing(id, "Community"), within: id[0]!, states: "+" })),
    },
    {
      level: "Grid",
      requirements: [need],
      areas: [
        { area: thing("111", "Grid", "柳网格"), within: "11", states: "-" },
        { area: thing("211", "Grid", "松网格"), within: "21", states: "-" },
        { area: thing("212", "Grid", "柏网格"), within: "21", states: "-" },
        { area: thing("112", "Grid", "竹网格"), within: "11", states: "?" },
      ],
    },
  ],
  ["a"],
  thing("0", "District"),
);
const base: Asked = {
  scope: undefined,
  view: "tree",
  grouped: false,
  state: undefined,
  text: "",
  sort: "code",
  open: new Set(),
};
const ids = (asked: Partial<Asked>) =>
  rowsOf(whole, { ...base, ...asked }).map((row) => (row.heading ? `(${row.area.id})` : row.area.id));

describe("rows of the matrix", () => {
  it("opens only what is open", () => {
    expect(ids({})).toEqual(["0"]);
    expect(ids({ open: new Set(["0", "2"]) })).toEqual(["0", "1", "2", "21"]);
  });
  it("shows the way to what a text finds", () => {
    expect(ids({ text: "松" })).toEqual(["0", "2", "21", "211"]);
    expect(ids({ text: "nowhere" })).toEqual([]);
  });
  it("keeps to a scope and a state", () => {
    expect(ids({ scope: "1", view: "Grid" })).toEqual(["111", "112"]);
    expect(ids({ view: "Grid", state: "unknown" })).toEqual(["112"]);
    expect(ids({ open: new Set(["0"]), state: "unknown" })).toEqual(["0", "1"]);
  });
  it("sorts by what is missing and groups by street", () => {
    expect(ids({ view: "Street", sort: "sum" })).toEqual(["2", "1"]);
    expect(ids({ view: "Grid", grouped: true, sort: 0 })).toEqual(["(2)", "211", "212", "(1)", "111", "112"]);
  });
  it("leaves out columns that no row of the view can have", () => {
    const needs = [{ level: "Grid" }, { level: "Street" }, { level: "Community" }];
    expect(columnsOf(needs, "tree")).toEqual([1, 2, 0]);
    expect(columnsOf(needs, "Grid")).toEqual([0]);
  });
});

describe("the slider", () => {
  it("has a stop on the first of each month, two years back and one on", () => {
    const stops = monthsAround("2026-01-15");
    expect([stops[0], stops[24], stops.at(-1), stops.length]).toEqual(["2024-01-01", "2026-01-01", "2027-01-01", 37]);
  });
});
