// The keyboard of the editor. With Alt, so that letters stay letters; by the key's place, since Alt changes what it types.

export type Deed =
  | "next" | "previous" | "play" | "split" | "merge" | "startNow" | "endNow" | "doubtful" | "save" | "undo" | "add";

interface Press {
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const WITH_ALT: Readonly<Record<string, Deed>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  KeyP: "play",
  KeyS: "split",
  KeyM: "merge",
  BracketLeft: "startNow",
  BracketRight: "endNow",
  KeyD: "doubtful",
  KeyN: "add",
  KeyZ: "undo",
};

/** What a press asks for, anywhere in the editor. */
export function deedFor(press: Press): Deed | null {
  const isCommand = press.ctrlKey || press.metaKey;
  if (isCommand && !press.altKey && !press.shiftKey) {
    if (press.code === "KeyS") return "save";
    if (press.code === "Enter") return "next";
  }
  return press.altKey && !isCommand && !press.shiftKey ? (WITH_ALT[press.code] ?? null) : null;
}
