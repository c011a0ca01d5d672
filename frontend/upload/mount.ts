// Where the upload page begins: <div id="upload" data-folder="uuid"> becomes the drop zone and the list of files.
import "./upload.css";
import { el, icon } from "../island/elements";
import { gettext } from "../island/words";
import { Declaration } from "./declaration";
import { DRAWINGS } from "./drawings";
import { Uploader } from "./uploader";

function mount(place: HTMLElement): void {
  const { folder = "", recording, position, maxBytes } = place.dataset;
  const isReplacing = position === "0";
  const input = el("input", { type: "file", multiple: !recording, hidden: true });
  const label = recording ? gettext("Choose a file") : gettext("Choose files");
  const pick = el("button", { type: "button", class: "btn btn-primary" }, icon(DRAWINGS.file), label);
  const words = isReplacing
    ? gettext("Drop the other file here")
    : recording
      ? gettext("Drop the second file here")
      : gettext("Drop files here");
  const hint = gettext(
    "Anything with sound or pictures. You can go on working; a lost network or a closed lid does no harm.",
  );
  const zone = el(
    "div",
    { class: "upload-zone" },
    icon(DRAWINGS.upload),
    el("p", { class: "upload-words" }, words),
    pick,
    el("p", { class: "upload-hint" }, hint),
  );
  let then: ((files: File[]) => void) | null = null;
  const choose = (done: ((files: File[]) => void) | null) => {
    then = done;
    input.value = "";
    input.click();
  };
  const about = { folder, recording: recording ?? null, isReplacing, maxBytes: Number(maxBytes ?? 0) };
  const form = document.querySelector<HTMLFormElement>("#declaration");
  const declaration = form && new Declaration(form, () => uploader.declared());
  const uploader: Uploader = new Uploader(about, choose, () => pick.focus(), declaration);
  const take = (files: File[]) => void uploader.take(files);
  pick.addEventListener("click", () => choose(null));
  input.addEventListener("change", () => (then ?? take)([...(input.files ?? [])]));
  acceptDrops(zone, take);
  place.replaceChildren(zone, input, uploader.questions, uploader.list, uploader.voice);
  for (const drawn of document.querySelectorAll("[data-unfinished]")) drawn.remove(); // the island lists them itself
  void uploader.recall();
}

/** A file dropped anywhere on the page is meant for the zone, never for the browser to open. */
function acceptDrops(zone: HTMLElement, take: (files: File[]) => void): void {
  let depth = 0;
  const light = (change: number) => {
    depth = Math.max(0, depth + change);
    zone.toggleAttribute("data-over", depth > 0);
  };
  window.addEventListener("dragenter", () => light(1));
  window.addEventListener("dragleave", () => light(-1));
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    light(-depth);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) take(files);
  });
}

const place = document.getElementById("upload");
if (place) mount(place);
