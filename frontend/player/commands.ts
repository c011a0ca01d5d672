// Carries out what a key or a button asks for.
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { type Command, speedAfter } from "./keys";
import type { Speech } from "./speech";

const FRAME_S = 1 / 25;

/** What commands act on beyond the first video. */
export interface Hands {
  readonly video: HTMLVideoElement;
  readonly controller: HTMLElement;
  readonly speech: Speech;
  setSpeed(speed: number): void;
  nextLayout(): void;
  swap(): void;
  captions(): void;
  describe(): void;
  goTo(what: "chapters" | "slides", by: number): void;
  help(): void;
  close(): void;
}

export function run(command: Command, hands: Hands): void {
  const { video, speech } = hands;
  switch (command.do) {
    case "toggle":
      return toggle(video);
    case "seekBy":
      return seekTo(video, video.currentTime + command.by, speech);
    case "seekToShare":
      return seekTo(video, (video.duration || 0) * command.by, speech);
    case "stepBy":
      return void (video.paused && (video.currentTime += command.by * FRAME_S));
    case "speedBy":
      return hands.setSpeed(speedAfter(video.playbackRate, command.by));
    case "volumeBy":
      return changeVolume(video, command.by, speech);
    case "chapterBy":
      return hands.goTo("chapters", command.by);
    case "slideBy":
      return hands.goTo("slides", command.by);
    default:
      return press(command.do, hands);
  }
}

function press(what: Command["do"], hands: Hands): void {
  const { video, speech } = hands;
  const deeds: Partial<Record<Command["do"], () => void>> = {
    mute: () => {
      video.muted = !video.muted;
      speech.flash(video.muted ? gettext("Sound off") : gettext("Sound on"));
    },
    fullscreen: () => void fullscreen(hands.controller),
    captions: () => hands.captions(),
    describe: () => hands.describe(),
    pip: () => void pictureInPicture(video, speech),
    layout: () => hands.nextLayout(),
    swap: () => hands.swap(),
    help: () => hands.help(),
    bookmark: () => void video.dispatchEvent(new CustomEvent("bookmark", { bubbles: true })), // the panel keeps them
    close: () => hands.close(),
  };
  deeds[what]?.();
}

function toggle(video: HTMLVideoElement): void {
  if (video.paused) video.play().catch(() => undefined);
  else video.pause();
}

function seekTo(video: HTMLVideoElement, seconds: number, speech: Speech): void {
  if (!Number.isFinite(video.duration)) return;
  video.currentTime = Math.max(0, Math.min(video.duration - 0.1, seconds));
  speech.flash(gettext("{now} of {whole}", { now: clockTime(video.currentTime), whole: clockTime(video.duration) }));
}

function changeVolume(video: HTMLVideoElement, by: number, speech: Speech): void {
  video.volume = Math.max(0, Math.min(1, video.volume + by));
  if (by > 0) video.muted = false;
  speech.flash(gettext("Volume {percent} %", { percent: Math.round(video.volume * 100) }));
}

async function fullscreen(controller: HTMLElement): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await controller.requestFullscreen?.().catch(() => undefined);
}

async function pictureInPicture(video: HTMLVideoElement, speech: Speech): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    speech.flash(gettext("This browser has no small window for pictures"));
  }
}
