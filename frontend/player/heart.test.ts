import { describe, expect, it } from "vitest";
import { Stretches } from "./stretches";

describe("what is watched", () => {
  it("is told in stretches with the reasons at both ends (R213)", () => {
    const gathered = new Stretches();
    gathered.begin(0, 1, 0);
    gathered.begin(250, 1, 250); // a later word of the same
    gathered.end(10_000, "PAUSE", 10_000);
    gathered.begin(10_000, 1, 60_000);
    gathered.end(12_000, "SEEK", 62_000);
    gathered.begin(90_000, 1, 62_500);
    gathered.end(94_000, "SPEED", 66_500);
    gathered.begin(94_000, 2, 66_500);
    gathered.end(100_000, "END", 69_500);
    expect(gathered.take(100_000, 70_000)).toEqual([
      [0, 10_000, 1, "START", "PAUSE"],
      [10_000, 12_000, 1, "RESUME", "SEEK"],
      [90_000, 94_000, 1, "SEEK", "SPEED"],
      [94_000, 100_000, 2, "SPEED", "END"],
    ]);
    expect(gathered.take(100_000, 71_000)).toEqual([]);
  });

  it("goes on after it was told, without a hole", () => {
    const gathered = new Stretches();
    gathered.begin(5000, 1.5, 0);
    expect(gathered.take(35_000, 20_000)).toEqual([[5000, 35_000, 1.5, "START", "GOES_ON"]]);
    gathered.end(50_000, "CLOSE", 30_000);
    expect(gathered.take(50_000, 30_000)).toEqual([[35_000, 50_000, 1.5, "GO_ON", "CLOSE"]]);
  });

  it("begins with a start, also where somebody jumps before they play", () => {
    const gathered = new Stretches();
    gathered.end(0, "SEEK", 0);
    gathered.begin(60_000, 1, 1000);
    gathered.end(61_000, "PAUSE", 2000);
    gathered.end(61_000, "SEEK", 3000); // while it is paused
    gathered.begin(80_000, 1, 4000);
    gathered.end(81_000, "PAUSE", 5000);
    const told = gathered.take(0, 0);
    expect(told.map((each) => each[3])).toEqual(["START", "SEEK"]);
  });

  it("leaves out what cannot have been played, and what is too short to be told", () => {
    const gathered = new Stretches();
    gathered.begin(0, 1, 0);
    gathered.end(60_000, "PAUSE", 2000); // a jump that nobody told of
    gathered.begin(60_000, 1, 3000);
    gathered.end(60_050, "PAUSE", 3050);
    gathered.begin(50_000, 1, 4000);
    gathered.end(40_000, "PAUSE", 14_000);
    expect(gathered.take(0, 15_000)).toEqual([]);
  });
});
