// From what the API says of a category to the columns that the chart draws, in hours.
import type { components } from "../api";

export type Series = components["schemas"]["SeriesOut"];
type Column = (number | null)[];

/** Seconds since 1970 at the beginning of a day, each day; then used, likely, at least, at most, limit. */
export interface Columns {
  days: number[];
  used: Column;
  likely: Column;
  low: Column;
  high: Column;
  limit: Column;
}

const DAY = 24 * 3600;
const HOUR = 3600;

/** The past and, from today on, the forecast in one row of days. Today is in both: as far as it has come, which is where
 * the forecast begins. */
export function columns(series: Series): Columns {
  const first = Date.parse(`${series.first_day}T00:00:00Z`) / 1000;
  const past = series.past_s.map(hours);
  const ahead = Math.max(0, series.likely_s.length - 1);
  const count = past.length + ahead;
  const now = past.at(-1) ?? null;
  const before: Column = Array.from({ length: Math.max(0, past.length - 1) }, () => null);
  const after: Column = Array.from({ length: ahead }, () => null);
  const from = (amounts: number[]): Column => (ahead ? [...before, now, ...amounts.slice(1).map(hours)] : nothing(count));
  return {
    days: Array.from({ length: count }, (_, step) => first + step * DAY),
    used: [...past, ...after],
    likely: from(series.likely_s),
    low: from(series.low_s),
    high: from(series.high_s),
    limit: series.limit_s === null ? nothing(count) : Array.from({ length: count }, () => hours(series.limit_s ?? 0)),
  };
}

/** The highest that is to be seen, with a little room above it; never nought. */
export function top(shown: Columns): number {
  const all = [shown.used, shown.high, shown.limit].flat().filter((amount) => amount !== null);
  return Math.max(1, ...all) * 1.06;
}

/** "1,234.5": one decimal place, none where the number is large enough to do without. */
export function told(amount: number): string {
  const places = amount < 1000 ? 1 : 0;
  return amount.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** "Mon 2 Nov 2026" of the beginning of a day. */
export function dayOf(seconds: number): string {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(seconds * 1000).toLocaleDateString("en-GB", options).replaceAll(",", "");
}

function hours(seconds: number): number {
  return seconds / HOUR;
}

function nothing(count: number): Column {
  return Array.from({ length: count }, () => null);
}
