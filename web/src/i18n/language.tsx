import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from "react";
import { useAddress } from "@/app/address";

export type Language = "zh" | "en";
export type Text = { readonly zh: string; readonly en: string };
/** Texts of one room by key. A key that lacks a language is no catalogue, so it does not compile. */
export type Catalogue = Readonly<Record<string, Text>>;
export type Values = Readonly<Record<string, string | number>>;

const KEY = "govnet.language";
const Chosen = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "zh",
  choose: () => undefined,
});

const known = (value: string | null): Language | undefined => (value === "zh" || value === "en" ? value : undefined);

/** Chinese first; another choice is kept in the address and in this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [search, change] = useAddress();
  const language = known(search.get("lang")) ?? known(localStorage.getItem(KEY)) ?? "zh";
  useEffect(() => {
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  }, [language]);
  const choose = useCallback(
    (next: Language) => {
      localStorage.setItem(KEY, next);
      change({ lang: next }, true);
    },
    [change],
  );
  const value = useMemo(() => ({ language, choose }), [language, choose]);
  return <Chosen.Provider value={value}>{children}</Chosen.Provider>;
}

export const useLanguage = () => useContext(Chosen);

/** One text with its `{placeholders}` filled in. */
export function fill(text: Text, language: Language, values: Values = {}): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** How a room says things: `say("title", {count: 3})`. */
export function useTexts<C extends Catalogue>(catalogue: C): (key: keyof C & string, values?: Values) => string {
  const { language } = useLanguage();
  return useCallback((key, values) => fill(catalogue[key] as Text, language, values), [catalogue, language]);
}

const written = new Map<Language, (value: number) => string>();

/** Numbers as the language writes them. */
export function useNumber(): (value: number) => string {
  const { language } = useLanguage();
  // A format costs milliseconds to make, and many parts of a room ask for one.
  const kept = written.get(language) ?? new Intl.NumberFormat(language === "en" ? "en" : "zh-CN").format;
  written.set(language, kept);
  return kept;
}
