import { useCallback } from "react";
import { useTexts } from "@/i18n/language";
import { texts } from "@/ui/texts";

export const LEVELS = ["District", "Street", "Community", "Grid"] as const;
export type Level = (typeof LEVELS)[number];

export const isLevel = (text: string | null | undefined): text is Level => LEVELS.some((level) => level === text);

/** The short name of a level of area; other labels name themselves. */
export function useLevelName(): (label: string) => string {
  const say = useTexts(texts);
  return useCallback((label) => (isLevel(label) ? say(`level.${label}`) : label), [say]);
}
