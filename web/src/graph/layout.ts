import type { Places, Task } from "@/graph/layout.worker";
import type { Drawn } from "@/graph/picture";

/** Moves the nodes of a graph that are not fixed to where forces put them; the same start gives the same end. */
export function arrange(graph: Drawn, signal: AbortSignal): Promise<void> {
  const ids = graph.nodes();
  const number = new Map(ids.map((id, at) => [id, at]));
  const of = (name: "x" | "y" | "size") => ids.map((id) => graph.getNodeAttribute(id, name));
  const task: Task = {
    x: of("x"),
    y: of("y"),
    size: of("size"),
    fixed: ids.map((id) => graph.getNodeAttribute(id, "fixed")),
    from: [],
    to: [],
    rounds: ids.length > 2000 ? 120 : ids.length > 500 ? 250 : 500,
  };
  graph.forEachEdge((_, __, from, to) => {
    task.from.push(number.get(from) ?? 0);
    task.to.push(number.get(to) ?? 0);
  });
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  return new Promise((done, fail) => {
    const end = () => worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      done();
    });
    worker.onerror = (event) => {
      end();
      fail(new Error(event.message));
    };
    worker.onmessage = ({ data }: MessageEvent<Places>) => {
      end();
      graph.updateEachNodeAttributes((id, attributes) => {
        const at = number.get(id);
        if (at === undefined || attributes.fixed) return attributes;
        return { ...attributes, x: data.x[at] ?? attributes.x, y: data.y[at] ?? attributes.y };
      });
      done();
    };
    worker.postMessage(task);
  });
}
