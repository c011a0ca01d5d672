// Makes elements without writing HTML into the page: text stays text.

type Child = Node | string | null | undefined | false;
type Properties<T> = Partial<Omit<T, "style" | "dataset" | "classList">> & {
  class?: string;
  on?: Record<string, (event: never) => void>;
  [attribute: `data-${string}` | `aria-${string}`]: string | undefined;
};

/** An element with properties, listeners and children. `aria-` and `data-` names become attributes. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key === "class") made.className = value as string;
    else if (key === "on") listen(made, value as Record<string, (event: never) => void>);
    else if (key.includes("-")) made.setAttribute(key, value as string);
    else (made as unknown as Record<string, unknown>)[key] = value;
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

/** A custom element (media-chrome) with attributes and children. */
export function custom(name: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

/** A Lucide drawing by its inner markup of paths; decorative, so hidden from screen readers. */
export function icon(paths: readonly string[], slot?: string): SVGSVGElement {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const fixed = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "aria-hidden": "true", class: "icon" };
  for (const [key, value] of Object.entries(fixed)) drawing.setAttribute(key, value);
  for (const [key, value] of Object.entries({ width: "2", linecap: "round", linejoin: "round" }))
    drawing.setAttribute(`stroke-${key}`, value);
  if (slot) drawing.setAttribute("slot", slot);
  for (const d of paths) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    drawing.append(path);
  }
  return drawing;
}

function listen(target: HTMLElement, listeners: Record<string, (event: never) => void>): void {
  for (const [name, handler] of Object.entries(listeners)) target.addEventListener(name, handler as EventListener);
}
