// Which bytes go next, of slices that lie one behind the other.

/** A piece of a file, as it was recorded. */
export interface Slice {
  readonly url: string;
  readonly offset: number;
  readonly blob: Blob;
}

/** The bytes from `at` on that lie without a gap, at most about `most` of them. */
export function from(slices: readonly Slice[], at: number, most: number): Blob {
  const parts: Blob[] = [];
  let reached = at;
  for (const slice of [...slices].sort((one, other) => one.offset - other.offset)) {
    const end = slice.offset + slice.blob.size;
    if (end <= reached) continue;
    if (slice.offset > reached || reached - at >= most) break;
    parts.push(slice.blob.slice(reached - slice.offset));
    reached = end;
  }
  return new Blob(parts);
}

/** Where the last of them ends. */
export function endOf(slices: readonly Slice[]): number {
  return slices.reduce((end, slice) => Math.max(end, slice.offset + slice.blob.size), 0);
}
