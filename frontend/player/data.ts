// What the player asks the product and what it tells it.
import type { components } from "../api";
import { ask } from "../island/ask";

type Schemas = components["schemas"];
export type StreamData = Schemas["PlayerStream"];
export type PlayerData = Schemas["Player"];
export type Progress = Schemas["Progress"];

/** Everything the player needs, for one recording; `was`: the version that it plays, and where. Raises Refused. */
export function player(recording: string, was?: { version: number; atMs: number }): Promise<PlayerData> {
  return ask(`/api/recordings/${recording}/player${was ? `?version=${was.version}&at_ms=${was.atMs}` : ""}`);
}

/** How far the processing is. Raises Refused. */
export function progress(recording: string): Promise<Progress> {
  return ask(`/api/recordings/${recording}/progress`);
}
