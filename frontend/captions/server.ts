// What the editor asks the product for, and what it saves.
import type { components } from "../api";
import { ask } from "../island/ask";
import type { Cue } from "./model";
import type { Loudness } from "./wave";

type Schemas = components["schemas"];

export interface Track {
  readonly version: number;
  readonly label: string;
  readonly cues: readonly Cue[];
}

/** Of a language that nobody has written in. */
export const nothingYet: Track = { version: 0, label: "", cues: [] };

const address = (recording: string, language: string) => `/api/recordings/${recording}/captions/${encodeURIComponent(language)}`;

/** Raises Refused. */
export async function load(recording: string, language: string): Promise<Track> {
  const found = await ask<Schemas["Captions"]>(address(recording, language));
  const cues = found.cues.map((cue) => ({
    start: cue.start_ms,
    end: cue.end_ms,
    text: cue.text,
    doubtful: cue.doubtful as Cue["doubtful"],
    checked: false,
  }));
  return { version: found.version, label: found.label, cues };
}

/** The version there is then. Raises Refused: CONFLICT when somebody else was faster. */
export async function save(recording: string, language: string, version: number, cues: readonly Cue[]): Promise<number> {
  const sent = cues
    .filter((cue) => cue.text.trim() !== "")
    .map((cue) => ({ start_ms: cue.start, end_ms: cue.end, text: cue.text, is_checked: cue.checked }));
  const body = JSON.stringify({ version, cues: sent } satisfies Schemas["NewCaptions"]);
  return (await ask<Schemas["SavedCaptions"]>(address(recording, language), { method: "PUT", body })).version;
}

/** Null where the recording has none. */
export async function loudness(media: string): Promise<Loudness | null> {
  const answer = await fetch(`/whole/${media}/waveform.json`, { credentials: "same-origin" }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Loudness) : null;
}

/** The playlist to play from, uncut, since cues stand on the uncut timeline; null when it cannot be played now. */
export async function playlist(recording: string, media: string): Promise<string | null> {
  const found = await ask<Schemas["Player"]>(`/api/recordings/${recording}/player`).catch(() => null);
  return found && found.streams.length > 0 ? `/whole/${media}/primary.m3u8` : null;
}
