import { describe, expect, it } from "vitest";
import { read, written } from "./clock";
import { added, at, type Cue, doubts, doubtsIn, merge, moved, nextDoubtful, removed, split, withText } from "./model";
import { findNext, reword } from "./reword";
import { span } from "./wave";

const cue = (start: number, end: number, text: string, doubtful: Cue["doubtful"] = []): Cue => ({
  start, end, text, doubtful, checked: false,
});
const texts = (cues: readonly Cue[]) => cues.map((one) => one.text);
const wanted = (text: string, more = {}) => ({ text, keepsCase: false, wholeWords: false, ...more });

describe("a cue", () => {
  it("is split at a letter, its time shared, its doubts where they were", () => {
    const [first, second] = split([cue(0, 1000, "The enemy late attacks", [[4, 9], [10, 14]])], 0, 10) as [Cue, Cue];
    expect([first.text, second.text]).toEqual(["The enemy", "late attacks"]);
    expect([first.end, second.start, second.end]).toEqual([429, 429, 1000]);
    expect([doubts(first), doubts(second)]).toEqual([["enemy"], ["late"]]);
  });

  it("is not split where a part would say nothing", () => {
    const cues = [cue(0, 1000, "One")];
    expect(split(cues, 0, 0)).toBe(cues);
    expect(split(cues, 0, 3)).toBe(cues);
  });

  it("is joined with the next one, whose doubts move along", () => {
    const [one] = merge([cue(0, 1, "a b", [[2, 3]]), cue(1, 2, "c d", [[0, 1]])], 0) as [Cue];
    expect([one.start, one.end, one.text, doubts(one)]).toEqual([0, 2, "a b\nc d", ["b", "c"]]);
    expect(merge([one], 0)).toHaveLength(1);
  });

  it("never lasts no time, and stands in order", () => {
    const [cues, place] = moved([cue(0, 500, "a"), cue(600, 900, "b")], 0, "end", -5);
    expect([cues[place]?.end, place]).toEqual([100, 0]);
    const [later, where] = moved([cue(0, 5000, "a"), cue(600, 900, "b")], 0, "start", 700);
    expect([texts(later), where]).toEqual([["b", "a"], 1]);
  });

  it("is added where none is shown, up to the next", () => {
    const [cues, place] = added([cue(0, 500, "a"), cue(1500, 2000, "b")], 1000);
    expect([cues[place]?.start, cues[place]?.end, place]).toEqual([1000, 1500, 1]);
    expect(texts(removed(cues, place))).toEqual(["a", "b"]);
  });

  it("keeps the doubts of the words that are not corrected", () => {
    const one = cue(0, 1, "the enemy late attacks", [[4, 9], [10, 14], [15, 22]]);
    expect(withText(one, one.text)).toBe(one);
    expect(doubts(withText(one, "the enolate late attacks"))).toEqual(["late", "attacks"]);
    expect(doubts(withText(one, "Now the enolate, late as ever, attacks"))).toEqual(["late", "attacks"]);
    expect(doubts(withText(one, "the enemy lat attacks"))).toEqual(["enemy", "attacks"]);
    expect(doubts(withText(one, "the\nenemy\nattacks late"))).toHaveLength(2);
    expect(withText(one, "").doubtful).toEqual([]);
  });

  it("stays checked when more of it is written", () => {
    const one = { ...cue(0, 1, "the enemy", []), checked: true };
    expect(withText(one, "the enolate").checked).toBe(true);
  });

  it("is found by an instant and by its doubts, round the end", () => {
    const cues = [cue(0, 500, "a", [[0, 1]]), cue(600, 900, "b"), cue(1000, 1100, "c", [[0, 1]])];
    expect([at(cues, 250), at(cues, 550), at(cues, 600)]).toEqual([0, -1, 1]);
    expect([nextDoubtful(cues, 0, 0)?.[0], nextDoubtful(cues, 0, 1)?.[0], nextDoubtful(cues, 2, 1)?.[0]]).toEqual([0, 2, 0]);
    expect(nextDoubtful([cue(0, 1, "x")], 0, 0)).toBeNull();
    expect(nextDoubtful([], 0, 0)).toBeNull();
  });

  it("is gone through doubtful word by doubtful word", () => {
    const cues = [cue(0, 500, "sure"), cue(600, 900, "a bad one here", [[2, 5], [10, 14]]), cue(1000, 1100, "c", [[0, 1]])];
    const gone: string[] = [];
    let [index, letter] = [0, 0];
    for (let step = 0; step < 4; step += 1) {
      const [next, [from, to]] = nextDoubtful(cues, index, letter) ?? [-1, [0, 0]];
      gone.push((cues[next] as Cue).text.slice(from, to));
      [index, letter] = [next, to];
    }
    expect(gone).toEqual(["bad", "here", "c", "bad"]);
    expect(nextDoubtful([cues[1] as Cue], 0, 14)).toEqual([0, [2, 5]]);
    expect(doubtsIn(cues)).toBe(3);
  });
});

describe("find and replace", () => {
  const cues = [cue(0, 1, "The enemy\nlate"), cue(1, 2, "enemies"), cue(2, 3, "(a.b)")];

  it("is the product's own", () => {
    expect(reword(cues, wanted("enemy late"), "enolate")).toMatchObject([[{ text: "The enolate" }, {}, {}], 1]);
    expect(reword(cues, wanted("ENEM", { keepsCase: true }), "x")[1]).toBe(0);
    expect(reword(cues, wanted("enem", { wholeWords: true }), "x")[1]).toBe(0);
    expect(reword(cues, wanted("a.b"), "$&")[0][2]?.text).toBe("($&)");
    expect(texts(reword(cues, wanted("enemies"), "")[0])).toEqual(["The enemy\nlate", "(a.b)"]);
    expect(reword(cues, wanted(" "), "x")).toEqual([cues, 0]);
  });

  it("goes round the end", () => {
    expect([findNext(cues, wanted("enem"), 0), findNext(cues, wanted("enem"), 1)]).toEqual([1, 0]);
    expect(findNext(cues, wanted("nowhere"), 0)).toBe(-1);
  });
});

describe("a time", () => {
  it("is read as it is written", () => {
    for (const ms of [0, 999, 61_250, 3_754_250]) expect(read(written(ms))).toBe(ms);
    expect([written(3_754_250), written(61_250)]).toEqual(["1:02:34.250", "1:01.250"]);
    expect([read("2:34"), read("34,5"), read("1:75"), read("soon")]).toEqual([154_000, 34_500, null, null]);
  });
});

describe("the picture of the sound", () => {
  it("shows a cue with some seconds around it, within the recording", () => {
    expect(span({ start: 10_000, end: 12_000 }, 60_000)).toEqual([6000, 16_000]);
    expect(span({ start: 1000, end: 2000 }, 3000)).toEqual([0, 3000]);
  });
});
