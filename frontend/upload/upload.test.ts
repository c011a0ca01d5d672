import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { said } from "./declaration";
import { fingerprint, sha256 } from "./fingerprint";
import { isAtRisk, mayStart, type Place, type Stage } from "./line";
import { slidesFirst, titleFrom } from "./names";
import { observe, percent, type Sample, secondsLeft, sentence, size, speed } from "./pace";
import { ready } from "./processing";
import { causeOf, waitBefore } from "./retry";

describe("a fingerprint", () => {
  it("is SHA-256 as everybody computes it, at every padding edge", () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 70_001]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  const file = (bytes: Uint8Array<ArrayBuffer>, name = "a.mp4", lastModified = 7) =>
    new File([bytes], name, { lastModified });

  it("is the same for the same file and differs by name, date, first and last bytes", async () => {
    const bytes = new Uint8Array(3 * 1024 * 1024);
    const own = await fingerprint(file(bytes));
    expect(await fingerprint(file(bytes.slice()))).toBe(own);
    expect(await fingerprint(file(bytes, "b.mp4"))).not.toBe(own);
    expect(await fingerprint(file(bytes, "a.mp4", 8))).not.toBe(own);
    for (const at of [0, bytes.length - 1]) {
      const other = bytes.slice();
      other[at] = 1;
      expect(await fingerprint(file(other))).not.toBe(own);
    }
  });

  it("reads every byte of a file shorter than two mebibytes", async () => {
    const bytes = new Uint8Array(1024 * 1024 + 10);
    const other = bytes.slice();
    other[1024 * 1024 + 5] = 1;
    expect(await fingerprint(file(other))).not.toBe(await fingerprint(file(bytes)));
  });
});

describe("the line", () => {
  const place = (id: string, stage: Stage, more: Partial<Place> = {}): Place => ({
    id,
    stage,
    isAnnounced: false,
    ...more,
  });

  it("starts two at once, in order", () => {
    expect(mayStart([place("a", "waiting"), place("b", "waiting"), place("c", "waiting")])).toEqual(["a", "b"]);
    expect(mayStart([place("a", "sending"), place("b", "waiting"), place("c", "waiting")])).toEqual(["b"]);
    expect(mayStart([place("a", "sending"), place("b", "retrying"), place("c", "waiting")])).toEqual([]);
  });

  it("gives the turn of a paused file to the next", () => {
    expect(mayStart([place("a", "paused"), place("b", "sending"), place("c", "waiting")])).toEqual(["c"]);
  });

  it("keeps a second picture back until its recording is known", () => {
    const second = place("b", "waiting", { after: "a" });
    expect(mayStart([place("a", "sending"), second])).toEqual([]);
    expect(mayStart([place("a", "sending", { isAnnounced: true }), second])).toEqual(["b"]);
  });

  it("asks before leaving only while something would be interrupted", () => {
    expect(isAtRisk([place("a", "done"), place("b", "unfinished"), place("c", "processing")])).toBe(false);
    expect(isAtRisk([place("a", "done"), place("b", "paused")])).toBe(true);
  });
});

describe("the pace", () => {
  it("is the mean of the last eight seconds", () => {
    let samples: Sample[] = [];
    for (let s = 0; s <= 20; s++) samples = observe(samples, s * 1000, s * 5_000_000);
    expect(samples.length).toBe(9);
    expect(speed(samples)).toBe(5_000_000);
    expect(secondsLeft(samples, 200_000_000)).toBe(20);
  });

  it("says nothing before it knows, and starts again after a resume", () => {
    expect(secondsLeft(observe([], 0, 0), 10)).toBeNull();
    expect(observe([{ atMs: 0, bytes: 500 }], 900, 200)).toEqual([{ atMs: 900, bytes: 200 }]);
  });

  it("has no speed from less than 0.4 s, nor while nothing moves", () => {
    const soon = observe(observe([], 1000, 0), 1399, 9_000_000);
    expect([speed(soon), secondsLeft(soon, 10_000_000)]).toEqual([0, null]);
    const stuck = observe(observe([], 0, 700), 5000, 700);
    expect([speed(stuck), secondsLeft(stuck, 10_000)]).toEqual([0, null]);
    expect(speed(observe(soon, 1400, 9_000_000))).toBe(22_500_000);
  });

  it("forgets what is older than the window, so that a slower network is seen", () => {
    let samples: Sample[] = [{ atMs: 0, bytes: 0 }];
    samples = observe(samples, 1000, 50_000_000);
    for (let s = 2; s <= 9; s++) samples = observe(samples, s * 1000, 50_000_000 + (s - 1) * 1_000_000);
    expect(samples[0]?.atMs).toBe(1000);
    expect(speed(samples)).toBe(1_000_000);
    expect(secondsLeft(samples, 118_000_000)).toBe(60);
  });

  it("leaves the samples that it was given alone", () => {
    const before: readonly Sample[] = Object.freeze([{ atMs: 0, bytes: 1 }]);
    observe(before, 20_000, 2);
    expect(before).toEqual([{ atMs: 0, bytes: 1 }]);
  });

  it("is told as percent, sizes, speed and what is left, as soon as each is known", () => {
    const mib = 1024 * 1024;
    const begun = observe([], 0, 0);
    expect(sentence(begun, 0, 100 * mib)).toBe("0 % · 0 bytes of 100 MB");
    const going = observe(begun, 2000, 10 * mib);
    expect(sentence(going, 10 * mib, 310 * mib)).toBe("3 % · 10.0 MB of 310 MB · 5.0 MB/s · about a minute left");
    const resumed = observe(going, 9000, 4 * mib);
    expect(sentence(resumed, 4 * mib, 100 * mib)).toBe("4 % · 4.0 MB of 100 MB");
  });

  it("never shows 100 before the last byte", () => {
    expect(percent(999_999, 1_000_000)).toBe(99);
    expect(percent(1_000_000, 1_000_000)).toBe(100);
    expect(percent(0, 0)).toBe(100);
  });

  it("writes sizes as people read them", () => {
    expect([size(512), size(312 * 1024), size(48.2 * 1024 ** 2), size(1.5 * 1024 ** 3)]).toEqual([
      "512 bytes",
      "312 kB",
      "48.2 MB",
      "1.5 GB",
    ]);
  });
});

describe("trying again", () => {
  it("tells what helps by waiting from what does not", () => {
    expect([0, 409, 423, 404, 410, 500, 502, 503, 429, 403, 413, 507].map(causeOf)).toEqual([
      "network",
      "busy",
      "busy",
      "gone",
      "gone",
      "server",
      "server",
      "server",
      "server",
      "final",
      "final",
      "final",
    ]);
  });

  it("waits 1, 2, 4 ... at most 30 s, spread by a quarter either way", () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => waitBefore(attempt, 0.5))).toEqual([
      1000, 2000, 4000, 8000, 16000, 30000, 30000,
    ]);
    expect([waitBefore(3, 0), waitBefore(3, 1)]).toEqual([3000, 5000]);
  });
});

describe("names", () => {
  it("make a title", () => {
    expect(titleFrom("Lecture_04-thermo-dynamics.mp4")).toBe("Lecture 04 thermo dynamics");
    expect(titleFrom("2026-10-12 Chemistry.mkv")).toBe("2026-10-12 Chemistry");
    expect(titleFrom(".mp4")).toBe(".mp4");
  });

  it("tell slides from camera, whichever was dropped first", () => {
    const named = (name: string) => ({ name });
    expect(slidesFirst(named("cam.mp4"), named("lecture.mp4"))[0].name).toBe("lecture.mp4");
    expect(slidesFirst(named("a.mp4"), named("b_slides.mp4"))[0].name).toBe("b_slides.mp4");
    expect(slidesFirst(named("a.mp4"), named("b.mp4"))[0].name).toBe("a.mp4");
  });
});

describe("a declaration (R77)", () => {
  const given = (more: Record<string, string> = {}) => {
    const form = new FormData();
    const whole = { q1: "yes", q2: "unsure", q3: "yes", category: "lecture", course: "c", note: " week 1 ", version: "1" };
    for (const [name, value] of Object.entries({ ...whole, ...more })) form.set(name, value);
    return form;
  };

  it("is told with its course, and relevance only for the kinds it is asked of", () => {
    const whole = { q1: "yes", q2: "unsure", q3: "yes", category: "lecture", course: "c", note: "week 1", version: 1 };
    expect(said(given(), "ok")).toEqual({ ...whole, directly_relevant: "not_asked" });
    expect(said(given({ directly_relevant: "no" }), "ok").directly_relevant).toBe("not_asked");
    expect(said(given({ directly_relevant: "no" }), "if_directly_relevant").directly_relevant).toBe("no");
    expect(said(given(), "if_directly_relevant").directly_relevant).toBe("unsure");
    expect(said(given({ course: "" }), "ok").course).toBeNull();
  });
});

describe("what is said when it plays", () => {
  it("tells of whatever keeps others from it", () => {
    expect(ready("published")).toContain("Ready to watch.");
    expect(ready("waiting")).toContain("once a Publisher has approved it");
    expect(ready("held")).toContain("only you can watch it");
  });
});
