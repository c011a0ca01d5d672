// The keyboard, as on YouTube: which key means what, and where keys are left alone.

export type Command =
  | { readonly do: "toggle" | "mute" | "fullscreen" | "captions" | "describe" | "help" | "pip" | "layout" | "swap" | "close" | "bookmark" }
  | { readonly do: "seekBy" | "seekToShare" | "speedBy" | "volumeBy" | "stepBy" | "chapterBy" | "slideBy"; readonly by: number };

/** The parts of a keyboard event that matter. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

const COMMANDS: Readonly<Record<string, Command>> = {
  " ": { do: "toggle" },
  k: { do: "toggle" },
  j: { do: "seekBy", by: -10 },
  l: { do: "seekBy", by: 10 },
  ArrowLeft: { do: "seekBy", by: -5 },
  ArrowRight: { do: "seekBy", by: 5 },
  ArrowUp: { do: "volumeBy", by: 0.05 },
  ArrowDown: { do: "volumeBy", by: -0.05 },
  Home: { do: "seekToShare", by: 0 },
  End: { do: "seekToShare", by: 1 },
  f: { do: "fullscreen" },
  m: { do: "mute" },
  c: { do: "captions" },
  d: { do: "describe" },
  b: { do: "bookmark" },
  i: { do: "pip" },
  s: { do: "swap" },
  n: { do: "slideBy", by: 1 },
  p: { do: "slideBy", by: -1 },
  "<": { do: "speedBy", by: -1 },
  ">": { do: "speedBy", by: 1 },
  ",": { do: "stepBy", by: -1 },
  ".": { do: "stepBy", by: 1 },
  "?": { do: "help" },
  Escape: { do: "close" },
};

const CHAPTERS: Readonly<Record<string, Command>> = {
  ArrowLeft: { do: "chapterBy", by: -1 },
  ArrowRight: { do: "chapterBy", by: 1 },
};

/** What a key asks for. l is ten seconds on, as people's fingers know it; with Shift it is the layout. */
export function commandFor(press: Press): Command | null {
  if (press.ctrlKey && !press.metaKey && !press.altKey && press.key in CHAPTERS) return CHAPTERS[press.key] ?? null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[0-9]$/.test(press.key)) return { do: "seekToShare", by: Number(press.key) / 10 };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key === "l" && press.shiftKey) return { do: "layout" };
  return COMMANDS[key] ?? null;
}

/** Keys that move within the control that has the focus (a slider, a choice) belong to that control. */
export function belongsToControl(press: Press, role: string): boolean {
  if (role === "text") return true;
  if (role === "choice") return press.key !== "Escape" && press.key !== "?";
  const arrows = press.key.startsWith("Arrow") || press.key === "Home" || press.key === "End";
  if (role === "slider") return arrows;
  return role === "button" && (press.key === " " || press.key === "Enter");
}

/** The next speed in a direction; an odd speed in between goes to its neighbour. */
export function speedAfter(speed: number, direction: number): number {
  const up = SPEEDS.find((step) => step > speed + 0.01);
  const down = [...SPEEDS].reverse().find((step) => step < speed - 0.01);
  return (direction > 0 ? up : down) ?? speed;
}
