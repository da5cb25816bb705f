import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import Sigma from "sigma";
import { extremityArrow, layerFill, pathLine, sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from "sigma/rendering";
import type { Drawn, EdgeAttributes, NodeAttributes } from "@/graph/picture";

export type Handle = { image: () => Promise<Blob | null>; centre: (id: string) => void; whole: () => void };

type Props = {
  graph: Drawn;
  /** Changes when places or members of the graph have changed. */
  version: number;
  chosen?: string | undefined;
  /** Drawn strongly, the rest faintly; empty for all alike. */
  marked?: ReadonlySet<string>;
  hidden?: (edge: string) => boolean;
  label: string;
  onChoose?: (id: string | undefined) => void;
  onMove?: (id: string) => void;
  ref?: Ref<Handle>;
};

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** The drawing itself; everything it says stands as text beside it too. */
export function Drawing({ graph, version, chosen, marked, hidden, label, onChoose, onMove, ref }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma<NodeAttributes, EdgeAttributes> | null>(null);
  const events = useRef({ onChoose, onMove });
  events.current = { onChoose, onMove };
  useEffect(() => {
    if (frame.current === null) return;
    const drawn = new Sigma(graph, frame.current, {
      primitives: {
        nodes: { shapes: [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle()], layers: [layerFill()] },
        edges: { paths: [pathLine()], extremities: [extremityArrow()] },
      },
      styles: {
        nodes: {
          x: { attribute: "x" },
          y: { attribute: "y" },
          size: { attribute: "size" },
          shape: { attribute: "shape", defaultValue: "circle" },
          color: { attribute: "color" },
          label: { attribute: "label" },
          labelFont: FONT,
          labelSize: 12,
          labelColor: "#17212b",
          labelBackgroundColor: "rgba(255, 255, 255, 0.78)",
          labelBackgroundPadding: 1,
          opacity: (_, state, whole) => (state.isHighlighted || !whole.hasHighlighted ? 1 : 0.25),
          labelVisibility: (_, state) => (state.isHighlighted || state.isHovered ? "visible" : "auto"),
        },
        edges: {
          size: { attribute: "size" },
          color: (link, state) => (state.isHighlighted ? "#0b5f73" : link.color),
          head: "arrow",
          visibility: (_, state) => (state.isHidden ? "hidden" : "visible"),
        },
      },
      settings: {
        labelDensity: 0.8,
        labelGridCellSize: 90,
        labelRenderedSizeThreshold: 5,
        hideEdgesOnMove: graph.size > 6000,
        enableNodeDrag: true,
        itemSizesReference: "screen",
        minCameraRatio: 0.02,
        maxCameraRatio: 4,
      },
    });
    drawn.on("clickNode", ({ node }) => events.current.onChoose?.(node));
    drawn.on("clickStage", () => events.current.onChoose?.(undefined));
    drawn.on("nodeDragEnd", ({ node }: { node: string }) => {
      graph.setNodeAttribute(node, "fixed", true);
      events.current.onMove?.(node);
    });
    sigma.current = drawn;
    return () => {
      drawn.kill();
      sigma.current = null;
    };
  }, [graph]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the graph, which stays the same object, has changed
  useEffect(() => {
    const drawn = sigma.current;
    if (drawn === null) return;
    drawn.refresh();
    graph.forEachNode((id) => drawn.setNodeState(id, { isHighlighted: id === chosen || marked?.has(id) === true }));
    graph.forEachEdge((id, _, from, to) => {
      const lit =
        marked !== undefined && marked.size > 0 ? marked.has(from) && marked.has(to) : from === chosen || to === chosen;
      drawn.setEdgeState(id, { isHighlighted: lit, isHidden: hidden?.(id) === true });
    });
    drawn.scheduleRender();
  }, [graph, version, chosen, marked, hidden]);
  useImperativeHandle(ref, () => ({
    image: () =>
      new Promise((done) => {
        const drawn = sigma.current;
        const canvas = frame.current?.querySelector("canvas");
        if (drawn === null || canvas === null || canvas === undefined) return done(null);
        // What WebGL drew is there to be read only in the same frame.
        drawn.once("afterRender", () => canvas.toBlob(done, "image/png"));
        drawn.refresh();
      }),
    centre: (id) => {
      const at = sigma.current?.getNodeDisplayData(id);
      if (at !== undefined) sigma.current?.getCamera().animate({ x: at.x, y: at.y, ratio: 0.4 });
    },
    whole: () => {
      sigma.current?.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    },
  }));
  return <div className="drawing" ref={frame} role="img" aria-label={label} />;
}
