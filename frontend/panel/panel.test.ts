import { describe, expect, it } from "vitest";
import { folded, indexAt, matches, pieces, wanted } from "./find";

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

  it("marks what it found and loses no letter", () => {
    expect(pieces("The Schrödinger equation", wanted("schrod the"))).toEqual(["", "The", " ", "Schröd", "inger equation"]);
    expect(pieces("plain", [])).toEqual(["plain"]);
    for (const text of ["ﬁnal ﬁne", "e\u0301te\u0301", "", "𝒳 is 𝒳", "İstanbul"])
      expect(pieces(text, wanted("i e 𝒳")).join("")).toBe(text.normalize("NFC"));
  });
});
