import { describe, expect, it } from "vitest";
import { columns, top } from "./columns";

describe("the chart of a recording's segments", () => {
  it("has a step for each segment, and a hole where a figure is kept back (R216)", () => {
    const segments = [
      { start_ms: 0, end_ms: 1000, plays: 3, viewers: 7 },
      { start_ms: 1000, end_ms: 2000, plays: null, viewers: null },
      { start_ms: 2000, end_ms: 2500, plays: 1.5, viewers: 5 },
    ];
    expect(columns(segments, "plays")).toEqual([
      [0, 1, 2, 2.5],
      [3, null, 1.5, 1.5],
    ]);
    expect(columns(segments, "viewers")[1]).toEqual([7, null, 5, 5]);
    expect(columns([], "plays")).toEqual([[], []]);
    expect(top([3, null, 1])).toBeCloseTo(3.24);
    expect(top([null])).toBeGreaterThan(0);
  });
});
