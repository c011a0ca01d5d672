// From the segments that the API names to the columns that a chart draws.
import type { components } from "../api";

export type Segment = components["schemas"]["SegmentOut"];
export type What = "plays" | "viewers";

/** Seconds at the beginning of each segment, and of the end; the last figure once more, so that its step has a width. */
export function columns(segments: readonly Segment[], what: What): [number[], (number | null)[]] {
  const last = segments.at(-1);
  if (!last) return [[], []];
  const figures = segments.map((each) => each[what]);
  return [[...segments.map((each) => each.start_ms / 1000), last.end_ms / 1000], [...figures, figures.at(-1) ?? null]];
}

/** The highest that is to be seen, a little above the greatest figure; never nought. */
export function top(figures: readonly (number | null)[]): number {
  return Math.max(1, ...figures.filter((each) => each !== null)) * 1.08;
}
