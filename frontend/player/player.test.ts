import { describe, expect, it } from "vitest";
import { clockTime, roughly } from "../island/time";
import { belongsToControl, commandFor, speedAfter } from "./keys";
import { FIRST_LAYOUT, format, next, parse, showsBoth, swap, wantedAt } from "./layout";
import { isDue, kept, NOTHING_TOLD, resumeAt } from "./position";
import { capFor, choices, levelFor } from "./quality";

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe("the keyboard", () => {
  it("is YouTube's", () => {
    expect(commandFor(press(" "))).toEqual({ do: "toggle" });
    expect(commandFor(press("K"))).toEqual({ do: "toggle" });
    expect(commandFor(press("j"))).toEqual({ do: "seekBy", by: -10 });
    expect(commandFor(press("ArrowRight"))).toEqual({ do: "seekBy", by: 5 });
    expect(commandFor(press("7"))).toEqual({ do: "seekToShare", by: 0.7 });
    expect(commandFor(press(">"))).toEqual({ do: "speedBy", by: 1 });
    expect(commandFor(press("?"))).toEqual({ do: "help" });
  });

  it("tells l from Shift+L, with Caps Lock too", () => {
    expect(commandFor(press("l"))).toEqual({ do: "seekBy", by: 10 });
    expect(commandFor(press("L"))).toEqual({ do: "seekBy", by: 10 });
    expect(commandFor(press("L", { shiftKey: true }))).toEqual({ do: "layout" });
  });

  it("goes from chapter to chapter and from slide to slide", () => {
    expect(commandFor(press("ArrowLeft", { ctrlKey: true }))).toEqual({ do: "chapterBy", by: -1 });
    expect(commandFor(press("ArrowRight", { ctrlKey: true, altKey: true }))).toBeNull();
    expect([commandFor(press("n")), commandFor(press("P"))]).toEqual([{ do: "slideBy", by: 1 }, { do: "slideBy", by: -1 }]);
  });

  it("leaves the browser's own keys alone", () => {
    expect(commandFor(press("f", { ctrlKey: true }))).toBeNull();
    expect(commandFor(press("l", { metaKey: true }))).toBeNull();
    expect(commandFor(press("ArrowLeft", { altKey: true }))).toBeNull();
    expect(commandFor(press("Tab"))).toBeNull();
  });

  it("leaves a control its own keys", () => {
    expect(belongsToControl(press(" "), "button")).toBe(true);
    expect(belongsToControl(press("k"), "button")).toBe(false);
    expect(belongsToControl(press("ArrowUp"), "slider")).toBe(true);
    expect(belongsToControl(press("ArrowUp"), "button")).toBe(false);
    expect(belongsToControl(press("k"), "text")).toBe(true);
    expect(belongsToControl(press("5"), "choice")).toBe(true);
    expect(belongsToControl(press("Escape"), "choice")).toBe(false);
  });

  it("steps through the speeds from 0.25 to 3 and no further", () => {
    expect(speedAfter(1, 1)).toBe(1.25);
    expect(speedAfter(1.1, -1)).toBe(1);
    expect(speedAfter(3, 1)).toBe(3);
    expect(speedAfter(0.25, -1)).toBe(0.25);
  });
});

describe("the layout", () => {
  it("goes round and keeps the large picture", () => {
    const swapped = swap(FIRST_LAYOUT);
    expect(next(swapped)).toEqual({ arrangement: "inset", isSwapped: true });
    expect(next(next(next(swapped)))).toEqual(swapped);
    expect(swap(swap(FIRST_LAYOUT))).toEqual(FIRST_LAYOUT);
  });

  it("is kept as text and survives nonsense", () => {
    for (const layout of [FIRST_LAYOUT, swap(next(FIRST_LAYOUT))]) expect(parse(format(layout))).toEqual(layout);
    for (const nonsense of [null, "", "upside first", "{}"]) expect(parse(nonsense)).toEqual(FIRST_LAYOUT);
  });

  it("knows when only one picture shows", () => {
    expect(showsBoth({ arrangement: "single", isSwapped: false })).toBe(false);
  });
});

describe("quality", () => {
  const levels = [480, 720, 1080].map((height) => ({ height, bitrate: height * 2000 }));

  it("fetches enough to read and not more", () => {
    expect(capFor(levels, 400, 1)).toBe(0);
    expect(capFor(levels, 500, 1)).toBe(0);
    expect(capFor(levels, 600, 1)).toBe(1);
    expect(capFor(levels, 400, 2)).toBe(2);
    expect(capFor(levels, 2000, 1)).toBe(-1);
    expect(capFor(levels, 0, 1)).toBe(-1);
    expect(capFor(levels.slice(0, 1), 200, 1)).toBe(-1);
  });

  it("names the choices, best first, and tells twins apart", () => {
    expect(choices(levels, "Automatic").map((c) => c.label)).toEqual(["Automatic", "1080p", "720p", "480p"]);
    const twins = [levels[2], { height: 1080, bitrate: 5e6 }] as typeof levels;
    expect(choices(twins, "Automatic").map((c) => c.label)).toEqual([
      "Automatic",
      "1080p, 5.0 Mbit/s",
      "1080p, 2.2 Mbit/s",
    ]);
  });

  it("finds the kept height again in another ladder", () => {
    expect(levelFor(levels, 720)).toBe(1);
    expect(levelFor(levels, 900)).toBe(1);
    expect(levelFor(levels, 240)).toBe(0);
    expect(levelFor(levels, 0)).toBe(-1);
    expect(levelFor([], 720)).toBe(-1);
  });
});

describe("the place", () => {
  it("is told every ten seconds while it moves, at once when leaving", () => {
    expect(isDue(NOTHING_TOLD, 0, 0)).toBe(true);
    const told = { atMs: 1000, positionMs: 5000 };
    expect(isDue(told, 5000, 9000)).toBe(false);
    expect(isDue(told, 11_000, 15_000)).toBe(true);
    expect(isDue(told, 60_000, 5400)).toBe(false);
    expect(isDue(told, 2000, 7000, true)).toBe(true);
    expect(isDue(told, 2000, 5400, true)).toBe(false);
  });

  it("forgets the end", () => {
    expect(kept(599_000, 600_000)).toBe(0);
    expect(kept(300_000.4, 600_000)).toBe(300_000);
  });

  it("is resumed only where that helps", () => {
    expect(resumeAt(754_000, 3_600_000)).toBe(754_000);
    expect(resumeAt(4_000, 3_600_000)).toBe(0);
    expect(resumeAt(3_590_000, 3_600_000)).toBe(0);
    expect(resumeAt(15_000, 20_000)).toBe(0);
  });
});

describe("times", () => {
  it("read as people write them", () => {
    expect([clockTime(0), clockTime(754.9), clockTime(3754), clockTime(-3)]).toEqual([
      "0:00",
      "12:34",
      "1:02:34",
      "0:00",
    ]);
    expect([roughly(3), roughly(31), roughly(70), roughly(250), roughly(3600), roughly(9000)]).toEqual([
      "a few seconds",
      "about 40 seconds",
      "about a minute",
      "about 4 minutes",
      "about an hour",
      "about 2.5 hours",
    ]);
  });
});

describe("a layout that the owner wants", () => {
  it("holds from its instant on", () => {
    const looks = [
      { start_ms: 1000, layout: "second" },
      { start_ms: 5000, layout: "side" },
    ];
    expect(wantedAt(looks, 500)).toBeNull();
    expect(wantedAt(looks, 1000)).toEqual({ arrangement: "single", isSwapped: true });
    expect(wantedAt(looks, 9000)?.arrangement).toBe("side");
  });
});
