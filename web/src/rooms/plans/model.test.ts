import { afterEach, expect, it, vi } from "vitest";
import { follow, type Job, pairOf, type Result } from "@/rooms/plans/model";

const job = (state: Job["state"], more: Partial<Job> = {}): Job => ({
  id: "j",
  kind: "solve:repair",
  state,
  author: "local",
  created: "2026-06-01T00:00:00Z",
  progress: null,
  result: null,
  problem: null,
  resumable: false,
  ...more,
});
const answers = (...jobs: Job[]) => {
  const left = [...jobs];
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(left.shift())));
  vi.stubGlobal("sessionStorage", { getItem: () => null });
};
// The client reads the window's address when it is loaded.
vi.hoisted(() => vi.stubGlobal("window", { location: { origin: "http://localhost" } }));
afterEach(() => vi.unstubAllGlobals());

it("gives what came at once as it is", async () => {
  const result = { kind: "repair", seal: "s" } as unknown as Result;
  expect(await follow(Promise.resolve(result), () => undefined)).toBe(result);
});

it("follows a job to its end and tells of each state on the way", async () => {
  const progress = { what: "repair", done: 0.5, total: 1, best: 3, bound: 2, gap: 0.5 };
  answers(job("running", { progress }), job("done", { result: { plan: "p" } }));
  const seen: (number | undefined)[] = [];
  const found = await follow<Result>(Promise.resolve(job("queued")), (each) => seen.push(each.progress?.done));
  expect(found?.plan).toBe("p");
  expect(seen).toEqual([undefined, 0.5, undefined]);
});

it("gives nothing for a job that was stopped, whose best stands in the job", async () => {
  answers(job("cancelled", { result: { text: { zh: ["二"], en: ["two"] } }, resumable: true }));
  let last: Job | undefined;
  const found = await follow<Result>(Promise.resolve(job("running")), (each) => {
    last = each;
  });
  expect(found).toBeUndefined();
  expect(last?.resumable).toBe(true);
});

it("throws what a failed job tells", async () => {
  answers(job("failed", { problem: { code: "no-candidates", detail: "none", hint: null } }));
  const lost = follow<Result>(Promise.resolve(job("running")), () => undefined);
  await expect(lost).rejects.toMatchObject({ code: "no-candidates", message: "none" });
});

it("names a pair as locks and edits do", () => {
  expect(pairOf({ unit: "unit-a", area: "2109" })).toBe("unit-a>2109");
});
