// The player as the panel sees it: a clock that can be set.

export interface Player {
  /** Milliseconds. */
  now(): number;
  seek(ms: number): void;
  onMove(heard: (ms: number) => void): void;
}

/** The player of this page, once it is there. */
export function findPlayer(place: HTMLElement): Promise<Player> {
  return new Promise((found) => {
    const look = () => {
      const video = place.querySelector<HTMLVideoElement>("video.is-first");
      if (video) found(of(video));
      return video !== null;
    };
    if (look()) return;
    const watcher = new MutationObserver(() => look() && watcher.disconnect());
    watcher.observe(place, { childList: true, subtree: true });
  });
}

function of(video: HTMLVideoElement): Player {
  return {
    now: () => video.currentTime * 1000,
    seek: (ms) => {
      video.currentTime = ms / 1000 + 0.03; // inside what begins there, not at the end of what was before: a packet of sound
      if (video.paused) video.play().catch(() => undefined);
    },
    onMove: (heard) => {
      for (const turn of ["timeupdate", "seeked"] as const)
        video.addEventListener(turn, () => heard(video.currentTime * 1000));
    },
  };
}
