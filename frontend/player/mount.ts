// Where the watch page begins: <div id="player" data-recording="uuid"> becomes the player.
import "./player.css";
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { player } from "./data";
import { prepare } from "./preparing";
import { Watch } from "./watch";

async function mount(place: HTMLElement): Promise<void> {
  const recording = place.dataset.recording ?? "";
  try {
    let data = await player(recording);
    while (data.streams.length === 0) {
      await prepare(place, recording);
      data = await player(recording);
      if (data.streams.length === 0) await new Promise((go) => setTimeout(go, 500)); // ready a moment before its streams
    }
    new Watch(place, recording, data, asked());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const sentence =
      error.message || gettext("The player could not be started. Check the network and load the page again.");
    place.replaceChildren(
      el("div", { class: "player player-preparing", "data-state": "refused", role: "alert" }, el("p", {}, sentence)),
    );
  }
}

/** `?t=754` opens at 12:34. */
function asked(): number | null {
  const seconds = Number(new URLSearchParams(location.search).get("t"));
  return seconds > 0 ? seconds : null;
}

const place = document.getElementById("player");
if (place) void mount(place);
