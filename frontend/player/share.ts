// A link to this moment: the page's own button, which works once there is a player to ask.
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import type { Speech } from "./speech";

const SAID_MS = 4000;

/** The address that opens here. */
export function linkAt(address: string, seconds: number): string {
  const link = new URL(address);
  link.hash = "";
  link.search = seconds >= 1 ? `?t=${Math.floor(seconds)}` : "";
  return link.href;
}

export function offerLink(button: HTMLElement | null, video: HTMLVideoElement, speech: Speech): void {
  const words = button?.querySelector("span");
  if (!button || !words) return;
  const name = words.textContent;
  let timer = 0;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const at = video.currentTime;
    const isCopied = await copy(linkAt(location.href, at));
    const said = isCopied ? gettext("Copied: {time}", { time: clockTime(at) }) : gettext("It could not be copied");
    words.textContent = said;
    speech.say(said);
    clearTimeout(timer);
    timer = window.setTimeout(() => (words.textContent = name), SAID_MS);
  });
}

/** Pages without TLS have no clipboard, but an older way. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    const focused = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return isCopied;
  }
}
