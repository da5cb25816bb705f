import { type ComponentProps, useCallback } from "react";
import { Link, useSearchParams } from "wouter";

/** What a link carries on to every room: the language and the day. */
const KEPT = ["lang", "as_of"];

export type Query = Record<string, string | number | null | undefined>;

/** The address's query, and a way to change some of it; a null takes a part away. */
export function useAddress(): [URLSearchParams, (changes: Query, replace?: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (changes: Query, replace = false) => {
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === undefined || value === "") next.delete(name);
            else next.set(name, String(value));
          }
          return next;
        },
        { replace },
      );
    },
    [setSearch],
  );
  return [search, change];
}

/** Makes addresses of other rooms that keep the language and the day. */
export function useHref(): (path: string, query?: Query) => string {
  const [search] = useSearchParams();
  const kept = KEPT.map((name) => `${name}=${search.get(name) ?? ""}`).join("&");
  return useCallback(
    (path, query = {}) => {
      const next = new URLSearchParams();
      for (const part of kept.split("&")) {
        const [name = "", value = ""] = part.split("=");
        if (value !== "") next.set(name, value);
      }
      for (const [name, value] of Object.entries(query)) {
        if (value !== null && value !== undefined && value !== "") next.set(name, String(value));
      }
      const text = next.toString();
      return text === "" ? path : `${path}?${text}`;
    },
    [kept],
  );
}

type GoProps = Omit<ComponentProps<"a">, "href"> & { to: string; query?: Query };

/** A link to another room. */
export function Go({ to, query, ...rest }: GoProps) {
  const href = useHref();
  return <Link href={href(to, query)} {...rest} />;
}

/** The day that an address's query names; undefined for today. */
export function dayIn(search: URLSearchParams): string | undefined {
  const day = search.get("as_of") ?? "";
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined;
}

/** The day that the whole page is about; undefined for today. */
export const useDay = (): string | undefined => dayIn(useSearchParams()[0]);

const iso = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

/** Today in the district, as the server has it, wherever the reader is. */
export const today = (): string => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

/** A day some days later or, with a negative number, earlier. */
export function daysFrom(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00`);
  date.setDate(date.getDate() + days);
  return iso(date);
}

/** The Monday before a day; on a Monday the one a week before. */
export function mondayBefore(day: string): string {
  const weekday = (new Date(`${day}T12:00:00`).getDay() + 6) % 7;
  return daysFrom(day, -(weekday === 0 ? 7 : weekday));
}
