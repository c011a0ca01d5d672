// What a field of people holds as text, and how the keys move through its list.

/** The login names and group names in a field: one a line or comma, each once, in order. */
export function keysIn(text: string): string[] {
  const parts = text.split(/[\n,]/).map((part) => part.trim().replace(/\s+/g, " "));
  const seen = new Set<string>();
  return parts.filter((part) => {
    const low = part.toLowerCase();
    if (!part || seen.has(low)) return false;
    seen.add(low);
    return true;
  });
}

/** The same as the field sends it. */
export function textOf(keys: readonly string[]): string {
  return keys.join("\n");
}

/** The option after `active` (-1: none) for a key; undefined when the key does not move. */
export function optionAfter(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return active + 1 >= count ? 0 : active + 1;
  if (key === "ArrowUp") return active <= 0 ? count - 1 : active - 1;
  return undefined;
}
