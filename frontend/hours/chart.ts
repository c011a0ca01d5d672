// One category as a picture: the past year, the forecast with its band, the limit. The page says the same in figures.
import uPlot from "uplot";
import { whenColoursChange } from "../island/colours";
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { type Columns, columns, dayOf, type Series, told, top } from "./columns";

const HEIGHT = 240;
type Ink = "used" | "likely" | "band" | "limit" | "text" | "line";

/** Draws into `place`, again when its width or the theme changes. */
export function draw(place: HTMLElement, series: Series): void {
  const shown = columns(series);
  const legend = new Legend(series);
  place.replaceChildren(legend.root);
  const chart = new uPlot(options(shown, legend, place.clientWidth), data(shown), place);
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth !== chart.width) chart.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  whenColoursChange(() => chart.redraw(false, false));
}

/** What each line is; where the pointer is, the figures of that day. Its marks hold the colours of the theme of now. */
class Legend {
  readonly root: HTMLElement;
  private readonly marks = new Map<Ink, HTMLElement>();
  private readonly words = el("span", { class: "hours-reading" });

  constructor(series: Series) {
    const named: [Ink, string][] = [["used", gettext("So far")]];
    if (series.likely_s.length > 1) named.push(["likely", gettext("Forecast")], ["band", gettext("Four times in five")]);
    if (series.limit_s !== null) named.push(["limit", gettext("Limit")]);
    const drawn = named.map(([ink, word]) => el("span", { class: "hours-key" }, this.mark(ink), word));
    const silent = (["used", "likely", "band", "limit", "text", "line"] as const)
      .filter((ink) => !this.marks.has(ink))
      .map((ink) => this.mark(ink, true));
    this.root = el("p", { class: "hours-legend" }, ...drawn, this.words, ...silent);
  }

  ink(name: Ink): string {
    const mark = this.marks.get(name);
    return mark ? getComputedStyle(mark).color : "currentColor";
  }

  /** The figures of a day; none without one. */
  read(shown: Columns, place: number | null | undefined): void {
    this.words.textContent = place === null || place === undefined ? "" : reading(shown, place);
  }

  private mark(ink: Ink, isSilent = false): HTMLElement {
    const mark = el("span", { class: `hours-mark hours-${ink}`, hidden: isSilent });
    this.marks.set(ink, mark);
    return mark;
  }
}

function reading(shown: Columns, place: number): string {
  const [used, likely, low, high] = [shown.used[place], shown.likely[place], shown.low[place], shown.high[place]];
  const day = dayOf(shown.days[place] ?? 0);
  if (typeof used === "number") return gettext("{day}: {hours} hours", { day, hours: told(used) });
  if (typeof likely !== "number" || typeof low !== "number" || typeof high !== "number") return day;
  const values = { day, hours: told(likely), low: told(low), high: told(high) };
  return gettext("{day}: about {hours} hours, {low} to {high}", values);
}

function data(shown: Columns): uPlot.AlignedData {
  return [shown.days, shown.used, shown.likely, shown.high, shown.low, shown.limit];
}

function options(shown: Columns, legend: Legend, width: number): uPlot.Options {
  const highest = top(shown);
  const ink = (name: Ink) => () => legend.ink(name);
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink("text"), font, ticks: { show: false } };
  const line = { points: { show: false } };
  return {
    width: Math.max(width, 1),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false } },
    scales: { x: { time: true }, y: { range: [0, highest] } },
    axes: [
      { ...axis, grid: { show: false }, space: 64, values: months },
      { ...axis, grid: { stroke: ink("line"), width: 1 }, size: 56, values: (_, ticks) => ticks.map(short) },
    ],
    series: [
      {},
      { ...line, stroke: ink("used"), width: 2 },
      { ...line, stroke: ink("likely"), width: 2, dash: [6, 5] },
      line,
      line,
      { ...line, stroke: ink("limit"), width: 1.5, dash: [2, 3] },
    ],
    bands: [{ series: [3, 4], fill: ink("band") }],
    hooks: { setCursor: [(chart) => legend.read(shown, chart.cursor.idx)] },
  };
}

function months(_chart: uPlot, ticks: number[]): string[] {
  return ticks.map((seconds) => {
    const at = new Date(seconds * 1000);
    const name = at.toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
    const day = at.getUTCDate() === 1 ? "" : `${at.getUTCDate()} `;
    return at.getUTCMonth() === 0 && !day ? `${name} ${at.getUTCFullYear()}` : `${day}${name}`;
  });
}

function short(amount: number): string {
  return amount.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}
