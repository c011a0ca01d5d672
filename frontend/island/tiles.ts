// Small pictures of the recording, from the storyboard's cues: which part of which sheet is shown from when.

export interface Tile {
  readonly at: number; // milliseconds
  readonly sheet: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /^(\d+):(\d+):(\d+\.\d+) --> .*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/** The tiles in order. */
export function parseTiles(vtt: string): Tile[] {
  return [...vtt.matchAll(CUE)].map((found) => {
    const number = (at: number) => Number(found[at] ?? 0);
    return {
      at: Math.round((number(1) * 3600 + number(2) * 60 + number(3)) * 1000),
      sheet: found[4] ?? "",
      x: number(5),
      y: number(6),
      width: number(7),
      height: number(8),
    };
  });
}

/** The tile that stands at an instant. */
export function tileAt(tiles: readonly Tile[], at: number): Tile | undefined {
  return tiles.findLast((tile) => tile.at <= at) ?? tiles[0];
}

/** The tile that was taken next to an instant, before or after it. */
export function nearestTile(tiles: readonly Tile[], at: number): Tile | undefined {
  const after = tiles.findIndex((tile) => tile.at > at);
  const [before, next] = after < 0 ? [tiles.at(-1), undefined] : [tiles[after - 1], tiles[after]];
  return before && next ? (next.at - at < at - before.at ? next : before) : (before ?? next);
}
