import { describe, expect, it } from "vitest";
import { fileName, filesOf, typeFor, TYPES } from "./formats";
import { endOf, from, type Slice } from "./slices";

const slice = (offset: number, text: string): Slice => ({ url: "/files/a", offset, blob: new Blob([text]) });

describe("what goes next", () => {
  const slices = [slice(3, "def"), slice(0, "abc"), slice(6, "ghi"), slice(12, "mno")];

  it("lies without a gap, from wherever the server stands", async () => {
    expect(await from(slices, 0, 100).text()).toBe("abcdefghi");
    expect(await from(slices, 4, 100).text()).toBe("efghi");
    expect(await from(slices, 9, 100).text()).toBe("");
    expect(await from(slices, 12, 100).text()).toBe("mno");
    expect(await from([], 0, 100).text()).toBe("");
  });

  it("is about as much as is asked for", async () => {
    expect(await from(slices, 0, 4).text()).toBe("abcdef");
  });

  it("ends where the last one does", () => {
    expect(endOf(slices)).toBe(15);
    expect(endOf([])).toBe(0);
  });
});

describe("what a browser records as", () => {
  it("is the first it can do, in our order", () => {
    expect(typeFor("picture", () => true)).toBe("video/webm;codecs=h264,opus");
    expect(typeFor("picture", (type) => type === "video/mp4")).toBe("video/mp4");
    expect(typeFor("sound", () => false)).toBeNull();
    for (const types of Object.values(TYPES)) expect(types.at(-1)).toMatch(/mp4$/);
  });

  it("names the files", () => {
    expect(fileName("screen", "video/webm;codecs=vp8")).toBe("screen.webm");
    expect(fileName("camera", "video/mp4")).toBe("camera.mp4");
  });

  it("has the camera first, and the sound alone only where there is no picture", () => {
    const all = { camera: true, screen: true, microphone: true };
    expect(filesOf(all)).toEqual(["camera", "screen"]);
    expect(filesOf({ ...all, camera: false })).toEqual(["screen"]);
    expect(filesOf({ camera: false, screen: false, microphone: true })).toEqual(["microphone"]);
    expect(filesOf({ camera: false, screen: false, microphone: false })).toEqual([]);
  });
});
