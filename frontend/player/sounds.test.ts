import { describe, expect, it } from "vitest";
import { heardFirst, labelsOf, otherSound, ownSoundOf, type Sound, soundOf } from "./sounds";

const own: Sound = { name: "1", language: "", isDescription: false };
const described: Sound = { name: "Audio description", language: "en", isDescription: true };
const german: Sound = { name: "deu", language: "deu", isDescription: false };
const named: Sound = { name: "Interpreter", language: "fra", isDescription: false };
const names = (code: string) => ({ en: "English", deu: "German" })[code] ?? code;

describe("the sounds of a recording", () => {
  it("are told apart by what the playlist, or the browser's own HLS, says of them", () => {
    const characteristics = "public.easy-to-read,public.accessibility.describes-video";
    expect(soundOf({ name: "a", lang: "en", characteristics })).toEqual({ name: "a", language: "en", isDescription: true });
    expect(soundOf({})).toEqual({ name: "", language: "", isDescription: false });
    const track = { label: "a", language: "en", enabled: false };
    expect(ownSoundOf({ ...track, kind: "main-desc" }).isDescription).toBe(true);
    expect(ownSoundOf({ ...track, kind: "main" }).isDescription).toBe(false);
  });

  it("are called what people know them by", () => {
    expect(labelsOf([{ ...own, name: "SoundHandler" }, described], names)).toEqual(["As recorded", "Audio description (English)"]);
    expect(labelsOf([german, own, named], names)).toEqual(["German", "Sound 2", "Interpreter"]);
    expect(labelsOf([{ ...described, language: "" }])).toEqual(["Audio description"]);
  });

  it("begin with a description only for who likes them, or chose it here", () => {
    expect(heardFirst([own, described], -1, false)).toBe(-1);
    expect(heardFirst([own, described], -1, true)).toBe(1);
    expect(heardFirst([own, described], 0, true)).toBe(0);
    expect(heardFirst([own], 1, true)).toBe(-1); // it was removed meanwhile
  });

  it("change over with one key, where there is a description", () => {
    expect(otherSound([own, described], 0)).toBe(1);
    expect(otherSound([own, described], 1)).toBe(0);
    expect(otherSound([own, german], 0)).toBe(-1);
    expect(otherSound([described], 0)).toBe(-1);
  });
});
