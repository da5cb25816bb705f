import { expect, it } from "vitest";
import { daysFrom, mondayBefore } from "@/app/address";

it("counts days over the ends of months and years", () => {
  expect(daysFrom("2026-01-01", -1)).toBe("2025-12-31");
  expect(daysFrom("2028-02-28", 1)).toBe("2028-02-29");
});

it("finds the Monday before, on a Monday the one a week before", () => {
  expect(mondayBefore("2026-11-27")).toBe("2026-11-23");
  expect(mondayBefore("2026-11-23")).toBe("2026-11-16");
  expect(mondayBefore("2026-11-22")).toBe("2026-11-16");
});
