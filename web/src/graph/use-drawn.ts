import { useEffect, useMemo, useRef, useState } from "react";
import { arrange } from "@/graph/layout";
import { add, type Drawn, empty, type Picture } from "@/graph/picture";

/** One graph that takes in pictures as they come; a version tells when to draw again, `busy` that forces still work. */
export function useDrawn(
  pictures: readonly (Picture | undefined)[],
  pins: ReadonlyMap<string, [number, number]>,
): { graph: Drawn; version: number; busy: boolean } {
  const graph = useMemo(empty, []);
  const [version, setVersion] = useState(0);
  const [busy, setBusy] = useState(false);
  const drawn = useRef<readonly (Picture | undefined)[]>([]);
  const start = useRef(pins);
  const settled = useRef(new Set<string>());
  useEffect(() => {
    const gone = drawn.current.some((picture) => picture !== undefined && !pictures.includes(picture));
    const fresh = pictures.filter((picture) => picture !== undefined && (gone || !drawn.current.includes(picture)));
    if (fresh.length === 0 && !gone) return;
    // What stays keeps its place, so that a planner finds it again.
    const places = new Map(graph.mapNodes((id, { x, y }) => [id, { x, y }] as const));
    if (gone) graph.clear();
    for (const picture of fresh) if (picture !== undefined) add(graph, picture);
    graph.updateEachNodeAttributes((id, attributes) => {
      const pin = start.current.get(id);
      const place = pin === undefined ? places.get(id) : { x: pin[0], y: pin[1] };
      return { ...attributes, ...place, fixed: pin !== undefined || settled.current.has(id) };
    });
    drawn.current = [...pictures];
    const stop = new AbortController();
    setBusy(true);
    arrange(graph, stop.signal).finally(() => {
      if (stop.signal.aborted) return;
      for (const id of graph.nodes()) settled.current.add(id);
      setBusy(false);
      setVersion((now) => now + 1);
    });
    setVersion((now) => now + 1);
    return () => stop.abort();
  }, [graph, pictures]);
  return { graph, version, busy };
}
