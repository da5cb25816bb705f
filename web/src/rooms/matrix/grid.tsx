import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Go } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { counts } from "@/model/coverage";
import type { Whole } from "@/model/use-coverage";
import { Cell, SumCell } from "@/rooms/matrix/cell";
import type { Row } from "@/rooms/matrix/rows";
import { texts } from "@/rooms/matrix/texts";

const HEIGHT = 32;

type Props = {
  whole: Whole;
  rows: Row[];
  columns: number[];
  open: ReadonlySet<string>;
  tree: boolean;
  marked: string | undefined;
  sort: string;
  fold: (id: string, open: boolean) => void;
  sortBy: (by: string) => void;
  choose: (area: string, need: string) => void;
};

/** The rows that are in sight, as a grid that is walked by arrow keys. */
export function Matrix({ whole, rows, columns, open, tree, marked, sort, fold, sortBy, choose }: Props) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const moving = useRef(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
  });
  const row = Math.min(at.row, rows.length - 1);
  useEffect(() => {
    if (!moving.current) return;
    moving.current = false;
    virtual.scrollToIndex(row);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-at="${row}-${at.column}"]`)?.focus());
  }, [row, at.column, virtual]);
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 300) / HEIGHT) - 2);
    const here = rows[row];
    const foldable = tree && at.column === 0 && here !== undefined && here.area.children.length > 0;
    const isOpen = here !== undefined && open.has(here.area.id);
    if (foldable && ((event.key === "ArrowRight" && !isOpen) || (event.key === "ArrowLeft" && isOpen))) {
      event.preventDefault();
      fold(here.area.id, !isOpen);
      return;
    }
    const steps: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: event.ctrlKey ? [-rows.length, 0] : [0, -columns.length - 1],
      End: event.ctrlKey ? [rows.length, 0] : [0, columns.length + 1],
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moving.current = true;
    const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
    setAt({ row: clamp(row + step[0], rows.length - 1), column: clamp(at.column + step[1], columns.length + 1) });
  };
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const order = (by: string) => (sort === by ? (by === "code" ? "ascending" : "descending") : "none");
  return (
    <div className="matrix panel" ref={frame}>
      <table
        role={tree ? "treegrid" : "grid"}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 2}
        aria-label={say("title")}
        style={{ "--needs": columns.length } as CSSProperties}
        onKeyDown={press}
      >
        <thead>
          <tr>
            <th scope="col" className="name" aria-sort={order("code")}>
              <button type="button" onClick={() => sortBy("code")}>
                {say("area")}
              </button>
              <span className="unseen">{say("keys")}</span>
            </th>
            <th scope="col" className="total" aria-sort={order("sum")}>
              <button type="button" onClick={() => sortBy("sum")} title={say("sort.sum")}>
                {say("sum")}
                {sort === "sum" && " ↓"}
              </button>
            </th>
            {columns.map((need) => {
              const rule = whole.needs[need];
              if (rule === undefined) return null;
              return (
                <th
                  key={rule.id}
                  scope="col"
                  aria-sort={order(rule.id)}
                  className={`need ${rule.id === marked ? "marked" : ""} ${rule.level}`}
                >
                  <button
                    type="button"
                    onClick={() => sortBy(rule.id)}
                    title={`${rule.name[language]} · ${say("sort.sum")}`}
                  >
                    <span lang={language === "en" ? "en" : "zh-CN"}>
                      {rule.name[language]}
                      {sort === rule.id && " ↓"}
                    </span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const line = rows[item.index] as Row;
            const { area } = line;
            const foldable = tree && area.children.length > 0;
            const isOpen = open.has(area.id);
            const tab = (column: number) => (item.index === row && column === at.column ? 0 : -1);
            const spot = (column: number) => ({
              "data-at": `${item.index}-${column}`,
              tabIndex: tab(column),
              onFocus: () => setAt({ row: item.index, column }),
            });
            return (
              <tr
                key={`${area.id}${line.heading ? " heading" : ""}`}
                aria-rowindex={item.index + 2}
                aria-level={tree ? line.depth + 1 : undefined}
                aria-expanded={foldable ? isOpen : undefined}
                className={line.heading ? "heading" : area.label}
              >
                <th scope="row" className={`name depth-${line.depth}`}>
                  {foldable ? (
                    <button
                      type="button"
                      {...spot(0)}
                      className="fold"
                      aria-label={`${say(isOpen ? "fold" : "expand")} ${area.name}`}
                      onClick={() => fold(area.id, !isOpen)}
                    >
                      {isOpen ? "▾" : "▸"}
                    </button>
                  ) : (
                    <span className="fold" />
                  )}
                  <Go to={`/entities/${area.id}`} {...(foldable ? { tabIndex: -1 } : spot(0))}>
                    {area.name}
                  </Go>
                </th>
                <SumCell found={counts(area)} spot={spot(1)} area={area.name} />
                {columns.map((need, column) => (
                  <Cell
                    key={whole.requirements[need]}
                    area={area}
                    need={need}
                    name={whole.needs[need]?.name[language] ?? ""}
                    marked={whole.requirements[need] === marked}
                    spot={spot(column + 2)}
                    choose={() => choose(area.id, whole.requirements[need] ?? "")}
                  />
                ))}
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tr className="spacer">
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
