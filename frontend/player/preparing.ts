// A recording that cannot be played yet: how far it is, until it can.
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { roughly } from "../island/time";
import { gettext } from "../island/words";
import { type Progress, progress } from "./data";

const EVERY_MS = 1000;

/** Shows the stage and the percentage in `place`; resolves when it can be played, or never if it failed. */
export function prepare(place: HTMLElement, recording: string): Promise<void> {
  const words = el("p", {}, gettext("Getting this recording ready to play"));
  const bar = el("progress", { max: 100, "aria-label": gettext("Processing") });
  const rest = el("p", { class: "player-detail" });
  const box = el(
    "div",
    { class: "player player-preparing", "data-state": "preparing", role: "status" },
    words,
    bar,
    rest,
  );
  place.replaceChildren(box);
  return new Promise((resolve) => {
    const look = async () => {
      const now = await progress(recording).catch((error: unknown) => (error instanceof Refused ? error : null));
      if (now instanceof Refused && now.status !== 0) return fail(box, now.message);
      if (now && !(now instanceof Refused)) {
        if (now.is_playable) return resolve();
        if (now.failure) return fail(box, now.failure);
        show(now, words, bar, rest);
      }
      setTimeout(look, EVERY_MS);
    };
    void look();
  });
}

function show(now: Progress, words: HTMLElement, bar: HTMLProgressElement, rest: HTMLElement): void {
  words.textContent = now.stage || gettext("Waiting for its turn");
  if (now.percent === null) bar.removeAttribute("value");
  else bar.value = now.percent;
  const left = now.estimate_s === null ? "" : gettext("{time} left", { time: roughly(now.estimate_s) });
  rest.textContent = [now.percent === null ? "" : `${Math.round(now.percent)} %`, left].filter(Boolean).join(" · ");
}

function fail(box: HTMLElement, sentence: string): void {
  box.dataset.state = "failed";
  box.replaceChildren(el("p", {}, sentence || gettext("There is nothing to play here.")));
}
