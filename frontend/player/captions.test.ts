import { describe, expect, it } from "vitest";
import { chosen, isSame, LOOKS, OFF, wantedAfter } from "./caption-choice";

describe("captions", () => {
  it("come on in the language last read, in one of its kind, else in the first", () => {
    expect(wantedAfter(["en", "fr"], "fr")).toBe("fr");
    expect(wantedAfter(["de", "en-GB"], "en")).toBe("en-GB");
    expect(wantedAfter(["en", "fr"], "cy")).toBe("en");
    expect(wantedAfter(["en"], "")).toBe("en");
    expect(wantedAfter([], "en")).toBe(OFF);
  });

  it("are others when one came, went, is called something else or was corrected", () => {
    const line = { language: "en", label: "English", url: "/stream/1/captions-en.vtt?v=1" };
    expect(isSame([line], [{ ...line }])).toBe(true);
    expect(isSame([], [])).toBe(true);
    expect(isSame([], [line])).toBe(false);
    expect(isSame([line], [])).toBe(false);
    expect(isSame([line], [{ ...line, label: "English (automatic)" }])).toBe(false);
    expect(isSame([line], [{ ...line, url: "/stream/1/captions-en.vtt?v=2" }])).toBe(false);
  });

  it("look as was chosen while that can be chosen", () => {
    expect(chosen(LOOKS, "yellow")).toBe("yellow");
    expect(chosen(LOOKS, "blinking")).toBe("dark");
    expect(chosen(LOOKS, null)).toBe("dark");
  });
});
