// Listens to the keyboard and leaves alone what belongs to the control that has the focus.
import { belongsToControl, type Command, commandFor, type Press } from "./keys";
import { keysWorkEverywhere } from "./help";

const ONLY_INSIDE = ["ArrowUp", "ArrowDown", "Home", "End"]; // outside the player they scroll the page

/** Calls `run` for every key that means something; returns nothing to undo, the player lives as long as its page. */
export function listenToKeys(player: HTMLElement, run: (command: Command) => unknown): void {
  document.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || target.closest("dialog")) return;
    const isInside = event.composedPath().includes(player);
    const press = asOn(event, event.target as Element);
    if (!isInside && (!keysWorkEverywhere() || ONLY_INSIDE.includes(event.key))) return;
    if (belongsToControl(press, roleOf(target))) return;
    const command = commandFor(press);
    if (!command) return;
    if (command.do !== "close") event.preventDefault();
    run(command);
  });
}

/** On the timeline up and down mean on and back, as on every slider. */
function asOn(event: KeyboardEvent, target: Element): Press {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const turned: Record<string, string> = { ArrowUp: "ArrowRight", ArrowDown: "ArrowLeft" };
  const isTimeline = target.localName === "media-time-range";
  const isMac = /Mac|iP/.test(navigator.platform) && event.key.startsWith("Arrow"); // where Control moves between screens
  const press = { ctrlKey: isMac ? altKey : ctrlKey, altKey: isMac ? ctrlKey : altKey, metaKey, shiftKey };
  return { key: (isTimeline && turned[event.key]) || event.key, ...press };
}

function roleOf(target: Element): string {
  const host = target.getRootNode() instanceof ShadowRoot ? (target.getRootNode() as ShadowRoot).host : target;
  if (host.localName === "media-time-range") return "timeline";
  if (host.localName === "media-volume-range") return "slider";
  if (host.closest("select")) return "choice";
  if (host.closest("input, textarea, [contenteditable=true], [contenteditable='']")) return "text";
  if (host.closest("button, a, summary, media-play-button, [role=button]") || host.localName.startsWith("media-"))
    return "button";
  return "";
}
