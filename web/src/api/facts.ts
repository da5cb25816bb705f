import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api, every, type Schemas, told } from "@/api/client";
import { useDay } from "@/app/address";
import { type Language, type Text, useLanguage } from "@/i18n/language";

/** What many rooms know: the district, its requirements, what things are called. */

export function useReady() {
  return useQuery({ queryKey: ["ready"], queryFn: () => told(api.GET("/api/v1/ready")) });
}

export function useHome() {
  const id = useReady().data?.home ?? undefined;
  return useQuery({
    queryKey: ["area", id],
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/areas/{id}", { params: { path: { id: id ?? "" } } })),
  });
}

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

/** All requirements, the most urgent first. */
export function useRequirements() {
  const as_of = useDay();
  return useQuery({
    queryKey: ["requirements", as_of],
    staleTime: 600_000,
    queryFn: async () => {
      const query = { limit: 1000, ...(as_of === undefined ? {} : { as_of }) };
      const found = await every((cursor) =>
        api.GET("/api/v1/requirements", { params: { query: cursor === undefined ? query : { ...query, cursor } } }),
      );
      return found.rows.map(requirement);
    },
  });
}

type Room = "labels" | "relationships" | "properties" | "values" | "ledgers";

function useWordList() {
  return useQuery({
    queryKey: ["words"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/words")),
  });
}

/** What a term of the model is called; the term itself where it has no name. */
export function useWords(): (room: Room, name: string | null | undefined) => string {
  const { language } = useLanguage();
  const { data } = useWordList();
  return useCallback(
    (room, name) => (name === null || name === undefined ? "" : (data?.[room][name]?.[language] ?? name)),
    [data, language],
  );
}

/** What a listed value is called where nothing tells which property holds it; the value itself where it has no name. */
export function useValues(): (value: unknown) => string {
  const { language } = useLanguage();
  const { data } = useWordList();
  const names = useMemo(
    () =>
      new Map(
        Object.entries(data?.values ?? {}).map(([key, text]) => [key.split(".").slice(2).join("."), text[language]]),
      ),
    [data, language],
  );
  return useCallback(
    (value) =>
      Array.isArray(value)
        ? value.map((each) => names.get(String(each)) ?? String(each)).join(language === "zh" ? "、" : ", ")
        : (names.get(String(value)) ?? String(value ?? "—")),
    [names, language],
  );
}

/** The listed values of a property with what they are called. */
export function useChoices(owner: string, property: string): readonly (readonly [string, string])[] {
  const { language } = useLanguage();
  const { data } = useWordList();
  return useMemo(() => {
    const stem = `${owner}.${property}.`;
    return Object.entries(data?.values ?? {}).flatMap(([key, text]) =>
      key.startsWith(stem) ? [[key.slice(stem.length), text[language]] as const] : [],
    );
  }, [data, language, owner, property]);
}

/** A closed value's name, by the label or relationship and the property that hold it. */
export const valueName = (owner: string, property: string, value: string): string => `${owner}.${property}.${value}`;

/** The name of a thing; its id where it has none. */
export const named = (thing: { id: string; name: string | null } | null | undefined): string =>
  thing === null || thing === undefined ? "" : (thing.name ?? thing.id);

export const inLanguage = (text: Text, language: Language): string => text[language];
