import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** Places of nodes by forces, away from the thread that draws. */
export type Task = {
  x: number[];
  y: number[];
  size: number[];
  fixed: boolean[];
  from: number[];
  to: number[];
  rounds: number;
};
export type Places = { x: number[]; y: number[] };

self.onmessage = ({ data }: MessageEvent<Task>) => {
  const graph = new UndirectedGraph();
  for (const [at, x] of data.x.entries())
    graph.addNode(at, { x, y: data.y[at], size: data.size[at], fixed: data.fixed[at] });
  for (const [at, from] of data.from.entries()) if (from !== data.to[at]) graph.mergeEdge(from, data.to[at]);
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    adjustSizes: graph.order < 600,
    barnesHutOptimize: graph.order > 400,
  };
  const found = forceAtlas2(graph, { iterations: data.rounds, settings });
  const x = data.x.map((_, at) => found[at]?.x ?? 0);
  const y = data.y.map((_, at) => found[at]?.y ?? 0);
  self.postMessage({ x, y } satisfies Places);
};
