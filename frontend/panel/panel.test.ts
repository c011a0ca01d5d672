import { describe, expect, it, vi } from "vitest";
import type { Content } from "./data";
import { folded, indexAt, Joined, matches, pieces, tabWith, wanted } from "./find";
import { FIRST_MS, hasMoved, isBeingMade, longer, Making } from "./making";

describe("what is being said now", () => {
  it("is the last that has begun", () => {
    const starts = [1000, 2000, 2000, 5000];
    expect([0, 1000, 1999, 2000, 4999, 9000].map((ms) => indexAt(starts, ms))).toEqual([-1, 0, 0, 2, 2, 3]);
    expect(indexAt([], 5)).toBe(-1);
  });
});

describe("search inside a recording", () => {
  it("finds all words in any order, whatever their case and accents", () => {
    expect(folded("Schrödinger ÉTÉ")).toBe("schrodinger ete");
    expect(matches("The Schrödinger equation", wanted("  equation schrodinger "))).toBe(true);
    expect(matches("The Schrödinger equation", wanted("equation heisenberg"))).toBe(false);
    expect(matches("anything", wanted(" "))).toBe(true);
  });

  it("shows the tab that has something, and leaves the open one while it has", () => {
    expect([tabWith([3, 0, 2], 0), tabWith([0, 0, 2], 0), tabWith([1, 4, 0], 1), tabWith([0, 1, 1], 2)]).toEqual([0, 2, 1, 2]);
    expect([tabWith([0, 0], 1), tabWith([], 0)]).toEqual([1, 0]);
  });

  it("marks what it found and loses no letter", () => {
    expect(pieces("The Schrödinger equation", wanted("schrod the"))).toEqual(["", "The", " ", "Schröd", "inger equation"]);
    expect(pieces("plain", [])).toEqual(["plain"]);
    for (const text of ["ﬁnal ﬁne", "e\u0301te\u0301", "", "𝒳 is 𝒳", "İstanbul"])
      expect(pieces(text, wanted("i e 𝒳")).join("")).toBe(text.normalize("NFC"));
  });
});

describe("a phrase", () => {
  const cues = ["Welcome to the second", "law of\nthermo", "dynamics. Écoulement", "of heat"];
  const over = (query: string) => {
    const found = new Joined(cues).over(wanted(query));
    return [...found].map(([which, letters]) => pieces(cues[which] ?? "", [], letters).filter((_, place) => place % 2).join("|"));
  };

  it("stands between quotation marks of any sort, as it stands, be the last mark typed or not", () => {
    expect(wanted('heat "second  LAW" of')).toEqual(["heat", "second law", "of"]);
    expect(wanted("“second law")).toEqual(["second law"]);
    expect(wanted("«Øl» \"\"")).toEqual(["ol"]);
    expect(matches("the second\nlaw", wanted('"second law"'))).toBe(true);
    expect(matches("law, the second", wanted('"second law"'))).toBe(false);
    expect(pieces("the second\nlaw", wanted('"second law"'))).toEqual(["the ", "second\nlaw"]);
  });

  it("is found over the end of a caption, and marked in each", () => {
    expect(over('"second law"')).toEqual(["second", "law"]);
    expect(over("second law of")).toEqual(["second", "law of"]);
    expect(over('"ecoulement of"')).toEqual(["Écoulement", "of"]);
    expect(over("welcome to the second law of thermo dynamics")).toHaveLength(3);
    expect(over('"second law" welcome')).toEqual(["second", "law"]);
    expect(over('"second law" heat')).toEqual([]);
    expect(over('"law second"')).toEqual([]);
    expect(over("second")).toEqual([]);
    expect(over('"law of"')).toEqual([]);
  });

  it("folds letters that have no plain one beneath, as the search of the site does", () => {
    expect(folded("Straße Łódź Ægir")).toBe("strasse lodz aegir");
    expect(pieces("Straße", wanted("strass"))).toEqual(["", "Straß", "e"]);
  });
});

describe("what is being made", () => {
  const said = (speech: string, slides: string, cues = 0) =>
    ({ speech, slides_state: slides, cues: Array(cues).fill({}), captions: [], slides: [], chapters: [] }) as unknown as Content;

  it("is asked for while it is made, ever more seldom", () => {
    expect([said("RUNNING", "DONE"), said("DONE", "WAITING"), said("DONE", "NOTHING"), said("", "")].map(isBeingMade)).toEqual([
      true, true, false, false,
    ]);
    let ms = FIRST_MS;
    for (let step = 0; step < 20; step++) ms = longer(ms);
    expect([longer(FIRST_MS), ms]).toEqual([15_000, 120_000]);
  });

  it("comes by itself, and nothing is asked for any more then; what was asked for too early or in vain is asked for again", async () => {
    vi.useFakeTimers();
    let now = said("RUNNING", "DONE");
    const answers = [now, null, said("DONE", "DONE", 3)];
    const ask = vi.fn(async () => answers.shift() ?? null);
    const making = new Making(() => now, ask, (came) => { now = came; });
    making.wait();
    making.wait();
    await vi.advanceTimersByTimeAsync(FIRST_MS);
    expect([ask.mock.calls.length, now.cues.length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(2 * longer(FIRST_MS));
    expect([ask.mock.calls.length, now.cues.length]).toEqual([3, 3]);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(ask).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });

  it("is shown anew only when there is something else to show", () => {
    expect(hasMoved(said("WAITING", "DONE"), said("RUNNING", "DONE"))).toBe(false);
    expect(hasMoved(said("RUNNING", "DONE"), said("DONE", "DONE", 3))).toBe(true);
    expect(hasMoved(said("RUNNING", "RUNNING"), said("RUNNING", "NOTHING"))).toBe(true);
  });
});
