import { describe, expect, it } from "vitest";
import { type Catalogue, fill } from "@/i18n/language";

const found = import.meta.glob<{ texts: Catalogue }>("../**/texts.ts", { eager: true });
const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });
const han = /[\u4e00-\u9fff]/;
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
/** Texts that are the same in both, or name the other language. */
const FREE = new Set([
  "switch",
  "switch.about",
  "csv",
  "search.example",
  "way.out",
  "way.in",
  "cell.own",
  "why.of",
  "list.title",
  "grain",
]);

describe.each(Object.entries(found))("%s", (path, { texts }) => {
  const entries = Object.entries(texts);
  it("says everything in both languages", () => {
    expect(entries.filter(([, text]) => text.zh.trim() === "" || text.en.trim() === "")).toEqual([]);
  });
  it("fills the same places in both", () => {
    expect(entries.filter(([, text]) => places(text.zh).join() !== places(text.en).join()).map(([key]) => key)).toEqual(
      [],
    );
  });
  it("is Chinese in Chinese and not in English", () => {
    const wrong = entries.filter(
      ([key, text]) => !FREE.has(key) && (!han.test(text.zh) || han.test(text.en.replace(/“[^”]*”|such as .*$/g, ""))),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
  it("holds no text that its folder does not use", () => {
    const folder = path.replace(/texts\.ts$/, "");
    const wide = folder === "../ui/" || folder === "../graph/" || folder === "../app/" || folder === "../reason/";
    const near = Object.entries(sources)
      .filter(([name]) => (wide || name.startsWith(folder)) && !name.endsWith("texts.ts") && !name.endsWith(".test.ts"))
      .map(([, source]) => source)
      .join("\n");
    const stem = (key: string) => key.replace(/[^.]+$/, "");
    const used = (key: string) =>
      near.includes(`"${key}"`) ||
      (stem(key) !== "" && near.includes(`\`${stem(key)}\${`)) ||
      (near.includes(`say(state)`) && ["covered", "uncovered", "unknown"].includes(key));
    expect(entries.map(([key]) => key).filter((key) => !used(key))).toEqual([]);
  });
});

it("fills in values and leaves what has none", () => {
  expect(fill({ zh: "{a} 与 {b}", en: "{a} and {b}" }, "en", { a: 1 })).toBe("1 and {b}");
});
