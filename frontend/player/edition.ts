// A recording that is edited while somebody watches: the player goes over to what viewers have now, at the same moment.
import { Refused } from "../island/ask";
import { gettext } from "../island/words";
import { type PlayerData, player } from "./data";
import { hold } from "./held";
import type { Speech } from "./speech";
import type { Stage } from "./stage";

const TRIES = 4;
const TRY_AGAIN_MS = 1500; // answers about who may have what are kept for three seconds
const CALM_MS = 30_000;
const SAID_MS = 12_000;
const BEFORE_END_S = 0.3;

/** A file that is not there, to somebody who may have it: another version has other names. */
export function isOfAnother(status: number, code: string): boolean {
  return status === 404 && (code === "" || code === "ALLOW");
}

/** What is said of it; nothing where nothing is otherwise for them. */
export function sentenceOf(data: PlayerData): string {
  const { moved } = data;
  if (!moved || moved.is_same) return "";
  if (!moved.is_cut) return gettext("This recording was edited just now. You are at the same place in it.");
  if (moved.at_ms >= (data.duration_ms ?? 0))
    return gettext("This recording was edited just now. What you were watching was taken out, and it ends before that.");
  return gettext("This recording was edited just now. What you were watching was taken out; it goes on after that.");
}

/** What the rest of the player does when another version comes. */
export interface Deeds {
  /** Before anything is let go of. */
  leave(version: number): void;
  /** Fetch it from here on, and show what belongs to it. */
  go(data: PlayerData, seconds: number): void;
}

export class Edition {
  private tries = 0;
  private triedAt = -Infinity;
  private isBusy = false;

  constructor(
    private readonly recording: string,
    private version: number,
    private readonly stage: Stage,
    private readonly speech: Speech,
    private readonly deeds: Deeds,
  ) {}

  /** Goes over to the version that viewers have. Returns why not, null when it is done or is being done. */
  async renew(): Promise<Refused | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    try {
      return await this.take();
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    } finally {
      this.isBusy = false;
    }
  }

  private async take(): Promise<Refused | null> {
    const { first } = this.stage;
    const data = await this.ask();
    if (data.streams.length === 0) return new Refused(404, "NOT_READY", "");
    if (data.version === this.version && !(await this.mayTryAgain())) return new Refused(404, "", "");
    const wasPlaying = !first.paused;
    const isNews = data.version !== this.version && "begun" in this.stage.root.dataset;
    const letGo = hold(this.stage);
    this.deeds.leave(data.version);
    this.version = data.version;
    this.deeds.go(data, placeOf(data, first.currentTime));
    first.addEventListener("loadeddata", letGo, { once: true });
    if (wasPlaying) first.play().catch(() => undefined);
    if (isNews) this.say(sentenceOf(data));
    return null;
  }

  /** Where nobody answers, what is loaded plays on until somebody does. */
  private async ask(): Promise<PlayerData> {
    for (;;) {
      const at = Math.round(this.stage.first.currentTime * 1000);
      try {
        return await player(this.recording, { version: this.version, atMs: at });
      } catch (error) {
        if (!(error instanceof Refused) || (error.status !== 0 && error.status < 500)) throw error;
        await later();
      }
    }
  }

  private async mayTryAgain(): Promise<boolean> {
    const now = performance.now();
    if (now - this.triedAt > CALM_MS) this.tries = 0;
    this.triedAt = now;
    this.tries += 1;
    if (this.tries > 1) await later();
    return this.tries <= TRIES;
  }

  private say(sentence: string): void {
    if (!sentence) return;
    const remove = this.speech.notice("edited", sentence);
    setTimeout(remove, SAID_MS);
  }
}

function placeOf(data: PlayerData, fallback: number): number {
  const seconds = data.moved ? data.moved.at_ms / 1000 : fallback;
  const last = (data.duration_ms ?? 0) / 1000 - BEFORE_END_S;
  return Math.max(0, last > 0 ? Math.min(seconds, last) : seconds);
}

function later(): Promise<void> {
  return new Promise((go) => setTimeout(go, TRY_AGAIN_MS));
}
