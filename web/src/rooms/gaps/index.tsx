import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { areaOf } from "@/api/asked";
import { api, every, type Schemas, save } from "@/api/client";
import { named, useRequirements, useWords } from "@/api/facts";
import { useAddress, useDay } from "@/app/address";
import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import { Drawer } from "@/reason/drawer";
import { Reason } from "@/reason/reason";
import { Filters } from "@/rooms/gaps/filters";
import "@/rooms/gaps/gaps.css";
import { texts } from "@/rooms/gaps/texts";
import { type Column, List } from "@/ui/list";
import { StateWord } from "@/ui/marks";
import { Failure, Nothing, RoomHead, Waiting } from "@/ui/states";
import { Cypher, Thing } from "@/ui/things";

type Row = Schemas["CoverageGapsRow"];
const MOST = 5000;
const FILTERS = ["state", "area", "requirement", "ledger"] as const;

/** The working list: what is missing or unknown, why, what would close it. Every filter stands in the address. */
export default function Gaps() {
  const say = useTexts(texts);
  const number = useNumber();
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const as_of = useDay();
  const needs = useRequirements();
  const given: Record<string, string> = {};
  for (const name of FILTERS) if (search.get(name)) given[name] = search.get(name) ?? "";
  if (as_of !== undefined) given.as_of = as_of;
  const found = useQuery({
    queryKey: ["gaps", given],
    placeholderData: (kept) => kept,
    queryFn: () =>
      every((page) => api.GET("/api/v1/coverage/gaps", { params: { query: { ...given, ...page } } }), { most: MOST }),
  });
  const names = useMemo(
    () => new Map(needs.data?.map((need) => [need.id, need.name[language]])),
    [needs.data, language],
  );
  const nameOf = useCallback((row: Row) => names.get(row.requirement?.id ?? "") ?? named(row.requirement), [names]);
  const text = (search.get("q") ?? "").trim();
  // As the question's own parameter q, which exports follow; here it answers with every key.
  const rows = useMemo(() => {
    const sought = text.toLowerCase();
    const named = new Set(
      needs.data?.flatMap((need) =>
        Object.values(need.name).some((name) => name.toLowerCase().includes(sought)) ? [need.id] : [],
      ),
    );
    return (found.data?.rows ?? []).filter(
      (row) =>
        text === "" ||
        [row.area, row.community, row.street].some(
          (place) => place?.name?.toLowerCase().includes(sought) || place?.id === text,
        ) ||
        named.has(row.requirement?.id ?? ""),
    );
  }, [found.data, text, needs.data]);
  const columns = useColumns(nameOf);
  const group = search.get("group");
  const groupOf = useMemo(
    () => (group === "street" ? (row: Row) => named(row.street) : group === "requirement" ? nameOf : undefined),
    [group, nameOf],
  );
  const [area = "", need = ""] = (search.get("cell") ?? "").split("~");
  const listed = found.data?.rows.find((row) => row.area?.id === area && row.requirement?.id === need);
  // What is no gap any more is in no row; its name is asked for.
  const other = useQuery({ ...areaOf(area), enabled: area !== "" && found.data !== undefined && listed === undefined });
  const opened = named(listed?.area ?? other.data?.entity) || area;
  const [fault, setFault] = useState<unknown>();
  const file = (format: string) => {
    setFault(undefined);
    const query = new URLSearchParams({ ...given, ...(text === "" ? {} : { q: text }), whole: "true", format });
    save(`/api/v1/coverage/gaps?${query}`, `gaps-${found.data?.asOf ?? ""}.${format}`, language).catch(setFault);
  };
  const all = found.data?.rows.length ?? 0;
  const error = found.error ?? needs.error;
  return (
    <div className="gaps">
      <RoomHead title={say("title")} about={say("about")}>
        <button type="button" className="button" disabled={rows.length === 0} onClick={() => file("xlsx")}>
          {say("export")}
        </button>
        <button type="button" className="button" disabled={rows.length === 0} onClick={() => file("docx")}>
          {say("word")}
        </button>
        <button type="button" className="button plain" disabled={rows.length === 0} onClick={() => file("csv")}>
          {say("csv")}
        </button>
      </RoomHead>
      <Filters
        shown={say(rows.length === all ? "count" : "count.of", { count: number(rows.length), all: number(all) })}
        clear={() =>
          change({ state: null, area: null, requirement: null, ledger: null, q: null, group: null, sort: null })
        }
      />
      {error !== null && <Failure error={error} again={found.refetch} />}
      {fault !== undefined && <Failure error={fault} />}
      {found.isPending && error === null && <Waiting lines={10} />}
      {found.data?.more === true && <p className="notice">{say("more.rows", { count: number(all) })}</p>}
      {found.data !== undefined && rows.length === 0 && (
        <Nothing title={say("none.title")}>
          {Object.keys(given).length === 0 && text === "" && <p>{say("none.all")}</p>}
        </Nothing>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <List
            label={say("title")}
            columns={columns}
            rows={rows}
            keyOf={(row) => `${row.area?.id} ${row.requirement?.id}`}
            sort={search.get("sort") ?? ""}
            onSort={(sort) => change({ sort }, true)}
            groupOf={groupOf}
            groupTitle={(name, count) => (
              <>
                {name} <span className="quiet small">{say("count", { count: number(count) })}</span>
              </>
            )}
          />
        </div>
      )}
      <Cypher
        question="coverage-gaps"
        given={{
          ...Object.fromEntries(Object.entries(given).filter(([name]) => name !== "as_of")),
          ...(text === "" ? {} : { q: text }),
        }}
      />
      {area !== "" && need !== "" && (
        <Drawer
          subject={search.get("cell") ?? ""}
          title={opened}
          about={names.get(need) ?? need}
          close={() => change({ cell: null })}
        >
          <Reason area={area} name={opened} need={need} />
        </Drawer>
      )}
    </div>
  );
}

function useColumns(nameOf: (row: Row) => string): Column<Row>[] {
  const say = useTexts(texts);
  const word = useWords();
  return useMemo(
    (): Column<Row>[] => [
      {
        id: "state",
        title: say("state"),
        width: "84px",
        value: (row) => row.state,
        cell: (row) => <StateWord state={row.state ?? "unknown"} />,
      },
      { id: "area", title: say("area"), value: (row) => row.area?.id ?? "", cell: (row) => <Thing of={row.area} /> },
      {
        id: "place",
        title: say("place"),
        value: (row) => row.street?.id ?? "",
        cell: (row) => (
          <span className="quiet">
            {[row.level === "Grid" ? row.community : null, row.level === "Street" ? null : row.street]
              .filter((place) => place !== null)
              .map(named)
              .join(" · ")}
          </span>
        ),
      },
      { id: "requirement", title: say("requirement"), value: nameOf, cell: nameOf },
      {
        id: "have",
        title: say("have"),
        number: true,
        width: "96px",
        value: (row) => (row.have ?? 0) - (row.minimum ?? 1),
        cell: (row) => `${row.have ?? 0} / ${row.minimum ?? 1}`,
      },
      {
        id: "close",
        title: say("close"),
        value: (row) => `${row.state} ${row.ledger}`,
        cell: (row) =>
          row.state === "unknown"
            ? say("close.unknown", { ledger: word("ledgers", row.ledger) })
            : say("close.gap", { missing: Math.max((row.minimum ?? 1) - (row.have ?? 0), 1) }),
      },
      {
        id: "priority",
        title: say("priority"),
        number: true,
        width: "76px",
        value: (row) => row.priority,
        cell: (row) => row.priority,
      },
      { id: "why", title: "", width: "64px", cell: (row) => <Why row={row} name={nameOf(row)} /> },
    ],
    [say, word, nameOf],
  );
}

function Why({ row, name }: { row: Row; name: string }) {
  const say = useTexts(texts);
  const [, change] = useAddress();
  return (
    <button
      type="button"
      className="button plain"
      onClick={() => change({ cell: `${row.area?.id}~${row.requirement?.id}` })}
    >
      {say("why")}
      <span className="unseen">{say("why.of", { area: named(row.area), need: name })}</span>
    </button>
  );
}
