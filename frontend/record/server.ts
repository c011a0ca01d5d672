// What the recorder asks of the product's API.
import type { components } from "../api";
import { ask, Refused } from "../island/ask";
import type { Step } from "./store";

export type Line = components["schemas"]["CaptureLine"];
type Begun = components["schemas"]["CaptureBegun"];

/** Begins in a folder; refused before anything is recorded, where a gate is shut. */
export function begin(folder: string, title: string, files: string[], use: string | null): Promise<Begun> {
  const declaration = use ? (JSON.parse(use) as unknown) : null;
  const body = JSON.stringify({ title, files, declaration });
  return ask(`/api/folders/${folder}/captures`, { method: "POST", body });
}

/** Pauses, goes on or stops. */
export async function tell(recording: string, step: Step): Promise<void> {
  const body = JSON.stringify({ at_ms: step.at_ms });
  await ask(`/api/captures/${recording}/${step.step}`, { method: "POST", body });
}

const BUSY_MS = 1000;

/** Ends it with what has arrived, or puts that into the bin. What is arriving just now is waited for. */
export async function end(recording: string, how: "finish" | "cancel", tries = 10): Promise<void> {
  try {
    await ask(`/api/captures/${recording}/${how}`, { method: "POST" });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "LOCKED" || tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    await end(recording, how, tries - 1);
  }
}

/** Mine that go on. */
export function mine(): Promise<Line[]> {
  return ask("/api/captures");
}
