import { expect, it } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });
/** Folders from the top down; imports point only downward, and no room knows another. */
const ORDER = ["main", "rooms", "app", "reason", "graph", "ui", "model", "api", "i18n"];
/** The frame's addresses and links are for everybody; they know nothing of rooms. */
const SHARED = new Set(["app/address"]);

it("imports only downward, and keeps rooms apart", () => {
  const wrong: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const here = path.replace("../", "").split("/");
    for (const [, found = ""] of source.matchAll(/from "@\/([^"]+)"|import\("@\/[^"]+"\)/g)) {
      const there = found.split("/");
      if (found === "" || SHARED.has(found)) continue;
      const up = ORDER.indexOf(there[0] ?? "") < ORDER.indexOf(here[0]?.replace(/\.tsx?$/, "") ?? "");
      const nextDoor = here[0] === "rooms" && there[0] === "rooms" && here[1] !== there[1];
      if (up || nextDoor) wrong.push(`${path}: ${found}`);
    }
  }
  expect(wrong).toEqual([]);
});
