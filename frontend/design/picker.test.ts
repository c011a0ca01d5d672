import { describe, expect, it } from "vitest";
import { keysIn, optionAfter, textOf } from "./picker-text";

describe("a field of people", () => {
  it("holds names by line or comma, each once whatever its case, with the spaces of group names", () => {
    expect(keysIn(" alice\nBob,  Part IA   students \n\nALICE,")).toEqual(["alice", "Bob", "Part IA students"]);
    expect(keysIn(" \n, ")).toEqual([]);
    expect(keysIn(textOf(["alice", "Part IA students"]))).toEqual(["alice", "Part IA students"]);
  });
});

describe("the list of a field of people", () => {
  it("is walked by the arrows, round its ends", () => {
    expect([optionAfter("ArrowDown", -1, 3), optionAfter("ArrowDown", 2, 3)]).toEqual([0, 0]);
    expect([optionAfter("ArrowUp", -1, 3), optionAfter("ArrowUp", 1, 3)]).toEqual([2, 0]);
  });

  it("does not move for other keys, or when it is empty", () => {
    expect(optionAfter("a", 0, 3)).toBeUndefined();
    expect(optionAfter("ArrowDown", -1, 0)).toBeUndefined();
  });
});
