// What the uploader asks of the product's API.
import type { components } from "../api";
import { ask } from "../island/ask";
import type { Progress } from "../player/data";

/** An upload that the server knows, of the person who is signed in. */
export type Known = components["schemas"]["Upload"];

/** My upload of this very file, if there is one that can go on or has arrived. */
export async function find(fingerprint: string): Promise<Known | null> {
  const found = await ask<Known[]>(`/api/uploads?fingerprint=${encodeURIComponent(fingerprint)}`);
  return found[0] ?? null;
}

/** My uploads that have begun and can go on. */
export function unfinished(): Promise<Known[]> {
  return ask("/api/uploads");
}

/** How far the processing is. */
export function progress(recording: string): Promise<Progress> {
  return ask(`/api/recordings/${recording}/progress`);
}

/** Gives the recording its title, and leaves its description as it is. Without a version: what processing does to the
 * recording meanwhile is no reason to lose a title. Outlives the page. */
export async function rename(recording: string, title: string): Promise<void> {
  await ask(`/api/recordings/${recording}`, { method: "PATCH", body: JSON.stringify({ title }), keepalive: true });
}
