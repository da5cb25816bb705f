import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { api, saveAs, told } from "@/api/client";
import { useAddress, useDay } from "@/app/address";
import { Drawing, type Handle } from "@/graph/drawing";
import "@/graph/graph.css";
import { around, viewOf } from "@/graph/pictures";
import { texts as drawn } from "@/graph/texts";
import { useDrawn } from "@/graph/use-drawn";
import { useNumber, useTexts } from "@/i18n/language";
import { Chosen } from "@/rooms/network/chosen";
import { Legend } from "@/rooms/network/legend";
import { Members } from "@/rooms/network/members";
import "@/rooms/network/network.css";
import { Start } from "@/rooms/network/start";
import { texts } from "@/rooms/network/texts";
import { Tools } from "@/rooms/network/tools";
import { Ways } from "@/rooms/network/ways";
import { Failure, RoomHead, Waiting } from "@/ui/states";

const split = (text: string | null): string[] => (text === null || text === "" ? [] : text.split(","));
const pinsOf = (text: string | null): Map<string, [number, number]> =>
  new Map(
    (text ?? "").split("!").flatMap((each) => {
      const [id, x, y] = each.split("~");
      return id === undefined || x === undefined || y === undefined ? [] : [[id, [Number(x), Number(y)]] as const];
    }),
  );

/** The network: from anything, step by step; the address holds what is expanded, filtered, moved and asked. */
export default function Network() {
  const say = useTexts(texts);
  const about = useTexts(drawn);
  const number = useNumber();
  const [search, change] = useAddress();
  const day = useDay();
  const handle = useRef<Handle>(null);
  const [chosen, setChosen] = useState<string>();
  const from = search.get("from");
  const expanded = useMemo(() => split(from), [from]);
  const question = search.get("ask");
  const given = useMemo(() => {
    const asked = new URLSearchParams(search.get("with") ?? "");
    return { ...Object.fromEntries(asked), limit: 1000, as_of: day };
  }, [search, day]);
  const start = search.get("start");
  const end = search.get("end");
  const spread = useQueries({ queries: expanded.map((id) => around(id, day)) });
  const asked = useQuery({ ...viewOf(question ?? "", given), enabled: question !== null });
  const way = useQuery({
    ...viewOf("shortest-path", { from: start ?? "", to: end ?? "", as_of: day }),
    enabled: start !== null && end !== null,
  });
  const ways = useQuery({
    queryKey: ["paths", start, end, day],
    enabled: start !== null && end !== null,
    queryFn: () =>
      told(
        api.GET("/api/v1/paths", {
          params: {
            query: { from: start ?? "", to: end ?? "", limit: 20, ...(day === undefined ? {} : { as_of: day }) },
          },
        }),
      ),
  });
  const all = [
    ...spread.map((each) => each.data),
    question === null ? undefined : asked.data,
    start === null || end === null ? undefined : way.data,
  ];
  const key =
    all
      .map((each) => (each === undefined ? "-" : `${each.nodes.length}.${each.relationships.length}.${each.as_of}`))
      .join(" ") +
    from +
    question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which pictures there are; their list is made anew each time
  const pictures = useMemo(() => all, [key]);
  const pinned = search.get("at");
  const pins = useMemo(() => pinsOf(pinned), [pinned]);
  const { graph, version, busy } = useDrawn(pictures, pins);
  const off = search.get("off");
  const without = useMemo(() => new Set(split(off)), [off]);
  const hidden = useCallback((edge: string) => without.has(graph.getEdgeAttribute(edge, "type_")), [graph, without]);
  const marked = useMemo(
    () => new Set(way.data === undefined || start === null ? [] : way.data.nodes.map((node) => node.id)),
    [way.data, start],
  );
  const failed = [...spread, asked, way, ways].find((each) => each.error !== null);
  const pending = [...spread, ...(question === null ? [] : [asked])].some((each) => each.isPending);
  const nothing = expanded.length === 0 && question === null && (start === null || end === null);
  const expand = (id: string, is: boolean) =>
    change({ from: (is ? [...expanded, id] : expanded.filter((each) => each !== id)).join(",") });
  const move = (id: string) => {
    const { x, y } = graph.getNodeAttributes(id);
    const next = new Map(pins).set(id, [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
    change({ at: [...next].map(([node, [px, py]]) => `${node}~${px}~${py}`).join("!") }, true);
  };
  const picture = async () => {
    const image = await handle.current?.image();
    if (image) saveAs(image, "network.png");
  };
  return (
    <div className="network">
      <RoomHead title={say("title")} about={say("about")} />
      <Tools
        start={start}
        end={end}
        nameOf={(id) => (id !== null && graph.hasNode(id) ? graph.getNodeAttribute(id, "label") : (id ?? ""))}
        add={(id) => expand(id, true)}
        types={[...new Set(graph.mapEdges((_, { type_ }) => type_))]}
        without={without}
        picture={picture}
        whole={() => handle.current?.whole()}
        empty={nothing}
      />
      {failed !== undefined && <Failure error={failed.error} again={failed.refetch} />}
      {nothing ? (
        <Start />
      ) : (
        <div className="network-columns">
          <div className="network-drawing panel">
            {pending && graph.order === 0 ? (
              <Waiting lines={8} />
            ) : (
              <Drawing
                ref={handle}
                graph={graph}
                version={version}
                chosen={chosen}
                marked={marked}
                hidden={hidden}
                label={about("drawing", { nodes: graph.order, links: graph.size })}
                onChoose={setChosen}
                onMove={move}
              />
            )}
            <p className="network-counts small quiet" role="status">
              {busy ? say("busy") : say("counts", { nodes: number(graph.order), links: number(graph.size) })}
              {pictures.some((each) => each?.truncated === true) && ` · ${say("counts.cut")}`}
            </p>
            <Legend graph={graph} version={version} />
          </div>
          <div className="network-side">
            {start !== null && end !== null && (
              <Ways
                rows={ways.data?.items}
                pending={ways.isPending}
                clear={() => change({ start: null, end: null })}
                from={start}
                to={end}
              />
            )}
            <Chosen
              graph={graph}
              id={chosen !== undefined && graph.hasNode(chosen) ? chosen : undefined}
              expanded={expanded}
              expand={expand}
              centre={(id) => handle.current?.centre(id)}
              way={(ends) => change(ends)}
              choose={setChosen}
            />
            <Members graph={graph} version={version} chosen={chosen} choose={setChosen} />
          </div>
        </div>
      )}
    </div>
  );
}
