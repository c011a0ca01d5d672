import { describe, expect, it } from "vitest";
import { stepFrom } from "./places";
import { linkAt } from "./share";

describe("the way between chapters", () => {
  const starts = [0, 10_000, 30_000];
  it("goes on to the next, and nowhere after the last", () => {
    expect([0, 9900, 10_000, 29_999, 30_000].map((now) => stepFrom(starts, now, 1))).toEqual([10_000, 10_000, 30_000, null, null]);
  });
  it("goes back to where this one begins, and from its first moments to the one before", () => {
    expect([35_000, 31_000, 12_000, 1000, 0].map((now) => stepFrom(starts, now, -1))).toEqual([30_000, 10_000, 0, 0, 0]);
  });
  it("goes back to nothing where none has begun", () => {
    expect([stepFrom([5000], 1000, -1), stepFrom([5000], 1000, 1)]).toEqual([null, 5000]);
  });
});

describe("a link to this moment", () => {
  it("opens at its second, and from the start without one", () => {
    const page = "https://lectures.example/recordings/7/?t=3&q=heat#notes";
    expect([754.9, 0.4].map((at) => linkAt(page, at))).toEqual([
      "https://lectures.example/recordings/7/?t=754",
      "https://lectures.example/recordings/7/",
    ]);
  });
});
