import { describe, expect, it } from "vitest";
import { ahead, type Frame, Lateness } from "./frames";

const shown = (at: number, time: number): Frame => ({ at, time });

describe("what the pictures show", () => {
  it("tells how far one picture is ahead of the other at one instant", () => {
    expect(ahead(shown(1000, 5), shown(1000, 5), 1)).toBe(0);
    expect(ahead(shown(1000, 5), shown(1033, 5.033), 1)).toBeCloseTo(0);
    expect(ahead(shown(1000, 5), shown(1000, 4.933), 1)).toBeCloseTo(-0.067);
    expect(ahead(shown(1000, 5), shown(1016, 5.032), 2)).toBeCloseTo(0);
  });

  it("does not compare frames that were first shown far apart: slides stand still for a second", () => {
    expect(ahead(shown(1000, 5), shown(1100, 5), 1)).toBeNull();
  });

  function pairs(lateness: Lateness, count: number, late: number, now = 0): boolean[] {
    return Array.from({ length: count }, (_, index) => {
      const at = 1000 + index * 33;
      lateness.sawFirst(shown(at, at / 1000));
      return lateness.sawSecond(shown(at, at / 1000 - late), 1, now + index * 33);
    });
  }

  it("asks for a jump when ten pairs in a row are two frames apart", () => {
    expect(pairs(new Lateness(), 10, 0.067)).toEqual([...Array(9).fill(false), true]);
  });

  it("lets a single late frame pass, and one frame of difference for ever", () => {
    const lateness = new Lateness();
    expect(pairs(lateness, 9, 0.067)).not.toContain(true);
    expect(pairs(lateness, 1, 0.033)).toEqual([false]);
    expect(pairs(lateness, 9, 0.067)).not.toContain(true);
    expect(pairs(new Lateness(), 200, 0.034)).not.toContain(true);
  });

  it("waits longer after each jump: a starved machine is not cured by jumping", () => {
    const lateness = new Lateness();
    const jumps = [0, 4000, 5500, 10_000, 16_000].map((now) => {
      lateness.forget();
      return pairs(lateness, 10, 0.067, now).includes(true);
    });
    expect(jumps).toEqual([true, false, true, false, true]);
  });

  it("starts again after a jump", () => {
    const lateness = new Lateness();
    pairs(lateness, 9, 0.067);
    lateness.forget();
    expect(pairs(lateness, 9, 0.067)).not.toContain(true);
  });
});
