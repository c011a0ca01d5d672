import { describe, expect, it } from "vitest";
import { daysOf, sentence } from "./series";

const words = { one: "1 recording, on {first}.", many: "{count} recordings, from {first} to {last}." };
const told = (first: string, until: string, ...weekdays: number[]) => sentence(daysOf(first, until, weekdays), words);

describe("a series, before it is scheduled", () => {
  it("is counted on the weekday of its first day, up to and with the last", () => {
    expect(told("2026-11-30", "2026-12-20")).toBe("3 recordings, from Mon 30 Nov 2026 to Mon 14 Dec 2026.");
    expect(told("2026-11-30", "2026-12-21")).toBe("4 recordings, from Mon 30 Nov 2026 to Mon 21 Dec 2026.");
    expect(told("2026-09-01", "2026-09-02")).toBe("1 recording, on Tue 1 Sep 2026.");
  });

  it("is counted on the weekdays that were chosen, of which the first day need be none", () => {
    expect(told("2026-11-30", "2026-12-06", 1, 3)).toBe("2 recordings, from Tue 1 Dec 2026 to Thu 3 Dec 2026.");
  });

  it("goes over the nights in which the clock is changed", () => {
    expect(daysOf("2026-10-19", "2026-11-02", []).length).toBe(3);
    expect(daysOf("2027-03-22", "2027-04-05", []).length).toBe(3);
  });

  it("says nothing where a day is missing, is none, comes too early, or is more than a year off", () => {
    for (const [first, until] of [["", "2026-12-20"], ["2026-11-30", ""], ["2026-11-30", "soon"]]) {
      expect(told(first!, until!)).toBe("");
    }
    expect(told("2026-11-30", "2026-11-29")).toBe("");
    expect(told("2026-11-30", "2028-11-30")).toBe("");
  });
});
