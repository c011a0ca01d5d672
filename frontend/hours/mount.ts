// Where the charts of the Hours page begin: <div data-hours="STORED"> becomes a picture of that category.
import "uplot/dist/uPlot.min.css";
import "./hours.css";
import { ask } from "../island/ask";
import { draw } from "./chart";
import type { Series } from "./columns";

async function mount(places: HTMLElement[]): Promise<void> {
  const found = await ask<{ series: Series[] }>("/api/hours/series");
  for (const place of places) {
    const series = found.series.find((each) => each.category === place.dataset.hours);
    if (series) draw(place, series);
  }
}

const places = [...document.querySelectorAll<HTMLElement>("[data-hours]")];
// Where it does not come there is no picture; the figures below it are on the page already.
const giveUp = () => places.forEach((place) => (place.hidden = true));
if (places.length) void mount(places).catch(giveUp);
