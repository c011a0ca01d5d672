import { describe, expect, it } from "vitest";
import { type Cut, edited, lengthOf, moved, skipFrom, tidy } from "./cuts";
import { History } from "./history";
import { keyCommand } from "./keys";
import { nextLook } from "./looks";
import { nearestTile, parseTiles, tileAt } from "../island/tiles";
import { inShort, isGone, linesOf, spanOf, without } from "./said";
import { exactTime, parseTime } from "./times";
import { closest } from "./zoom";

const cut = (start: number, end: number) => ({ start, end });

describe("cuts", () => {
  it("are put in order and joined as the server does it", () => {
    expect(tidy([cut(9000, 12000), cut(-50, 300), cut(11000, 13000), cut(13500, 14000)], 60_000)).toEqual([
      cut(0, 300),
      cut(9000, 14000),
    ]);
    expect(tidy([cut(500, 2000), cut(58_000, 59_500)], 60_000)).toEqual([cut(0, 2000), cut(58_000, 60_000)]);
    expect(tidy([cut(5, 5), cut(9, 3)], 60_000)).toEqual([]);
  });

  it("are skipped at their edge, a frame early, and not at their end", () => {
    const cuts = [cut(1000, 2000), cut(5000, 9000)];
    expect([990, 999, 1000, 1999, 2000].map((at) => skipFrom(cuts, at, 5))).toEqual([null, 2000, 2000, null, null]);
    expect(lengthOf(cuts, 10_000)).toBe(5000);
    expect([500, 1500, 3000, 9500].map((at) => edited(cuts, at))).toEqual([500, 1000, 2000, 4500]);
  });

  it("keep their edges in order", () => {
    expect(moved(cut(10, 20), "start", 50)).toEqual(cut(19, 20));
    expect(moved(cut(10, 20), "end", 5)).toEqual(cut(10, 11));
  });
});

describe("times", () => {
  it("are read as people write them, and told to the thousandth", () => {
    const read = ["1:02:03.450", "2:03", "45.5", "45,5", "0", "1:75", "a", "", "1:99:00"].map(parseTime);
    expect(read).toEqual([3_723_450, 123_000, 45_500, 45_500, 0, null, null, null, null]);
    expect([0, 83_450, 3_723_450].map(exactTime)).toEqual(["0:00.000", "1:23.450", "1:02:03.450"]);
  });
});

describe("what was done", () => {
  it("is undone and done again; dragging is one step", () => {
    const history = new History(1);
    history.take(2);
    history.take(3, true);
    expect([history.undo(), history.current, history.undo()]).toEqual([true, 1, false]);
    expect([history.redo(), history.current, history.redo()]).toEqual([true, 3, false]);
    history.undo();
    history.take(9);
    expect(history.canRedo).toBe(false);
  });
});

describe("keys", () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  it("do not take letters from a field, nor the space from a button", () => {
    expect([keyCommand(press("i"), false), keyCommand(press("i"), true)]).toEqual(["in", null]);
    expect([keyCommand(press(" "), false), keyCommand(press(" "), false, true)]).toEqual(["play", null]);
    expect(keyCommand(press("Z", { ctrlKey: true, shiftKey: true }), false)).toBe("redo");
    expect(keyCommand(press("s", { metaKey: true }), true)).toBe("save");
  });
});

describe("small pictures", () => {
  it("are found in the storyboard", () => {
    const vtt = "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nstoryboard-1.jpg#xywh=0,0,160,90\n\n00:00:04.000 --> 00:00:08.000\nstoryboard-1.jpg#xywh=160,0,160,90\n";
    const found = parseTiles(vtt);
    expect(found.map((tile) => [tile.at, tile.sheet, tile.x])).toEqual([[0, "storyboard-1.jpg", 0], [4000, "storyboard-1.jpg", 160]]);
    expect(tileAt(found, 5000)?.x).toBe(160);
    const nearest = [0, 1999, 2001, 9000].map((at) => nearestTile(found, at)?.at);
    expect(nearest).toEqual([0, 0, 4000, 4000]);
    expect([nearestTile([], 5), nearestTile(found.slice(1), 5)?.at]).toEqual([undefined, 4000]);
  });
});

describe("words that are cut", () => {
  const told = { start_ms: 0, end_ms: 2400, text: "Tell\nnobody this.", spoken: [[0, 400], [500, 1900], [1900, 2400]] };
  const [line] = linesOf([told]);
  const gone = (...cuts: Cut[]) => line?.words.filter((word) => isGone(word, cuts)).map((word) => word.text);

  it("have their own times, or those of their line where none are known", () => {
    expect(line?.words.map((word) => [word.text, word.start, word.end])).toEqual([["Tell", 0, 400], ["nobody", 500, 1900], ["this.", 1900, 2400]]);
    expect(linesOf([{ ...told, spoken: [] }])[0]?.words.map((word) => [word.start, word.end])).toEqual(Array(3).fill([0, 2400]));
    expect(spanOf(line?.words.slice(1) ?? [])).toEqual(cut(500, 2400));
    expect(spanOf([])).toBe(null);
    expect(inShort(line?.words ?? [], 12)).toBe("Tell nobody…");
  });

  it("are those of which less than half is heard, as the server says of what viewers read", () => {
    expect(gone()).toEqual([]);
    expect(gone(cut(300, 1800))).toEqual(["nobody"]);
    expect(gone(cut(0, 200), cut(1900, 2400))).toEqual(["this."]);
    expect(gone(cut(0, 201), cut(400, 500), cut(1100, 1199), cut(1298, 1901))).toEqual(["Tell", "nobody"]);
    const silent = { text: "so", start: 500, end: 500 };
    expect([cut(500, 600), cut(400, 500)].map((one) => isGone(silent, [one]))).toEqual([true, false]);
  });

  it("are kept again, from the middle of a cut too", () => {
    expect(without([cut(0, 100), cut(200, 900)], cut(300, 500))).toEqual([cut(0, 100), cut(200, 300), cut(500, 900)]);
    expect(without([cut(0, 100), cut(200, 900)], cut(50, 900))).toEqual([cut(0, 50)]);
  });
});

describe("layouts", () => {
  it("hold from an instant on; one that changes nothing is none", () => {
    const looks = nextLook(nextLook([], "side", 1000), "first", 500);
    expect(looks.map((look) => look.layout)).toEqual(["first", "side"]);
    expect(nextLook(looks, "first", 1000).length).toBe(1);
  });
});

describe("the time line", () => {
  it("is drawn so large that twenty seconds fill it, and a short one not larger than whole", () => {
    expect([3_600_000, 60_000, 20_000, 5000].map(closest)).toEqual([256, 4, 1, 1]);
  });
});
