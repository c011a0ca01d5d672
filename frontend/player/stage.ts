// The player's elements: two pictures, media-chrome's controls in our look, and places for what has to be said.
import "./nonce";
import "media-chrome/media-controller";
import "media-chrome/media-control-bar";
import "media-chrome/media-play-button";
import "media-chrome/media-seek-backward-button";
import "media-chrome/media-seek-forward-button";
import "media-chrome/media-mute-button";
import "media-chrome/media-volume-range";
import "media-chrome/media-time-range";
import "media-chrome/media-time-display";
import "media-chrome/media-pip-button";
import "media-chrome/media-fullscreen-button";
import "media-chrome/media-loading-indicator";
import { custom, el, icon } from "../island/elements";
import { gettext } from "../island/words";
import type { PlayerData } from "./data";
import { DRAWINGS } from "./drawings";

export interface Stage {
  readonly root: HTMLElement;
  readonly controller: HTMLElement;
  readonly first: HTMLVideoElement;
  readonly second: HTMLVideoElement | null;
  readonly begin: HTMLButtonElement;
  readonly inset: HTMLButtonElement;
  readonly layout: HTMLButtonElement;
  readonly swap: HTMLButtonElement;
  readonly captions: HTMLButtonElement;
  readonly settings: HTMLButtonElement;
  readonly help: HTMLButtonElement;
  /** Quiet lines at the top: the network, the place that was resumed. */
  readonly notices: HTMLElement;
  /** The captions of the moment, above the controls. */
  readonly words: HTMLElement;
  /** A large word over the picture for a moment: a speed, a layout. */
  readonly flash: HTMLElement;
  /** Covers the pictures when there is nothing to play, with the reason. */
  readonly wall: HTMLElement;
  /** What a screen reader says. */
  readonly voice: HTMLElement;
}

/** Builds the elements inside `place`; nothing is fetched yet. */
export function build(place: HTMLElement, data: PlayerData, hasPictures: boolean, hasTwo: boolean): Stage {
  const first = picture("first", data);
  const second = hasTwo ? picture("second", data) : null;
  if (second) second.muted = true;
  const parts = buttons(hasTwo);
  const notices = el("div", { class: "player-notices" });
  notices.slot = "top-chrome";
  notices.setAttribute("noautohide", "");
  const flash = el("div", { class: "player-flash", "aria-hidden": "true" });
  const begin = button("player-begin", gettext("Play"), DRAWINGS.play);
  for (const middle of [flash, begin]) middle.slot = "centered-chrome";
  const words = el("div", { class: "player-words", "aria-hidden": "true" });
  words.setAttribute("noautohide", "");
  const wall = el("div", { class: "player-wall", hidden: true });
  wall.slot = "dialog";
  const voice = el("div", { class: "player-voice", role: "status", "aria-live": "polite" });
  const inset = el("button", {
    type: "button",
    class: "player-inset",
    tabIndex: -1,
    title: gettext("Make this the large picture"),
  });
  inset.setAttribute("aria-hidden", "true");
  const controller = custom("media-controller", { nohotkeys: "", lang: "en", autohide: "3" });
  controller.append(
    first,
    ...(second ? [second] : []),
    notices,
    flash,
    begin,
    waiting(),
  );
  controller.append(...(hasTwo ? [inset] : []), words, timeline(), controlBar(parts, hasPictures, hasTwo), wall);
  const root = el("div", { class: "player", "data-state": "loading" }, controller, voice);
  root.dataset.pictures = hasPictures ? (hasTwo ? "2" : "1") : "0";
  place.replaceChildren(root);
  controller.setAttribute("aria-label", gettext("Player: {title}", { title: data.title }));
  return { root, controller, first, second, begin, inset, notices, words, flash, wall, voice, ...parts };
}

/** A ring that turns while pictures are waited for, and only then: the one that media-chrome brings turns for ever, seen or
 * not, which is a sixth of a core for every page that stands still. */
function waiting(): HTMLElement {
  const ring = el("span", { class: "player-ring", slot: "icon" });
  return custom("media-loading-indicator", { slot: "centered-chrome", noautohide: "" }, ring);
}

/** A button with a drawing and a name; the name shows as a hint too. */
export function button(look: string, name: string, drawing: readonly string[]): HTMLButtonElement {
  return el("button", { type: "button", class: look, title: name, "aria-label": name }, icon(drawing));
}

function picture(order: "first" | "second", data: PlayerData): HTMLVideoElement {
  const video = el("video", { class: `player-picture is-${order}`, playsInline: true, preload: "auto", tabIndex: -1 });
  video.slot = "media";
  video.setAttribute("preservespitch", "");
  if (order === "first") {
    if (data.poster_url) video.poster = data.poster_url;
    if (data.storyboard_url) video.append(storyboard(data.storyboard_url));
  } else video.disablePictureInPicture = true;
  return video;
}

/** The small pictures of the timeline, of another version. */
export function renewStoryboard(video: HTMLVideoElement, address: string | null): void {
  video.querySelector("track[kind=metadata]")?.remove();
  if (address) video.append(storyboard(address));
}

function storyboard(address: string): HTMLTrackElement {
  return el("track", { kind: "metadata", label: "thumbnails", default: true, src: address });
}

function buttons(hasTwo: boolean) {
  const parts = {
    layout: button("player-button is-layout", gettext("Layout (Shift+L)"), DRAWINGS.side),
    swap: button("player-button is-swap", gettext("Swap the pictures (S)"), DRAWINGS.swap),
    help: button("player-button is-help", gettext("Keyboard help (?)"), DRAWINGS.help),
    captions: button("player-button is-captions", gettext("Captions (C)"), DRAWINGS.captions),
    settings: button("player-button is-settings", gettext("Settings: speed, quality, layout"), DRAWINGS.settings),
  };
  parts.layout.hidden = parts.swap.hidden = !hasTwo;
  parts.captions.hidden = true; // until the recording is known to have some
  parts.captions.setAttribute("aria-pressed", "false");
  parts.settings.setAttribute("aria-expanded", "false");
  return parts;
}

function timeline(): HTMLElement {
  return custom("media-control-bar", { class: "player-timeline" }, custom("media-time-range", {}));
}

function controlBar(parts: ReturnType<typeof buttons>, hasPictures: boolean, hasTwo: boolean): HTMLElement {
  const bar = custom(
    "media-control-bar",
    { class: "player-bar" },
    custom("media-play-button", {}),
    custom("media-seek-backward-button", { seekoffset: "10", class: "is-wide" }),
    custom("media-seek-forward-button", { seekoffset: "10", class: "is-wide" }),
    custom("media-mute-button", {}),
    custom("media-volume-range", { class: "is-wide" }),
    custom("media-time-display", { showduration: "", notoggle: "" }),
    el("span", { class: "player-gap" }),
  );
  if (hasTwo) bar.append(parts.swap, parts.layout);
  bar.append(parts.captions, parts.help, parts.settings);
  if (!hasPictures) return bar;
  if (document.pictureInPictureEnabled) bar.append(custom("media-pip-button", { class: "is-wide" }));
  bar.append(custom("media-fullscreen-button", {}));
  return bar;
}
