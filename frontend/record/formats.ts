// What a browser records as, and how the files are called.

/**
 * In our order: H.264 in WebM is copied as it is and plays seconds after the last byte; VP8 and VP9 are encoded first. A
 * WebM is written slice by slice, an MP4 in far larger steps, so that one comes last.
 */
export const TYPES = {
  picture: [
    "video/webm;codecs=h264,opus",
    "video/webm;codecs=vp8,opus",
    "video/webm;codecs=vp9,opus",
    "video/webm",
    "video/mp4",
  ],
  sound: ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"],
} as const;

export type Kind = keyof typeof TYPES;

/** The first that the browser can do; null: none of them. */
export function typeFor(kind: Kind, can: (type: string) => boolean): string | null {
  return TYPES[kind].find((type) => can(type)) ?? null;
}

/** `camera` of `video/webm;codecs=…` is `camera.webm`. */
export function fileName(what: string, type: string): string {
  return `${what}.${type.includes("mp4") ? "mp4" : "webm"}`;
}

/** What a recording is made of, in the order of its files: the camera first, and with no camera the screen. */
export function filesOf(chosen: { camera: boolean; screen: boolean; microphone: boolean }): string[] {
  const pictures = [chosen.camera && "camera", chosen.screen && "screen"].filter((one) => one !== false);
  return pictures.length || !chosen.microphone ? pictures : ["microphone"];
}
