import { MultiDirectedGraph } from "graphology";
import type { Schemas } from "@/api/client";

/** Pictures of the API as a graph to draw. Pure; the same pictures give the same graph and the same first places. */

export type Picture = Pick<Schemas["Picture"], "nodes" | "relationships"> & { truncated?: boolean };
export type NodeAttributes = {
  label: string;
  kind: string;
  x: number;
  y: number;
  size: number;
  color: string;
  shape: string;
  fixed: boolean;
  synthetic: boolean;
};
export type EdgeAttributes = {
  type_: string;
  role: string;
  since: string | null;
  until: string | null;
  source: string | null;
  color: string;
  size: number;
};
export type Drawn = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

type Look = { color: string; shape: "circle" | "square" | "diamond" | "triangle" };
const AREA: Look = { color: "#2f6f8f", shape: "square" };
/** Kinds are told apart by shape and colour: areas square, whoever acts round, what is offered or asked a diamond, what is told a triangle. */
export const LOOKS: Readonly<Record<string, Look>> = {
  District: { ...AREA, color: "#17435a" },
  Street: { ...AREA, color: "#22587a" },
  Community: AREA,
  Grid: { ...AREA, color: "#5c9dba" },
  Building: { ...AREA, color: "#9bbfd0" },
  Organization: { color: "#b3392b", shape: "circle" },
  Unit: { color: "#8a4fa3", shape: "circle" },
  Member: { color: "#d98324", shape: "circle" },
  Resource: { color: "#2c8a5b", shape: "diamond" },
  Service: { color: "#6aa84f", shape: "diamond" },
  Need: { color: "#c2608a", shape: "diamond" },
  Project: { color: "#a64d79", shape: "diamond" },
  Case: { color: "#7a6a58", shape: "triangle" },
  Activity: { color: "#9a8b3c", shape: "triangle" },
};
export const OTHER: Look = { color: "#6b7785", shape: "triangle" };
export const lookOf = (kind: string): Look => LOOKS[kind] ?? OTHER;

export const empty = (): Drawn => new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();

/** A number between 0 and 1 that depends on the text alone, so that a layout starts at the same places every time. */
export function spread(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}

export const sizeOf = (degree: number): number => 4 + 1.6 * Math.sqrt(degree);

/** Adds a picture; what is there already keeps its place, what is new starts near a neighbour that is there. */
export function add(graph: Drawn, picture: Picture): void {
  const neighbour = new Map<string, string>();
  for (const link of picture.relationships) {
    if (graph.hasNode(link.from)) neighbour.set(link.to, link.from);
    if (graph.hasNode(link.to)) neighbour.set(link.from, link.to);
  }
  for (const node of picture.nodes) {
    if (graph.hasNode(node.id)) continue;
    const look = lookOf(node.label);
    const near = neighbour.get(node.id);
    const angle = 2 * Math.PI * spread(node.id);
    const from = near === undefined ? { x: 0, y: 0, far: 100 } : { ...graph.getNodeAttributes(near), far: 14 };
    const far = from.far * (0.4 + 0.6 * spread(`${node.id}~`));
    graph.addNode(node.id, {
      label: node.name ?? node.id,
      kind: node.label,
      x: from.x + far * Math.cos(angle),
      y: from.y + far * Math.sin(angle),
      size: 6,
      color: look.color,
      shape: look.shape,
      fixed: false,
      synthetic: node.synthetic,
    });
  }
  for (const link of picture.relationships) {
    if (graph.hasEdge(link.id) || !graph.hasNode(link.from) || !graph.hasNode(link.to)) continue;
    const known = {
      type_: link.type,
      role: link.role ?? "",
      since: link.since,
      until: link.until,
      source: link.source,
    };
    graph.addEdgeWithKey(link.id, link.from, link.to, { ...known, color: "#b8c2cb", size: 1.4 });
  }
  graph.forEachNode((id) => graph.setNodeAttribute(id, "size", sizeOf(graph.degree(id))));
}
