// What the player asks the product and what it tells it.
import { ask } from "../island/ask";

export interface StreamData {
  readonly id: string;
  readonly role: "PRIMARY" | "SECONDARY" | "AUDIO";
  readonly is_screen: boolean;
  readonly playlist_url: string;
  readonly width: number | null;
  readonly height: number | null;
}

export interface PlayerData {
  readonly title: string;
  readonly state: string;
  readonly duration_ms: number | null;
  readonly streams: readonly StreamData[];
  readonly poster_url: string | null;
  readonly storyboard_url: string | null;
  readonly position_ms: number;
  readonly can_edit: boolean;
}

export interface Progress {
  readonly state: string;
  readonly stage: string | null;
  readonly percent: number | null;
  readonly estimate_s: number | null;
  readonly is_playable: boolean;
  readonly failure: string | null;
  readonly dropped: string | readonly string[] | null;
}

/** Everything the player needs, for one recording. Raises Refused. */
export function player(recording: string): Promise<PlayerData> {
  return ask(`/api/recordings/${recording}/player`);
}

/** How far the processing is. Raises Refused. */
export function progress(recording: string): Promise<Progress> {
  return ask(`/api/recordings/${recording}/progress`);
}

/** Keeps the place to resume at. Outlives the page; a failure is not worth a word. */
export function keepPosition(recording: string, positionMs: number): void {
  const body = JSON.stringify({ position_ms: positionMs });
  ask(`/api/recordings/${recording}/position`, { method: "PUT", body, keepalive: true }).catch(() => undefined);
}
