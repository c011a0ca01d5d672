import { describe, expect, it } from "vitest";
import { again, FRESH, learnSeek, type Memory, rest, steer, type Stream } from "./sync";

const playing: Stream = {
  time: 100,
  rate: 1,
  paused: false,
  seeking: false,
  ended: false,
  readyState: 4,
  duration: 600,
};
const at = (time: number, more: Partial<Stream> = {}): Stream => ({ ...playing, time, ...more });

describe("steering the second picture", () => {
  it("leaves a picture in step alone", () => {
    const { drift, ...doings } = steer(playing, at(100.003), FRESH, 0);
    expect(drift).toBeCloseTo(0.003);
    expect(doings).toEqual({ rate: 1 });
  });

  it("steers on until it is close, not only to the edge of what is left alone", () => {
    expect(steer(playing, at(100.003, { rate: 0.99 }), FRESH, 0).rate).toBeLessThan(1);
    expect(steer(playing, at(100.0005, { rate: 0.99 }), FRESH, 0).rate).toBe(1);
  });

  it("slows a picture that is ahead and hurries one that is behind", () => {
    expect(steer(playing, at(100.1), FRESH, 0).rate).toBeLessThan(1);
    expect(steer(playing, at(99.9), FRESH, 0).rate).toBeGreaterThan(1);
  });

  it("never nudges by more than two fifths", () => {
    for (const drift of [-0.59, -0.3, 0.3, 0.59]) {
      const { rate } = steer(at(100, { rate: 2 }), at(100 + drift), FRESH, 0);
      expect(rate).toBeGreaterThanOrEqual(1.2);
      expect(rate).toBeLessThanOrEqual(2.8);
    }
  });

  it("sets a picture anew as far ahead as a jump costs, never beyond the end", () => {
    const memory: Memory = { restUntil: 0, seekCost: 200 };
    expect(again(at(100, { rate: 2 }), memory)).toBeCloseTo(100.4);
    expect(again(at(599.9), memory)).toBe(600);
  });

  it("jumps when far off, aiming ahead by what a jump costs, then rests", () => {
    const memory: Memory = { restUntil: 0, seekCost: 200 };
    expect(steer(at(100, { rate: 2 }), at(90), memory, 50).seekTo).toBeCloseTo(100.4);
    expect(steer(playing, at(90), rest(memory, 50), 100)).not.toHaveProperty("seekTo");
    expect(steer(playing, at(90), rest(memory, 50), 1000).seekTo).toBeCloseTo(100.2);
  });

  it("waits for a picture that is loading, without jumping", () => {
    expect(steer(playing, at(50, { readyState: 1 }), FRESH, 0)).not.toHaveProperty("seekTo");
    expect(steer(playing, at(50, { seeking: true }), FRESH, 0)).not.toHaveProperty("seekTo");
  });

  it("stops the second while the first is paused, seeking or waiting for bytes", () => {
    for (const still of [{ paused: true }, { seeking: true }, { readyState: 2 }, { ended: true }])
      expect(steer(at(100, still), at(100), FRESH, 0).play).toBe(false);
  });

  it("puts the still picture exactly where the first stands", () => {
    expect(steer(at(100, { paused: true }), at(103, { paused: true }), FRESH, 0)).toMatchObject({ seekTo: 100 });
    expect(steer(at(100, { paused: true }), at(100.01, { paused: true }), FRESH, 0)).not.toHaveProperty("seekTo");
  });

  it("starts the second when the first runs", () => {
    expect(steer(playing, at(100, { paused: true }), FRESH, 0).play).toBe(true);
  });

  it("holds the last picture of a shorter second stream and comes back with the first", () => {
    const short = { duration: 90, ended: true, paused: true };
    expect(steer(playing, at(89.95, short), FRESH, 0)).not.toHaveProperty("play");
    expect(steer(playing, at(89.95, short), FRESH, 0)).not.toHaveProperty("seekTo");
    expect(steer(at(40), at(89.95, short), FRESH, 0)).toMatchObject({ play: true });
    expect(steer(at(40), at(89.95, short), FRESH, 0).seekTo).toBeCloseTo(40.12);
  });

  it("follows the speed of the first", () => {
    expect(steer(at(100, { rate: 3 }), at(100), FRESH, 0).rate).toBe(3);
  });

  it("brings any start within 50 ms in two and a half seconds and keeps it there", () => {
    for (const speed of [0.25, 1, 2, 3])
      for (const share of [-0.55, -0.2, 0.2, 0.55]) {
        let [first, second, rate] = [100, 100 + share * speed, speed];
        let worst = 0;
        for (let tick = 0; tick < 150; tick++) {
          const steering = steer(
            at(first, { rate: speed }),
            at(second, { rate }),
            { restUntil: 1e9, seekCost: 0 },
            tick * 100,
          );
          rate = steering.rate ?? rate;
          first += 0.1 * speed;
          second += 0.1 * rate * 1.0005; // the clocks of two decoders are never quite alike
          if (tick > 25) worst = Math.max(worst, Math.abs(second - first));
        }
        expect(worst).toBeLessThan(0.05);
      }
  });

  it("learns what a jump costs and is not fooled by one odd value", () => {
    expect(learnSeek(FRESH, 300).seekCost).toBe(210);
    expect(learnSeek(FRESH, 60_000).seekCost).toBe(1060);
  });
});
