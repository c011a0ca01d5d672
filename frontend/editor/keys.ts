// Which key does what. In a field only what belongs to no text does.

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const KEYS: Record<string, string> = {
  k: "play",
  j: "back",
  l: "on",
  ",": "frame-back",
  ".": "frame-on",
  i: "in",
  o: "out",
  x: "cut",
  "[": "trim-start",
  "]": "trim-end",
  p: "skip",
};

/** The command of a key, or nothing. */
export function keyCommand(pressed: Pressed, isField: boolean, isButton = false): string | null {
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key === "s") return "save";
    if (isField) return null;
    if (key === "z") return pressed.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  if (isField || pressed.altKey) return null;
  if (key === " ") return isButton ? null : "play";
  return KEYS[key] ?? null;
}
