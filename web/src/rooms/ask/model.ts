import type { Text } from "@/i18n/language";

/** A question of the catalogue as the API describes it. */
export type Parameter = {
  name: string;
  type: string;
  required: boolean;
  default: string | number | boolean | null;
  values: string[];
  minimum: number | null;
  maximum: number | null;
  text: Text;
};
export type Column = { name: string; type: string; unit: string; text: Text };
export type Question = {
  id: string;
  area: string;
  text: Text;
  grain: Text;
  parameters: Parameter[];
  columns: Column[];
};

const PAGED = new Set(["limit", "skip", "as_of"]);

/** Parameters that a reader fills in: the day is the page's, and pages are read by cursor. */
export const asked = (question: Question): Parameter[] => question.parameters.filter((each) => !PAGED.has(each.name));

const KINDS = new Set(["string", "integer", "boolean", "date", "datetime", "strings", "search"]);
export const isThing = (parameter: Parameter): boolean => !KINDS.has(parameter.type);
