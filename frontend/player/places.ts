// Chapters on the timeline, and the way from one chapter or slide to the next.
import { gettext } from "../island/words";
import { indexAt } from "../panel/find";
import type { Speech } from "./speech";

const INSIDE_S = 0.03; // inside what begins there: a packet of sound of what was before may be longer
const JUST_BEGUN_MS = 3000; // back from here is to the one before, from later on to where this one begins

export interface Place {
  readonly start_ms: number;
  readonly title: string;
}

/** What the panel beside the player has read of the recording. */
export interface Content {
  readonly chapters: readonly Place[];
  readonly slides: readonly Place[];
}

export type Kind = keyof Content;

/** Where to go from here; nothing when there is none in that direction. */
export function stepFrom(starts: readonly number[], nowMs: number, by: number): number | null {
  const here = indexAt(starts, nowMs + 50);
  const begun = starts[here];
  if (by > 0) return starts[here + 1] ?? null;
  if (begun === undefined) return null;
  return nowMs - begun > JUST_BEGUN_MS ? begun : (starts[here - 1] ?? begun);
}

export class Places {
  private content: Content = { chapters: [], slides: [] };
  private track: TextTrack | null = null;

  constructor(
    place: HTMLElement,
    private readonly video: HTMLVideoElement,
    private readonly speech: Speech,
  ) {
    place.addEventListener("content", (event) => {
      this.content = (event as CustomEvent<Content>).detail;
      this.draw();
    });
    for (const turn of ["durationchange", "loadeddata"] as const) video.addEventListener(turn, () => this.draw());
  }

  go(kind: Kind, by: number): void {
    const places = this.content[kind];
    const names = kind === "chapters" ? gettext("This recording has no chapters") : gettext("This recording has no slides");
    if (places.length === 0) return this.speech.flash(names);
    const to = stepFrom(places.map((place) => place.start_ms), this.video.currentTime * 1000, by);
    const found = places.findIndex((place) => place.start_ms === to);
    if (to === null) return this.speech.flash(kind === "chapters" ? gettext("There is no other chapter") : gettext("There is no other slide"));
    this.video.currentTime = to / 1000 + INSIDE_S;
    this.speech.flash(places[found]?.title || gettext("Slide {number}", { number: found + 1 }));
  }

  /** The timeline shows the chapters of a text track of its video. */
  private draw(): void {
    const { chapters } = this.content;
    const whole = this.video.duration;
    if (!Number.isFinite(whole) || (chapters.length === 0 && !this.track)) return;
    this.track ??= this.video.addTextTrack("chapters", gettext("Chapters"), document.documentElement.lang);
    const { track } = this;
    track.mode = "hidden";
    for (const cue of [...(track.cues ?? [])]) track.removeCue(cue);
    chapters.forEach(({ start_ms, title }, place) => {
      const end = Math.min(whole, (chapters[place + 1]?.start_ms ?? whole * 1000) / 1000);
      if (start_ms / 1000 < end) track.addCue(new VTTCue(start_ms / 1000, end, title));
    });
    this.video.textTracks.dispatchEvent(new Event("change"));
  }
}
