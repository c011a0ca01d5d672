// The sounds of a recording, one of which may also say what is shown (R212): what they are called, and which is heard.
import { gettext } from "../island/words";

export interface Sound {
  readonly name: string;
  readonly language: string;
  /** A full mix, heard instead of the recording's own sound. */
  readonly isDescription: boolean;
}

/** What hls.js knows of a sound of the playlist. */
interface Told {
  readonly name?: string;
  readonly lang?: string;
  readonly characteristics?: string;
}

/** What a browser with HLS of its own knows (HTML, AudioTrackList): Safari. */
export interface OwnTrack {
  readonly kind: string;
  readonly label: string;
  readonly language: string;
  enabled: boolean;
}

const DESCRIBES = "public.accessibility.describes-video";
const KINDS = ["main-desc", "description", "descriptions"];

export function soundOf(track: Told): Sound {
  const isDescription = (track.characteristics ?? "").split(",").includes(DESCRIBES);
  return { name: track.name ?? "", language: track.lang ?? "", isDescription };
}

export function ownSoundOf(track: OwnTrack): Sound {
  return { name: track.label, language: track.language, isDescription: KINDS.includes(track.kind) };
}

/** The tracks of a video where the browser plays HLS itself; none where it tells of none. */
export function ownTracks(video: HTMLVideoElement): OwnTrack[] {
  const list = (video as { audioTracks?: ArrayLike<OwnTrack> }).audioTracks;
  return list ? Array.from(list) : [];
}

/** Which is to be heard: the one that was chosen here, else an audio description for who likes to hear them; -1: whichever
 * the playlist says. */
export function heardFirst(sounds: readonly Sound[], chosen: number, likesDescription: boolean): number {
  if (chosen >= 0 && chosen < sounds.length) return chosen;
  return likesDescription ? sounds.findIndex((sound) => sound.isDescription) : -1;
}

/** What the key d goes over to; -1 where there is no audio description, or nothing beside it. */
export function otherSound(sounds: readonly Sound[], heard: number): number {
  if (!sounds.some((sound) => sound.isDescription)) return -1;
  const isDescribing = Boolean(sounds[heard]?.isDescription);
  return sounds.findIndex((sound) => sound.isDescription !== isDescribing);
}

/** As they are called in the menu. */
export function labelsOf(sounds: readonly Sound[], nameOf = languageName): string[] {
  const own = sounds.filter((sound) => !sound.isDescription).length;
  return sounds.map((sound, index) => {
    const language = sound.language && nameOf(sound.language);
    if (sound.isDescription)
      return language ? gettext("Audio description ({language})", { language }) : gettext("Audio description");
    if (own === 1) return gettext("As recorded"); // what a file calls its only sound is often its maker's name for sounds
    if (sound.name && sound.name !== sound.language && !/^\d+$/.test(sound.name)) return sound.name;
    return language || gettext("Sound {number}", { number: index + 1 });
  });
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang || "en-GB"], { type: "language" }).of(code) ?? code;
  } catch {
    return code; // what a file calls its language need not be one
  }
}
