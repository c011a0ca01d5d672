import { describe, expect, it } from "vitest";
import type { PlayerData } from "./data";
import { isOfAnother, sentenceOf } from "./edition";
import { isDue } from "./vigil";

function data(moved: PlayerData["moved"]): PlayerData {
  return { title: "", state: "published", duration_ms: 60_000, spoken: "1 minute", streams: [], poster_url: null, storyboard_url: null, position_ms: 0, can_edit: false, looks: [], version: 2, moved };
}

describe("a recording that is edited while somebody watches", () => {
  it("is known by a file that is not there, and not by a refusal", () => {
    expect(isOfAnother(404, "")).toBe(true);
    expect(isOfAnother(404, "ALLOW")).toBe(true);
    expect(isOfAnother(404, "NOT_FOUND")).toBe(false);
    expect(isOfAnother(403, "NO_PERMISSION")).toBe(false);
  });

  it("is told of when something is otherwise for them, and what", () => {
    expect(sentenceOf(data(null))).toBe("");
    expect(sentenceOf(data({ at_ms: 5000, is_cut: false, is_same: true }))).toBe("");
    expect(sentenceOf(data({ at_ms: 5000, is_cut: false, is_same: false }))).toContain("at the same place");
    expect(sentenceOf(data({ at_ms: 5000, is_cut: true, is_same: false }))).toContain("goes on after that");
    expect(sentenceOf(data({ at_ms: 60_000, is_cut: true, is_same: false }))).toContain("ends before that");
  });

  it("is asked about while nothing is fetched, seldom where a picture stands still, never where nobody looks", () => {
    expect([isDue(4900, false, false), isDue(5000, false, false), isDue(5000, false, true)]).toEqual([false, true, true]);
    expect([isDue(5000, true, false), isDue(30_000, true, false), isDue(90_000, true, true)]).toEqual([false, true, false]);
  });
});
