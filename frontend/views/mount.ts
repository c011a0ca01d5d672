// Where the charts of the Views page begin: <div data-views="uuid"> with a place for each chart.
import "uplot/dist/uPlot.min.css";
import "./views.css";
import type { components } from "../api";
import { ask } from "../island/ask";
import { draw } from "./chart";

type Views = components["schemas"]["ViewsOut"];

async function mount(place: HTMLElement): Promise<void> {
  const found = await ask<Views>(`/api/recordings/${place.dataset.views}/views`);
  for (const chart of place.querySelectorAll<HTMLElement>("[data-chart]"))
    draw(chart, found.segments, chart.dataset.chart === "plays" ? "plays" : "viewers");
}

const place = document.querySelector<HTMLElement>("[data-views]");
// Where it does not come there is no picture; the table beside it says the same.
if (place) void mount(place).catch(() => (place.hidden = true));
