// Which renditions are worth fetching, and how the choices are called.

/** A rendition as the playlist names it. */
export interface Level {
  readonly height: number;
  readonly bitrate: number;
}

/** One line of the quality menu; `level` -1 is automatic. */
export interface Choice {
  readonly level: number;
  readonly label: string;
}

/**
 * The highest level worth fetching automatically for a picture drawn this high: the first that is at least as tall,
 * because slides are read, not watched. Levels come in rising order; -1 means no cap.
 */
export function capFor(levels: readonly Level[], drawnHeight: number, pixelRatio: number): number {
  if (levels.length < 2 || drawnHeight <= 0) return -1;
  const wanted = drawnHeight * Math.min(2, Math.max(1, pixelRatio));
  const enough = levels.findIndex((level) => level.height >= wanted * 0.95);
  return enough === -1 ? -1 : enough;
}

/** Lines of the menu, best first; two levels of the same height are told apart by their rate. */
export function choices(levels: readonly Level[], automatic: string): Choice[] {
  const heights = levels.map((level) => level.height);
  const named = levels.map((level, index) => {
    const isTwin = heights.filter((height) => height === level.height).length > 1;
    const rate = `${(level.bitrate / 1e6).toFixed(1)} Mbit/s`;
    return { level: index, label: isTwin ? `${level.height}p, ${rate}` : `${level.height}p` };
  });
  return [{ level: -1, label: automatic }, ...named.reverse()];
}

/** The level nearest below a height kept from another recording; -1 when automatic was kept. */
export function levelFor(levels: readonly Level[], height: number): number {
  if (height <= 0 || levels.length === 0) return -1;
  const below = levels.map((level) => level.height).filter((h) => h <= height);
  const wanted = below.length ? Math.max(...below) : Math.min(...levels.map((level) => level.height));
  return levels.findIndex((level) => level.height === wanted);
}
