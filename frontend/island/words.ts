// Sentences for people: marked here for Django's translation, found in the page's catalogue, English otherwise.

let catalogue: Record<string, string> | undefined;

function load(): Record<string, string> {
  const text = globalThis.document?.getElementById("catalogue")?.textContent;
  return text ? (JSON.parse(text) as Record<string, string>) : {};
}

/** The sentence in the reader's language, with each `{name}` filled from `values`. */
export function gettext(sentence: string, values: Record<string, string | number> = {}): string {
  catalogue ??= load();
  const found = catalogue[sentence] || sentence;
  return found.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
