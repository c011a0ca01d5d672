// Where the editor begins: <div id="editor" data-recording="uuid"> becomes it.
import "./editor.css";
import { Refused } from "../island/ask";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { editing } from "./data";
import { Desk } from "./desk";

async function mount(place: HTMLElement): Promise<void> {
  const recording = place.dataset.recording ?? "";
  try {
    new Desk(place, recording, await editing(recording));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const sentence = error.message || gettext("The editor could not be opened. Check the network and load the page again.");
    place.replaceChildren(el("p", { class: "cut-trouble", role: "alert" }, sentence));
  }
}

const place = document.getElementById("editor");
if (place) void mount(place);
