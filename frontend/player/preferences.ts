// What one person likes, kept in their browser; a browser that keeps nothing is no error.

export type Preference = "layout" | "speed" | "height" | "keys" | "bandwidth" | "captions" | "description" | "language" | "captionSize" | "captionLook";

export function recall(name: Preference): string | null {
  try {
    return localStorage.getItem(`cathedra.player.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: Preference, value: string): void {
  try {
    localStorage.setItem(`cathedra.player.${name}`, value);
  } catch {
    // nothing is kept: private windows and full disks say no here
  }
}
