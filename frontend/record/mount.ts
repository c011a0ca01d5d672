// Where the page "Record" begins: <div id="record" data-folder="uuid"> becomes the recorder.
import "./record.css";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { Declaration } from "../upload/declaration";
import { recall } from "./left";
import { Recorder } from "./recorder";
import { Store } from "./store";

/** Why nothing can be recorded here; empty where it can. */
function obstacle(): string {
  if (!window.isSecureContext) {
    return gettext("Browsers record only over a secure connection (https). Ask the service to set one up.");
  }
  if (!("MediaRecorder" in window) || !navigator.mediaDevices?.getUserMedia) {
    return gettext("This browser cannot record. Record with any program you know, and upload the file.");
  }
  return "";
}

async function mount(place: HTMLElement): Promise<void> {
  const { folder = "", title = "", account = "" } = place.dataset;
  const why = obstacle();
  if (why) {
    const way = el("a", { class: "btn btn-small", href: `/folders/${folder}/upload/` }, gettext("Upload a file"));
    place.replaceChildren(el("div", { class: "notice" }, el("p", {}, why), way));
    document.querySelector("#declaration")?.remove();
    return;
  }
  const form = document.querySelector<HTMLFormElement>("#declaration");
  const said = gettext("It is recorded as: {what}");
  const declaration = form && new Declaration(form, () => recorder.declared(), said);
  const store = await Store.open();
  const recorder: Recorder = new Recorder({ folder, account, title }, store, declaration);
  place.replaceChildren(recorder.panel.root);
  const left = document.querySelector<HTMLElement>("#record-left");
  if (left) await recall(left, store, account);
}

const place = document.getElementById("record");
if (place) void mount(place);
