import { useMemo } from "react";
import { useWords } from "@/api/facts";
import { type Drawn, lookOf } from "@/graph/picture";
import { useTexts } from "@/i18n/language";
import { texts } from "@/rooms/network/texts";

const SHAPES = {
  circle: <circle cx="6" cy="6" r="5" />,
  square: <rect x="1.5" y="1.5" width="9" height="9" />,
  diamond: <path d="M6 .5L11.5 6 6 11.5.5 6z" />,
  triangle: <path d="M6 1l5.3 9.6H.7z" />,
};

/** Which shape and colour stands for which kind, of those that are drawn. */
export function Legend({ graph, version }: { graph: Drawn; version: number }) {
  const say = useTexts(texts);
  const word = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the graph, which stays the same object, has changed
  const kinds = useMemo(() => {
    const count = new Map<string, number>();
    graph.forEachNode((_, { kind }) => count.set(kind, (count.get(kind) ?? 0) + 1));
    return [...count].sort((a, b) => b[1] - a[1]);
  }, [graph, version]);
  return (
    <ul className="network-legend" aria-label={say("kinds")}>
      {kinds.map(([kind, count]) => {
        const look = lookOf(kind);
        return (
          <li key={kind}>
            <svg viewBox="0 0 12 12" width="12" height="12" fill={look.color} aria-hidden="true">
              {SHAPES[look.shape]}
            </svg>
            {word("labels", kind)} <span className="quiet number">{count}</span>
          </li>
        );
      })}
    </ul>
  );
}
