// How two pictures share the player: three arrangements, and which picture is the large one.

export const ARRANGEMENTS = ["side", "inset", "single"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** `isSwapped`: the second stream is the large (or only) picture. */
export interface Layout {
  readonly arrangement: Arrangement;
  readonly isSwapped: boolean;
}

export const FIRST_LAYOUT: Layout = { arrangement: "side", isSwapped: false };

/** The next arrangement, keeping the large picture large. */
export function next(layout: Layout): Layout {
  const at = ARRANGEMENTS.indexOf(layout.arrangement);
  return { ...layout, arrangement: ARRANGEMENTS[(at + 1) % ARRANGEMENTS.length] ?? "side" };
}

/** The other picture becomes the large one. */
export function swap(layout: Layout): Layout {
  return { ...layout, isSwapped: !layout.isSwapped };
}

/** Both pictures can be seen, so the smaller one is worth its bytes. */
export function showsBoth(layout: Layout): boolean {
  return layout.arrangement !== "single";
}

/** What was kept, or the first layout when nothing sensible was. */
export function parse(kept: string | null): Layout {
  const [arrangement, large] = (kept ?? "").split(" ");
  const known = ARRANGEMENTS.find((name) => name === arrangement);
  return known ? { arrangement: known, isSwapped: large === "second" } : FIRST_LAYOUT;
}

/** As it is kept: "side first", "inset second". */
export function format(layout: Layout): string {
  return `${layout.arrangement} ${layout.isSwapped ? "second" : "first"}`;
}

/** The layout that the owner of the recording wants at an instant; nothing before the first, or where none is known. */
export function wantedAt(looks: readonly { start_ms: number; layout: string }[], atMs: number): Layout | null {
  const known: Record<string, Layout> = {
    side: { arrangement: "side", isSwapped: false },
    inset: { arrangement: "inset", isSwapped: false },
    first: { arrangement: "single", isSwapped: false },
    second: { arrangement: "single", isSwapped: true },
  };
  return known[looks.findLast((look) => look.start_ms <= atMs)?.layout ?? ""] ?? null;
}
