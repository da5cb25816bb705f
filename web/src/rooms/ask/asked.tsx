import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { read, type Schemas, save } from "@/api/client";
import { Go, useAddress, useDay } from "@/app/address";
import { useLanguage, useNumber, useTexts } from "@/i18n/language";
import { Form } from "@/rooms/ask/form";
import { asked, type Question } from "@/rooms/ask/model";
import { texts } from "@/rooms/ask/texts";
import { Value } from "@/rooms/ask/value";
import { List } from "@/ui/list";
import { Failure, Nothing, RoomHead, Waiting } from "@/ui/states";
import { Cypher } from "@/ui/things";

type Row = Record<string, unknown> & { _: number };
type Page = { items: Record<string, unknown>[]; next: string | null };

/** One question with its form, its rows, its picture and its Cypher. The answers stand in the address. */
export function Asked({ question }: { question: Question }) {
  const say = useTexts(texts);
  const number = useNumber();
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const as_of = useDay();
  const parameters = asked(question);
  const given: Record<string, string> = {};
  for (const each of parameters) if (search.get(each.name)) given[each.name] = search.get(each.name) ?? "";
  const ready = parameters.every((each) => !each.required || given[each.name] !== undefined);
  const query = { ...given, ...(as_of === undefined ? {} : { as_of }) };
  const found = useInfiniteQuery({
    queryKey: ["ask", question.id, query],
    enabled: ready,
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      read<Page>(`/api/v1/questions/${question.id}`, { ...query, limit: 200, cursor: pageParam || undefined }),
    getNextPageParam: (last: Page) => last.next ?? undefined,
  });
  const definition = useQuery({
    queryKey: ["definition", question.id, {}],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => read<Schemas["Definition"]>(`/api/v1/questions/${question.id}/definition`),
  });
  const rows = useMemo<Row[]>(
    () => (found.data?.pages ?? []).flatMap((page) => page.items).map((row, at) => ({ ...row, _: at })),
    [found.data],
  );
  const columns = useMemo(
    () =>
      question.columns.map((column) => ({
        id: column.name,
        title: column.text[language].replace(/[(（:：;；].*$|[,，]空.*$/, ""),
        number: column.type === "integer" || column.type === "float",
        cell: (row: Row) => <Value of={row[column.name]} type={column.type} />,
        ...(["path", "map", "maps", "entities", "strings"].includes(column.type)
          ? {}
          : { value: (row: Row) => plain(row[column.name]) }),
      })),
    [question, language],
  );
  const [fault, setFault] = useState<unknown>();
  const file = (format: string) => {
    setFault(undefined);
    save(
      `/api/v1/questions/${question.id}?${new URLSearchParams({ ...query, whole: "true", format })}`,
      `${question.id}.${format}`,
    ).catch(setFault);
  };
  return (
    <div className="ask">
      <p className="no-print">
        <Go to="/ask">{say("all")}</Go>
      </p>
      <RoomHead title={question.text[language]} about={say("grain", { grain: question.grain[language] })}>
        {definition.data !== undefined && definition.data.view !== null && (
          <Go
            to="/network"
            query={{ ask: question.id, with: new URLSearchParams(given).toString() }}
            className="button"
          >
            {say("draw")}
          </Go>
        )}
        <button type="button" className="button" disabled={rows.length === 0} onClick={() => file("xlsx")}>
          {say("export")}
        </button>
        <button type="button" className="button plain" disabled={rows.length === 0} onClick={() => file("csv")}>
          {say("csv")}
        </button>
      </RoomHead>
      {parameters.length > 0 && <Form parameters={parameters} given={given} submit={(values) => change(values)} />}
      {!ready && <Nothing title={say("not.asked")} />}
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {fault !== undefined && <Failure error={fault} />}
      {ready && found.isPending && found.error === null && <Waiting lines={8} />}
      {found.data !== undefined && rows.length === 0 && <Nothing title={say("none.title")} />}
      {rows.length > 0 && (
        <>
          <p className="quiet small number" role="status">
            {say(found.hasNextPage ? "rows.more" : "rows", { count: number(rows.length) })}
          </p>
          <div className="panel ask-rows">
            <List
              label={question.text[language]}
              columns={columns}
              rows={rows}
              keyOf={(row) => String(row._)}
              sort={search.get("sort") ?? ""}
              onSort={(sort) => change({ sort }, true)}
            />
          </div>
          {found.hasNextPage && (
            <p>
              <button
                type="button"
                className="button"
                disabled={found.isFetching}
                onClick={() => found.fetchNextPage()}
              >
                {say("more")}
              </button>
            </p>
          )}
        </>
      )}
      <Cypher question={question.id} given={given} />
    </div>
  );
}

const plain = (value: unknown): string | number => {
  if (typeof value === "number") return value;
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name ?? "");
  return value === null || value === undefined ? "" : String(value);
};
