import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { useDay, useHref } from "@/app/address";
import { Drawing } from "@/graph/drawing";
import "@/graph/graph.css";
import { around } from "@/graph/pictures";
import { texts } from "@/graph/texts";
import { useDrawn } from "@/graph/use-drawn";
import { useTexts } from "@/i18n/language";
import { Failure, Waiting } from "@/ui/states";

const NO_PINS = new Map<string, [number, number]>();

/** What lies one step around a thing, small; a click goes there. */
export default function Small({ id }: { id: string }) {
  const say = useTexts(texts);
  const day = useDay();
  const href = useHref();
  const [, go] = useLocation();
  const found = useQuery(around(id, day, 60));
  const pictures = useMemo(() => [found.data], [found.data]);
  const { graph, version } = useDrawn(pictures, NO_PINS);
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  if (found.data === undefined) return <Waiting lines={4} />;
  if (found.data.nodes.length === 0) return <p className="quiet">{say("none")}</p>;
  const label = say("drawing.small", { nodes: found.data.nodes.length, links: found.data.relationships.length });
  return (
    <div className="small-network">
      <Drawing
        graph={graph}
        version={version}
        chosen={id}
        label={label}
        onChoose={(node) => node !== undefined && node !== id && go(href(`/entities/${encodeURIComponent(node)}`))}
      />
    </div>
  );
}
