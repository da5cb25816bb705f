import {
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTexts } from "@/i18n/language";
import { texts } from "@/ui/texts";

export type Column<Row> = {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** What the column is sorted by; without it the column cannot be sorted. */
  value?: (row: Row) => string | number | null;
  number?: boolean;
  width?: string;
};

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Column and direction, such as `-priority`; empty for the order of the rows as they are. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Heading of the group that a row belongs to; rows of a group must stand together. */
  groupOf?: ((row: Row) => string) | undefined;
  groupTitle?: (group: string, count: number) => ReactNode;
};

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
});
const ROW = 41;

/** Rows that scroll with the page, however many they are; on narrow screens each row is a card. */
export function List<Row extends RowData>({
  label,
  columns,
  rows,
  keyOf,
  sort = "",
  onSort,
  groupOf,
  groupTitle,
}: Props<Row>) {
  const say = useTexts(texts);
  const body = useRef<HTMLTableElement>(null);
  const [top, setTop] = useState(0);
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row) => column.value?.(row) ?? "", {
          id: column.id,
          enableSorting: column.value !== undefined,
        }),
      ),
    );
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const sorting = useMemo(
    () => (sort === "" ? [] : [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }]),
    [sort],
  );
  const table = useTable<typeof features, Row>({
    features,
    columns: defined,
    data,
    state: { sorting },
    onSortingChange: () => undefined,
  });
  const sorted = table.getRowModel().rows.map((row) => row.original);
  const lines = useMemo(() => grouped(sorted, groupOf), [sorted, groupOf]);
  useLayoutEffect(() => {
    setTop(body.current?.offsetTop ?? 0);
  }, []);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => ROW,
    overscan: 14,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  const press = (column: Column<Row>) =>
    onSort?.(sort === column.id ? `-${column.id}` : sort === `-${column.id}` ? "" : column.id);
  return (
    <table className="grid-table cards" ref={body} aria-label={label} aria-rowcount={lines.length + 1}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={column.number === true ? "number" : undefined}
              style={column.width === undefined ? undefined : { width: column.width }}
              aria-sort={sort === column.id ? "ascending" : sort === `-${column.id}` ? "descending" : undefined}
            >
              {column.value === undefined || onSort === undefined ? (
                column.title
              ) : (
                <button type="button" title={say("sort.by", { title: column.title })} onClick={() => press(column)}>
                  {column.title}
                  {sort === column.id ? " ↑" : sort === `-${column.id}` ? " ↓" : ""}
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {items.map((item) => {
          const line = lines[item.index] as Line<Row>;
          if (line.row === undefined) {
            return (
              <tr key={`group ${line.group}`} className="group" data-index={item.index} ref={virtual.measureElement}>
                <th colSpan={columns.length} scope="rowgroup">
                  {groupTitle?.(line.group, line.count) ?? line.group}
                </th>
              </tr>
            );
          }
          const row = line.row;
          return (
            <tr key={keyOf(row)} data-index={item.index} aria-rowindex={item.index + 2} ref={virtual.measureElement}>
              {columns.map((column) => (
                <td key={column.id} className={column.number === true ? "number" : undefined} data-title={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </table>
  );
}

type Line<Row> = { group: string; count: number; row: Row | undefined };

function grouped<Row>(rows: readonly Row[], groupOf: ((row: Row) => string) | undefined): Line<Row>[] {
  if (groupOf === undefined) return rows.map((row) => ({ group: "", count: 0, row }));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = groupOf(row);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [row]);
    else held.push(row);
  }
  return [...groups].flatMap(([group, held]) => [
    { group, count: held.length, row: undefined },
    ...held.map((row) => ({ group, count: held.length, row })),
  ]);
}

function Spacer({ height }: { height: number }) {
  return (
    <tr className="spacer">
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
