// What a file's name says: its title, and which of two files is the camera.

const CAMERA = /\b(cam|camera|speaker|presenter|webcam|face|room|lecturer)\b/i;
const SCREEN = /\b(slides?|screen|desktop|presentation|deck|display|powerpoint|keynote)\b/i;

/** A title to begin with: the name without its ending, separators as spaces. */
export function titleFrom(name: string): string {
  const stem = name.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  const spaced = stem
    .replace(/[_]+/g, " ")
    .replace(/(?<!\d)-|-(?!\d)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return (spaced || name).slice(0, 200);
}

/** The two names with the likely slides first; the order they came in when the names do not tell. */
export function slidesFirst<T extends { readonly name: string }>(first: T, second: T): [T, T] {
  const score = (file: T) => {
    const words = file.name.replace(/[_.-]+/g, " ");
    return Number(SCREEN.test(words)) - Number(CAMERA.test(words));
  };
  return score(second) > score(first) ? [second, first] : [first, second];
}
