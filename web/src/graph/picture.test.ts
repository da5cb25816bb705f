import { describe, expect, it } from "vitest";
import { add, empty, type Picture, spread } from "@/graph/picture";

const node = (id: string, label = "Unit") => ({ id, label, name: id, title: null, synthetic: false });
const link = (from: string, to: string) => ({
  id: `PAIRED_WITH:${from}>${to}`,
  type: "PAIRED_WITH",
  from,
  to,
  role: null,
  programme: null,
  since: null,
  until: null,
  source: null,
  source_ref: null,
  synthetic: false,
});
const first: Picture = { nodes: [node("u"), node("g", "Grid")], relationships: [link("u", "g")] };

describe("a picture", () => {
  it("is drawn the same every time", () => {
    const [one, two] = [empty(), empty()];
    add(one, first);
    add(two, first);
    expect(one.export()).toEqual(two.export());
    expect(spread("u")).toBe(spread("u"));
    expect(spread("u")).not.toBe(spread("v"));
  });
  it("takes in another and leaves what is there where it is", () => {
    const graph = empty();
    add(graph, first);
    const before = { x: graph.getNodeAttribute("g", "x"), y: graph.getNodeAttribute("g", "y") };
    add(graph, { nodes: [node("g", "Grid"), node("w")], relationships: [link("w", "g"), link("u", "g")] });
    expect(graph.order).toBe(3);
    expect(graph.size).toBe(2);
    expect(graph.getNodeAttributes("g")).toMatchObject(before);
    expect(graph.getNodeAttribute("g", "size")).toBeGreaterThan(graph.getNodeAttribute("w", "size"));
  });
  it("leaves out links to what is not drawn", () => {
    const graph = empty();
    add(graph, { nodes: [node("u")], relationships: [link("u", "gone")] });
    expect(graph.size).toBe(0);
  });
});
