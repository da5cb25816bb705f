import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { areaOf, readyOf, requirementsOf, wordsOf } from "@/api/asked";
import { useDay } from "@/app/address";
import { type Language, type Text, useLanguage } from "@/i18n/language";

/** What many rooms know: the district, its requirements, what things are called. */

export type { Requirement } from "@/api/asked";

export const useReady = () => useQuery(readyOf);

export function useHome() {
  const id = useReady().data?.home ?? undefined;
  return useQuery({ ...areaOf(id ?? ""), enabled: id !== undefined });
}

/** All requirements, the most urgent first. */
export const useRequirements = () => useQuery(requirementsOf(useDay()));

type Room = "labels" | "relationships" | "properties" | "values" | "ledgers" | "terms";

function useWordList() {
  return useQuery(wordsOf);
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
