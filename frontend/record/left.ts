// What was begun in this browser before and is not all on the server yet: sent, finished, or saved as a file.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { size } from "../upload/pace";
import { Delivery } from "./delivery";
import { end, type Line, mine } from "./server";
import type { Kept, Store } from "./store";

/** Held by the page that records, so that another one of the same browser leaves it alone. */
export const lockOf = (recording: string) => `cathedra-record-${recording}`;

/** Lists in `place` what waits; each with the way to finish it. */
export async function recall(place: HTMLElement, store: Store, account: string): Promise<void> {
  const lines = await mine().catch(() => [] as Line[]);
  const kept = await store.captures(account);
  const held = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
  const rows = [
    ...lines.map((line) => {
      const here = kept.find((one) => one.recording === line.recording_id);
      if (held.has(lockOf(line.recording_id))) return busy(line);
      return here ? waiting(line, here, store) : elsewhere(line);
    }),
    ...kept.filter((one) => !lines.some((line) => line.recording_id === one.recording)).map((one) => late(one, store)),
  ];
  if (!rows.length) return;
  const heading = el("h2", { id: "record-waits" }, gettext("Not finished"));
  place.replaceChildren(el("section", { class: "record-left", "aria-labelledby": "record-waits" }, heading, ...rows));
}

function row(title: string, sentence: string, ...deeds: HTMLElement[]): HTMLElement {
  const words = el("div", { class: "record-words" }, el("p", {}, el("strong", {}, title)), el("p", {}, sentence));
  return el("div", { class: "panel panel-body record-bar" }, words, el("div", { class: "record-deeds" }, ...deeds));
}

function button(label: string, deed: () => void, look = "btn-small"): HTMLButtonElement {
  const made = el("button", { type: "button", class: `btn ${look}` }, label);
  made.addEventListener("click", () => {
    made.disabled = true;
    deed();
  });
  return made;
}

function busy(line: Line): HTMLElement {
  return row(line.title, gettext("It is being recorded in another window of this browser."));
}

/** Something of it is in this browser: the rest is sent, and it is finished. */
function waiting(line: Line, kept: Kept, store: Store): HTMLElement {
  const sentence = gettext("Interrupted after {time}. The rest is kept in this browser.", {
    time: clockTime(kept.lastMs / 1000),
  });
  const made = row(
    line.title,
    sentence,
    button(gettext("Send the rest and finish"), () => void send(made, kept, store), "btn-primary btn-small"),
    button(gettext("Put it into the bin"), () => void drop(made, line.recording_id, () => store.forget(kept))),
  );
  return made;
}

async function send(made: HTMLElement, kept: Kept, store: Store): Promise<void> {
  const [words, deeds] = [made.querySelector(".record-words > p:last-child"), made.querySelector(".record-deeds")];
  const say = (sentence: string) => words && (words.textContent = sentence);
  words?.setAttribute("role", "status");
  const delivery = new Delivery(store, kept, {
    arrived: (bytes) => say(gettext("{size} safe on the server.", { size: size(bytes) })),
    waiting: () => say(gettext("The server cannot be reached. Trying again; nothing is lost.")),
    done: () => {
      say(gettext("All of it is safe, and is being prepared"));
      const link = el("a", { class: "btn btn-small", href: `/recordings/${kept.recording}/` }, gettext("Open it"));
      deeds?.replaceChildren(link);
      link.focus();
    },
    refused: (reason) => say(reason.message),
  });
  await navigator.locks.request(lockOf(kept.recording), async () => {
    await delivery.say({ step: "stop", at_ms: kept.lastMs });
    for (const part of kept.parts) {
      if (part.length === null) await delivery.ends(part, Math.max(await store.end(part.url), await standing(part.url)));
    }
    delivery.start();
  });
}

/** How much of a file the server has. */
async function standing(url: string): Promise<number> {
  const answer = await fetch(url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => null);
  return answer?.ok ? Number(answer.headers.get("Upload-Offset")) : 0;
}

/** It was begun in another browser: what has arrived is all there can be. */
function elsewhere(line: Line): HTMLElement {
  const made = row(
    line.title,
    gettext("It was begun in another browser. If that does not come back, finish it with what has arrived."),
    button(gettext("Finish with what has arrived"), () => void finish(made, line.recording_id)),
    button(gettext("Put it into the bin"), () => void drop(made, line.recording_id)),
  );
  return made;
}

function finish(made: HTMLElement, recording: string): Promise<void> {
  return close(made, recording, "finish", gettext("It is finished with what had arrived."));
}

async function drop(made: HTMLElement, recording: string, then = async () => {}): Promise<void> {
  await close(made, recording, "cancel", gettext("It is in the bin, with what had arrived."), then);
}

async function close(
  made: HTMLElement,
  recording: string,
  how: "finish" | "cancel",
  said: string,
  then = async () => {},
): Promise<void> {
  const words = made.querySelector(".record-words > p:last-child");
  words?.setAttribute("role", "status");
  try {
    await end(recording, how);
    await then();
    made.querySelector(".record-deeds")?.replaceChildren();
    if (words) words.textContent = said;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (words) words.textContent = error.message || gettext("The server cannot be reached. Try again in a while.");
  }
}

/** The server has finished it meanwhile: what this browser still has is nobody else's. */
function late(kept: Kept, store: Store): HTMLElement {
  const sentence = gettext("It was finished or deleted on the server meanwhile. What is left here can be saved as a file.");
  const save = kept.parts.map((part) =>
    button(gettext("Save {name}", { name: part.name }), () => void saveFile(part.url, part.name, store)),
  );
  const made = row(
    kept.title,
    sentence,
    ...save,
    button(gettext("Forget it"), () => void store.forget(kept).then(() => made.remove())),
  );
  return made;
}

async function saveFile(url: string, name: string, store: Store): Promise<void> {
  const link = el("a", { href: URL.createObjectURL(await store.rescued(url)), download: name });
  link.click();
}
