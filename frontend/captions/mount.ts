// Where the editor of captions begins: <div id="captions-editor" data-recording="uuid" data-media="uuid" data-language="en">. `media`: what it
// plays, of a copy by reference its original. With `data-new` there are no captions in that language yet.
import "./captions.css";
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { Editor } from "./editor";
import { load, loudness, nothingYet, playlist } from "./server";

async function mount(place: HTMLElement): Promise<void> {
  const { recording = "", media = "", language = "" } = place.dataset;
  try {
    const begun = "new" in place.dataset ? Promise.resolve(nothingYet) : load(recording, language);
    const found = [begun, loudness(media), playlist(recording, media)] as const;
    const [track, wave, list] = await Promise.all(found);
    new Editor(place, recording, language, track, list, wave);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const sentence = error.message || gettext("The editor could not be started. Check the network and load the page again.");
    place.prepend(el("div", { class: "notice notice-bad mb-4", role: "alert" }, el("p", {}, sentence)));
  }
}

const place = document.getElementById("captions-editor");
if (place) void mount(place);
