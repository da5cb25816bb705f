import { api, every, type Schemas, told } from "@/api/client";
import type { Text } from "@/i18n/language";

/** Questions that most rooms ask, apart from any screen, so that they can be asked before there is one. */

export const readyOf = { queryKey: ["ready"], queryFn: () => told(api.GET("/api/v1/ready")) };

export const areaOf = (id: string) => ({
  queryKey: ["area", id],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => told(api.GET("/api/v1/areas/{id}", { params: { path: { id } } })),
});

export type Requirement = {
  id: string;
  name: Text;
  level: string;
  ledger: string;
  minimum: number;
  priority: number;
  evidence: string;
  standard: string;
};

const requirement = (row: Schemas["RequirementsRow"]): Requirement => ({
  id: row.requirement?.id ?? "",
  name: { zh: row.requirement?.name ?? "", en: row.name_en ?? row.requirement?.name ?? "" },
  level: row.level ?? "",
  ledger: row.ledger ?? "",
  minimum: row.minimum ?? 1,
  priority: row.priority ?? 9,
  evidence: row.evidence ?? "",
  standard: row.standard ?? "",
});

/** All requirements of a day, the most urgent first. */
export const requirementsOf = (as_of: string | undefined) => ({
  queryKey: ["requirements", as_of],
  staleTime: 600_000,
  queryFn: async () => {
    const found = await every((query) => api.GET("/api/v1/requirements", { params: { query } }), { as_of });
    return found.rows.map(requirement);
  },
});

export const wordsOf = {
  queryKey: ["words"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => told(api.GET("/api/v1/words")),
};
