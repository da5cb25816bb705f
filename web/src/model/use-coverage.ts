import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Problem } from "@/api/client";
import type { Requirement } from "@/api/facts";
import { useHome, useRequirements } from "@/api/facts";
import { useDay } from "@/app/address";
import { type Coverage, coverage } from "@/model/coverage";
import { type Read, readPieces } from "@/model/pieces";
import { statesOf, streetsOf } from "@/model/states";

export type Whole = Coverage & { needs: Requirement[]; asOf: string; version: number };

/** What is there of a matrix that is not whole yet. */
export type Part = {
  streets: number;
  of: number;
  /** Streets that could not be read, why, and a way to ask for them again. */
  failed: number;
  error: unknown;
  again: () => void;
  /** Whether the whole is still on its way; otherwise it could not be had at once and is read street by street. */
  coming: boolean;
};

/** A district of so many communities, some 5,000 grids, takes longer to be judged than a reader likes to wait. */
const LARGE = 1000;
/** So many streets of such a district fill a screen. */
const FIRST = 3;

/**
 * The matrix of the day with its requirements, the most urgent first. With `early` a large district's first streets are
 * there before the whole is; where the server cannot judge the whole at once, all streets are read one by one.
 */
export function useCoverage(day?: string, early?: { scope: string | undefined }) {
  const chosen = useDay();
  const asOf = day ?? chosen;
  const states = useQuery({ ...statesOf(asOf), placeholderData: (kept) => kept });
  const needs = useRequirements();
  const home = useHome();
  const root = home.data?.entity ?? undefined;
  const refused = states.error instanceof Problem && states.error.status >= 500;
  const open = early !== undefined && states.data === undefined && (states.isPending || refused);
  const streets = useStreets(asOf, open, refused, early?.scope);
  const rows = states.data ?? (open ? streets.read : undefined);
  const made = useMemo(() => {
    if (rows === undefined || needs.data === undefined) return undefined;
    const order = needs.data.map((need) => need.id);
    return { ...coverage(rows.rows, order, root), needs: needs.data, asOf: rows.asOf, version: rows.version };
  }, [rows, needs.data, root]);
  const part: Part | undefined =
    states.data !== undefined || made === undefined || streets.read === undefined
      ? undefined
      : {
          streets: streets.read.done,
          of: streets.of,
          failed: refused ? streets.read.failed.length : 0,
          error: streets.read.error,
          again: streets.again,
          coming: !refused,
        };
  return {
    data: made,
    part,
    error: (streets.reading ? null : states.error) ?? needs.error ?? home.error,
    pending: made === undefined,
    refreshing: states.isPlaceholderData,
    again: () => {
      states.refetch();
      needs.refetch();
      home.refetch();
    },
  };
}

/** The first streets of a large district, or all of them; nothing of a small one. */
function useStreets(asOf: string | undefined, open: boolean, all: boolean, scope: string | undefined) {
  const queries = useQueryClient();
  const found = useQuery({ ...streetsOf(asOf), enabled: open, staleTime: 600_000 });
  const streets = found.data;
  const [held, setHeld] = useState<{ of: string | undefined; read: Read }>();
  const [round, setRound] = useState(0);
  const large = streets !== undefined && streets.reduce((sum, street) => sum + street.parts, 0) >= LARGE;
  const ids = useMemo(() => {
    const every = streets?.map((street) => street.id) ?? [];
    // An area's code begins with that of its street.
    const first = every.filter((id) => scope?.startsWith(id));
    const ordered = [...first, ...every.filter((id) => !first.includes(id))];
    return all ? ordered : ordered.slice(0, FIRST);
  }, [streets, scope, all]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again for what failed; what is kept is not asked for
  useEffect(() => {
    if (!open || !large) return;
    const ask = (id: string, fresh: boolean) =>
      queries.fetchQuery({ ...statesOf(asOf, id), staleTime: fresh ? 0 : 600_000 });
    return readPieces(ids, { ask, told: (read) => setHeld({ of: asOf, read }) });
  }, [open, large, ids, asOf, queries, round]);
  const read = held !== undefined && held.of === asOf && held.read.done > 0 ? held.read : undefined;
  const ended =
    held !== undefined && held.of === asOf && held.read.done === 0 && held.read.failed.length === ids.length;
  return {
    read,
    of: streets?.length ?? 0,
    reading: open && (found.isFetching || (large && !ended)),
    again: () => setRound((now) => now + 1),
  };
}
