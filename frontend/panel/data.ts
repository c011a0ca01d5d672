// What the panel asks the product, and what it tells it.
import type { components } from "../api";
import { ask } from "../island/ask";

type Schemas = components["schemas"];
export type Content = Schemas["ContentOut"];
export type Cue = Schemas["CueOut"];
export type Chapter = Schemas["ChapterOut"];
export type Slide = Schemas["SlideOut"];
export type Note = Schemas["NoteOut"];
export type Bookmark = Schemas["BookmarkOut"];
type Written = Schemas["Written"];

/** All of a recording, its cues in a language. Raises Refused, as all of these do. */
export function content(recording: string, language = ""): Promise<Content> {
  const query = language ? `?language=${encodeURIComponent(language)}` : "";
  return ask(`/api/recordings/${recording}/content${query}`);
}

export function written(recording: string): Promise<Written> {
  return ask(`/api/recordings/${recording}/notes`);
}

export function addNote(recording: string, atMs: number, text: string, isPublic: boolean): Promise<unknown> {
  return send("POST", `/api/recordings/${recording}/notes`, { at_ms: atMs, text, is_public: isPublic });
}

export function changeNote(note: string, text: string, isPublic: boolean): Promise<unknown> {
  return send("PUT", `/api/notes/${note}`, { text, is_public: isPublic });
}

export function removeNote(note: string): Promise<unknown> {
  return ask(`/api/notes/${note}`, { method: "DELETE" });
}

export function addBookmark(recording: string, atMs: number, title: string): Promise<unknown> {
  return send("POST", `/api/recordings/${recording}/bookmarks`, { at_ms: atMs, title });
}

export function removeBookmark(bookmark: string): Promise<unknown> {
  return ask(`/api/bookmarks/${bookmark}`, { method: "DELETE" });
}

function send(method: string, address: string, body: object): Promise<unknown> {
  return ask(address, { method, body: JSON.stringify(body) });
}
