import type { FetchQueryOptions, QueryClient } from "@tanstack/react-query";
import { areaOf, readyOf, requirementsOf, wordsOf } from "@/api/asked";
import { dayIn } from "@/app/address";
import { roomAt } from "@/app/rooms";
import { statesOf, streetsOf } from "@/model/states";

/** What a room shows first, by the first part of its address. */
const FIRST: Record<string, (day: string | undefined) => unknown[]> = {
  "": (day) => [statesOf(day), requirementsOf(day), wordsOf],
  matrix: (day) => [streetsOf(day), requirementsOf(day), statesOf(day)],
  gaps: (day) => [requirementsOf(day), wordsOf],
};

/**
 * Asks for what the address's room will show, and loads its script, before the page itself is there to ask: on a first
 * visit the answers come while the browser still reads the scripts.
 */
export function askAhead(queries: QueryClient, { pathname, search }: { pathname: string; search: string }): void {
  const day = dayIn(new URLSearchParams(search));
  const ask = (wanted: unknown) => queries.prefetchQuery(wanted as FetchQueryOptions);
  for (const wanted of FIRST[pathname.split("/")[1] ?? ""]?.(day) ?? []) ask(wanted);
  queries.fetchQuery(readyOf).then(
    ({ home }) => {
      if (home !== null) ask(areaOf(home));
    },
    // Whoever shows it asks again and says what is wrong.
    () => undefined,
  );
  roomAt(pathname)
    ?.load()
    .catch(() => undefined);
}
