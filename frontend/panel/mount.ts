// Where the panel begins: <section id="panel" data-recording="uuid"> beside the player.
import "./panel.css";
import { content } from "./data";
import { Panel } from "./panel";
import { findPlayer } from "./player";
import { Strip } from "./strip";

async function mount(place: HTMLElement, stage: HTMLElement): Promise<void> {
  const recording = place.dataset.recording ?? "";
  const [said, player] = await Promise.all([content(recording), findPlayer(stage)]);
  const slides = document.getElementById("strip");
  const strip = slides && new Strip(slides, player);
  const panel = new Panel(place, player, said, recording, (content) => {
    stage.dispatchEvent(new CustomEvent("content", { detail: content })); // for the player's timeline
    strip?.show(content.slides);
  });
  stage.addEventListener("bookmark", () => panel.bookmark());
  stage.addEventListener("edited", (event) => void panel.renew((event as CustomEvent<number>).detail));
}

const place = document.getElementById("panel");
const stage = document.getElementById("player");
// Where it does not come, the link to the page with the same stays.
if (place && stage) void mount(place, stage).catch(() => undefined);
