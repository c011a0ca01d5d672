import { describe, expect, it } from "vitest";
import { columns, dayOf, type Series, told, top } from "./columns";

const series: Series = {
  category: "STORED",
  limit_s: 36000,
  first_day: "2026-10-30",
  past_s: [3600, 7200, 7200],
  likely_s: [9000, 10800, 14400],
  low_s: [7200, 7200, 7200],
  high_s: [10800, 14400, 21600],
};

describe("the columns of a chart", () => {
  it("go on from today with the forecast, day by day, in hours (R107)", () => {
    const made = columns(series);
    expect(made.days.map(dayOf)).toEqual([
      "Fri 30 Oct 2026",
      "Sat 31 Oct 2026",
      "Sun 1 Nov 2026",
      "Mon 2 Nov 2026",
      "Tue 3 Nov 2026",
    ]);
    expect(made.used).toEqual([1, 2, 2, null, null]);
    expect(made.likely).toEqual([null, null, 2, 3, 4]);
    expect(made.low).toEqual([null, null, 2, 2, 2]);
    expect(made.high).toEqual([null, null, 2, 4, 6]);
    expect(made.limit).toEqual([10, 10, 10, 10, 10]);
    expect(top(made)).toBeCloseTo(10.6);
  });

  it("are as long as each other where there is no forecast, no limit, or nothing at all", () => {
    const none = { ...series, limit_s: null, likely_s: [], low_s: [], high_s: [] };
    for (const said of [none, { ...none, past_s: [] }, { ...none, past_s: [0], likely_s: [0], low_s: [0], high_s: [0] }]) {
      const made = columns(said);
      const lengths = [made.used, made.likely, made.low, made.high, made.limit].map((column) => column.length);
      expect(new Set([...lengths, made.days.length, said.past_s.length]).size).toBe(1);
      expect(top(made)).toBeGreaterThan(0);
    }
  });

  it("tells hours as people read them", () => {
    expect([told(0), told(12.34), told(12345.6)]).toEqual(["0.0", "12.3", "12,346"]);
  });
});
