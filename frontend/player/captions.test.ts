import { describe, expect, it } from "vitest";
import { chosen, LOOKS, OFF, wantedAfter } from "./caption-choice";

describe("captions", () => {
  it("come on in the language last read, in one of its kind, else in the first", () => {
    expect(wantedAfter(["en", "fr"], "fr")).toBe("fr");
    expect(wantedAfter(["de", "en-GB"], "en")).toBe("en-GB");
    expect(wantedAfter(["en", "fr"], "cy")).toBe("en");
    expect(wantedAfter(["en"], "")).toBe("en");
    expect(wantedAfter([], "en")).toBe(OFF);
  });

  it("look as was chosen while that can be chosen", () => {
    expect(chosen(LOOKS, "yellow")).toBe("yellow");
    expect(chosen(LOOKS, "blinking")).toBe("dark");
    expect(chosen(LOOKS, null)).toBe("dark");
  });
});
