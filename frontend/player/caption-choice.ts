// Which captions come on, and how they may look.

export interface Line {
  readonly language: string;
  readonly label: string;
  readonly url: string;
}

export const OFF = "";
export const SIZES = ["normal", "small", "large", "huge"] as const;
export const LOOKS = ["dark", "yellow", "light", "outline"] as const;

/** The language to show when captions come on: the one last read, one of its kind, else the first. */
export function wantedAfter(languages: readonly string[], last: string): string {
  const kind = (language: string) => language.split("-")[0];
  const same = languages.find((language) => language === last);
  return same ?? languages.find((language) => last && kind(language) === kind(last)) ?? languages[0] ?? OFF;
}

/** Whether two lists say the same: an address says which version of the words it is. */
export function isSame(one: readonly Line[], other: readonly Line[]): boolean {
  const told = (lines: readonly Line[]) => JSON.stringify(lines.map(({ language, label, url }) => [language, label, url]));
  return told(one) === told(other);
}

/** What was kept, when it is still one of the choices; else the first. */
export function chosen(all: readonly string[], kept: string | null): string {
  return kept && all.includes(kept) ? kept : (all[0] ?? "");
}
