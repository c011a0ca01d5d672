// Lists that are changed in place: what has the focus keeps it, and where it goes away, what stands nearest gets it.

/** As many rows as there are things, each made once and then only told what it shows; `home` gets the focus that a row
 * which went away had, when no other row has the same. Everything that takes the focus is named by `data-cell`. */
export function rowsInPlace<Row extends { readonly root: HTMLElement }, Thing>(
  place: HTMLElement,
  rows: Row[],
  things: readonly Thing[],
  deeds: { make(index: number): Row; show(row: Row, thing: Thing, index: number): void; home(): HTMLElement | null },
): void {
  const focused = document.activeElement;
  const lost = rows.slice(things.length).some((row) => row.root.contains(focused));
  const cell = lost && focused instanceof HTMLElement ? focused.dataset.cell : undefined;
  for (const row of rows.splice(things.length)) row.root.remove();
  things.forEach((thing, index) => {
    const row = rows[index] ?? deeds.make(index);
    if (!rows[index]) {
      rows.push(row);
      place.append(row.root);
    }
    deeds.show(row, thing, index);
  });
  if (!lost) return;
  const near = cell && rows.at(-1)?.root.querySelector<HTMLElement>(`[data-cell="${cell}"]`);
  (near || deeds.home())?.focus();
}
