import { expect, it } from "vitest";
import { type Piece, type Read, readPieces } from "@/model/pieces";

const piece = (id: string, version: number): Piece => ({
  rows: [{ level: id, requirements: [], areas: [] }],
  more: false,
  asOf: "2026-06-01",
  version,
});

/** Reads to the end; every telling in turn, and how often each piece was asked for. */
async function read(ids: string[], answer: (id: string, time: number) => Piece, atOnce = 2) {
  const times = new Map<string, number>();
  const tellings: Read[] = [];
  let most = 0;
  let now = 0;
  await new Promise<void>((done) => {
    readPieces(ids, {
      atOnce,
      pause: 1,
      ask: async (id) => {
        most = Math.max(most, ++now);
        await new Promise((next) => setTimeout(next, 2));
        now -= 1;
        const time = (times.get(id) ?? 0) + 1;
        times.set(id, time);
        return answer(id, time);
      },
      told: (found) => {
        tellings.push(found);
        if (found.done + found.failed.length === ids.length) setTimeout(done, 10);
      },
    });
  });
  return { last: tellings.at(-1) as Read, tellings, times, most };
}

it("tells of the first piece at once and of all in the end, a few at a time", async () => {
  const { last, tellings, most } = await read(["a", "b", "c", "d", "e"], (id) => piece(id, 1));
  expect(tellings[0]?.done).toBe(1);
  expect(last.rows.map((row) => row.level).sort()).toEqual(["a", "b", "c", "d", "e"]);
  expect(last).toMatchObject({ done: 5, failed: [], asOf: "2026-06-01", version: 1 });
  expect(most).toBe(2);
});

it("keeps what came where a piece fails, and says which", async () => {
  const { last } = await read(["a", "b", "c"], (id) => {
    if (id === "b") throw new Error("no");
    return piece(id, 1);
  });
  expect(last.failed).toEqual(["b"]);
  expect(last.done).toBe(2);
  expect(last.error).toBeInstanceOf(Error);
});

it("mixes no data versions: what came before the data moved is read again", async () => {
  const { last, times } = await read(["a", "b", "c"], (id, time) => piece(id, id === "c" || time > 1 ? 2 : 1), 1);
  expect(last.done).toBe(3);
  expect(last.version).toBe(2);
  expect(Object.fromEntries(times)).toEqual({ a: 2, b: 2, c: 1 });
});

it("tells nothing once it is ended", async () => {
  const tellings: Read[] = [];
  const end = readPieces(["a"], { ask: async (id) => piece(id, 1), told: (found) => tellings.push(found) });
  end();
  await new Promise((next) => setTimeout(next, 5));
  expect(tellings).toEqual([]);
});
