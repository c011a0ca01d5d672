// The pictures as they stand, held in front of players that are filled anew: nobody sees a black moment.
import { el } from "../island/elements";
import type { Stage } from "./stage";

const LONGEST_MS = 4000;

/** Holds them; returns what lets them go, which happens by itself after some seconds. */
export function hold(stage: Stage): () => void {
  const { first, second, controller } = stage;
  const held = [first, second].flatMap((video) => (video?.videoWidth ? [copyOf(video, controller)] : []));
  controller.prepend(...held);
  const letGo = () => held.forEach((one) => one.remove());
  setTimeout(letGo, LONGEST_MS);
  return letGo;
}

/** In the same place, under the controls. */
function copyOf(video: HTMLVideoElement, controller: HTMLElement): HTMLCanvasElement {
  const canvas = el("canvas", { class: "player-held", width: video.videoWidth, height: video.videoHeight, "aria-hidden": "true" });
  canvas.setAttribute("noautohide", "");
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const [here, whole] = [video.getBoundingClientRect(), controller.getBoundingClientRect()];
  const place = { left: here.left - whole.left, top: here.top - whole.top, width: here.width, height: here.height };
  for (const [name, length] of Object.entries(place)) canvas.style.setProperty(name, `${length}px`);
  canvas.style.setProperty("visibility", getComputedStyle(video).visibility);
  return canvas;
}
