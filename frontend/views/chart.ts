// The segments of a recording as a picture. The table beside it says the same in figures.
import uPlot from "uplot";
import { whenColoursChange } from "../island/colours";
import { el } from "../island/elements";
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { columns, type Segment, top, type What } from "./columns";

const HEIGHT = 200;

/** Draws into `place`, again when its width or the theme changes. */
export function draw(place: HTMLElement, segments: readonly Segment[], what: What): void {
  const shown = columns(segments, what);
  const reading = el("p", { class: "views-reading" });
  const inks = new Map(["fill", "edge", "text", "line"].map((name) => [name, el("span", { class: `views-ink views-${name}` })]));
  place.replaceChildren(reading, ...inks.values());
  const ink = (name: string) => () => getComputedStyle(inks.get(name) ?? place).color;
  const read = (at: number | null | undefined) => (reading.textContent = at === null || at === undefined ? "" : told(segments, at, what));
  const chart = new uPlot(options(shown[1], ink, read, place.clientWidth), shown as uPlot.AlignedData, place);
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth !== chart.width) chart.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  whenColoursChange(() => chart.redraw(false, false));
}

function told(segments: readonly Segment[], at: number, what: What): string {
  const one = segments[Math.min(at, segments.length - 1)];
  if (!one) return "";
  const time = clockTime(one.start_ms / 1000);
  const figure = one[what];
  if (figure === null) return gettext("{time}: few", { time });
  if (what === "viewers") return gettext("{time}: {count} viewers", { time, count: figure });
  return gettext("{time}: watched {count} times", { time, count: figure.toFixed(1) });
}

function options(
  figures: readonly (number | null)[],
  ink: (name: string) => () => string,
  read: (at: number | null | undefined) => void,
  width: number,
): uPlot.Options {
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink("text"), font, ticks: { show: false } };
  const { stepped } = uPlot.paths;
  return {
    width: Math.max(width, 1),
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false } },
    scales: { x: { time: false }, y: { range: [0, top(figures)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 28, space: 64, values: (_, ticks) => ticks.map(clockTime) },
      { ...axis, grid: { stroke: ink("line"), width: 1 }, size: 44, incrs: [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] },
    ],
    series: [
      {},
      {
        stroke: ink("edge"),
        fill: ink("fill"),
        width: 1.5,
        points: { show: false },
        ...(stepped ? { paths: stepped({ align: 1 }) } : {}),
      },
    ],
    hooks: { setCursor: [(chart) => read(chart.cursor.idx)] },
  };
}
