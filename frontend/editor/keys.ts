// Which key does what. Keys are heard on the whole page; in a field only what belongs to no text does anything.
import { keysWorkEverywhere } from "../player/help";

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
  h: "chapter",
  m: "mute",
  "<": "slower",
  ">": "faster",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  "0": "zoom-whole",
  "?": "help",
};
const TEXT = "textarea, select, [contenteditable=''], [contenteditable=true], input:not([type=range], [type=checkbox])";
const BUTTONS = "button, a, summary, input[type=checkbox], [role=button]";

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

/** Calls `run` for every key that means something, wherever the focus is. Who has asked for it elsewhere has single letters
 * only with the focus inside the editor (WCAG 2.1.4). */
export function listenToKeys(desk: HTMLElement, run: (command: string) => void): void {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || !(target instanceof Element) || target.closest("dialog")) return;
    const isLetter = !event.ctrlKey && !event.metaKey;
    if (isLetter && !desk.contains(target) && !keysWorkEverywhere()) return;
    const field = target.closest<HTMLElement>(TEXT);
    const command = keyCommand(event, field !== null, target.closest(BUTTONS) !== null);
    if (!command) return;
    event.preventDefault();
    if (command === "save") field?.dispatchEvent(new Event("change")); // what was written is saved with the rest
    run(command);
  });
}
