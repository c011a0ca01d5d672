// What the editor asks the product and tells it.
import type { components } from "../api";
import { ask } from "../island/ask";
import { type Cut, isSame } from "./cuts";
import { parseTiles, type Tile } from "../island/tiles";

type Schemas = components["schemas"];
export type Editing = Schemas["Editing"];
export type Version = Schemas["EditVersion"];
export type Look = Schemas["EditLook"];
export type EditChapter = Schemas["EditChapter"];
export type Captions = Schemas["CaptionList"]["captions"];

/** What can be undone: everything that is saved. */
export interface List {
  readonly cuts: readonly Cut[];
  readonly looks: readonly Look[];
}

export interface Waveform {
  readonly peaks_per_second: number;
  readonly peaks: readonly number[];
}

/** The recording and every version of its cuts. Raises Refused. */
export function editing(recording: string): Promise<Editing> {
  return ask(`/api/recordings/${recording}/edits`);
}

/** Makes the next version. Raises Refused. */
export function save(recording: string, version: number, list: List): Promise<Editing> {
  const cuts = list.cuts.map(({ start, end }) => ({ start_ms: start, end_ms: end }));
  const body = JSON.stringify({ version, cuts, looks: list.looks });
  return ask(`/api/recordings/${recording}/edits`, { method: "PUT", body });
}

/** As it was saved. */
export function listOf(version: Version | undefined): List {
  const cuts = (version?.cuts ?? []).map(({ start_ms, end_ms }) => ({ start: start_ms, end: end_ms }));
  return { cuts, looks: version?.looks ?? [] };
}

export function isSameList(a: List, b: List): boolean {
  return isSame(a.cuts, b.cuts) && JSON.stringify(a.looks) === JSON.stringify(b.looks);
}

/** Where a file lies among others. */
export function folderOf(address: string): string {
  return address.slice(0, address.lastIndexOf("/") + 1);
}

/** Small pictures; none when there are none yet. */
export async function tiles(address: string | null): Promise<Tile[]> {
  const answer = address ? await fetch(address).catch(() => null) : null;
  return answer?.ok ? parseTiles(await answer.text()) : [];
}

/** How loud it is; nothing where there is no sound, or before it was looked at. */
export async function waveform(address: string): Promise<Waveform | null> {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Waveform) : null;
}

/** The languages that there are captions in, the one that is spoken first. Raises Refused, as the next does. */
export async function captions(recording: string): Promise<Captions> {
  return (await ask<Schemas["CaptionList"]>(`/api/recordings/${recording}/captions`)).captions;
}

/** What is said, with the time of each word of the unedited recording. */
export function spoken(recording: string, language: string): Promise<Schemas["Captions"]> {
  return ask(`/api/recordings/${recording}/captions/${language}?spoken=true`);
}

/** Begins a chapter at an instant of the unedited recording. Raises Refused, as the next two do. */
export function addChapter(recording: string, at: number, title: string): Promise<Schemas["MadeChapter"]> {
  const body = JSON.stringify({ original_start_ms: Math.round(at), title });
  return ask(`/api/recordings/${recording}/chapters`, { method: "POST", body });
}

/** `was`: as it is known here; refused when somebody else changed it meanwhile. */
export function changeChapter(
  recording: string,
  chapter: string,
  at: number,
  title: string,
  was: { start: number; title: string },
): Promise<unknown> {
  const before = { original_start_ms: Math.round(was.start), title: was.title };
  const body = JSON.stringify({ original_start_ms: Math.round(at), title, was: before });
  return ask(`/api/recordings/${recording}/chapters/${chapter}`, { method: "PUT", body });
}

export function removeChapter(recording: string, chapter: string): Promise<unknown> {
  return ask(`/api/recordings/${recording}/chapters/${chapter}`, { method: "DELETE" });
}
