import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, every } from "@/api/client";
import type { Requirement } from "@/api/facts";
import { useHome, useRequirements } from "@/api/facts";
import { useDay } from "@/app/address";
import { type Coverage, coverage } from "@/model/coverage";

export type Whole = Coverage & { needs: Requirement[]; asOf: string; version: number };

/** The rows of the matrix of a day, as the API gives them. */
export const statesOf = (as_of: string | undefined) => ({
  queryKey: ["states", as_of],
  queryFn: () =>
    every((cursor) => {
      const query = {
        limit: 1000,
        ...(as_of === undefined ? {} : { as_of }),
        ...(cursor === undefined ? {} : { cursor }),
      };
      return api.GET("/api/v1/coverage/states", { params: { query } });
    }),
});

/** The matrix of the day with its requirements, the most urgent first. */
export function useCoverage(day?: string) {
  const chosen = useDay();
  const asOf = day ?? chosen;
  const states = useQuery({ ...statesOf(asOf), placeholderData: (kept) => kept });
  const needs = useRequirements();
  const home = useHome();
  const root = home.data?.entity ?? undefined;
  const made = useMemo(() => {
    if (states.data === undefined || needs.data === undefined) return undefined;
    const order = needs.data.map((need) => need.id);
    return {
      ...coverage(states.data.rows, order, root),
      needs: needs.data,
      asOf: states.data.asOf,
      version: states.data.version,
    };
  }, [states.data, needs.data, root]);
  return {
    data: made,
    error: states.error ?? needs.error ?? home.error,
    pending: made === undefined,
    refreshing: states.isPlaceholderData,
    again: () => {
      states.refetch();
      needs.refetch();
      home.refetch();
    },
  };
}
