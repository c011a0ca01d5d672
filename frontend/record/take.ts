// One take: a recorder for each file, all begun together, each slice put away before it counts.
import type { Delivery } from "./delivery";
import { typeFor } from "./formats";
import type { Kept, Part, Store } from "./store";

const SLICE_MS = 1000;
const PICTURE_BPS = 3_000_000;
const SOUND_BPS = 128_000;

/** What browsers know of beside the standard: how far key frames may be apart, for cuts and seeking. */
type Options = MediaRecorderOptions & { videoKeyFrameIntervalDuration?: number };

export class Take {
  private readonly recorders: MediaRecorder[] = [];
  private readonly ends: Promise<void>[] = [];
  private begun = 0;
  private left = 0;

  constructor(
    private readonly store: Store,
    private readonly kept: Kept,
    private readonly delivery: Delivery,
    streams: readonly MediaStream[],
    /** Every source has ended by itself. */
    private readonly ran: () => void,
  ) {
    streams.forEach((stream, number) => {
      const type = typeOf(stream);
      const options: Options = {
        ...(type ? { mimeType: type } : {}),
        videoBitsPerSecond: PICTURE_BPS,
        audioBitsPerSecond: SOUND_BPS,
        videoKeyFrameIntervalDuration: 2000,
      };
      const recorder = new MediaRecorder(stream, options);
      this.recorders.push(recorder);
      this.ends.push(this.keep(recorder, kept.parts[number] as Part));
    });
    this.left = this.recorders.length;
  }

  /** Milliseconds since the beginning, pauses and all. */
  get atMs(): number {
    return this.begun ? Math.round(performance.now() - this.begun) : 0;
  }

  start(): void {
    for (const recorder of this.recorders) recorder.start(SLICE_MS);
    this.begun = performance.now();
  }

  /** Everything that was recorded is put away when this returns. */
  async stop(): Promise<void> {
    for (const recorder of this.recorders) if (recorder.state !== "inactive") recorder.stop();
    await Promise.all(this.ends);
  }

  private keep(recorder: MediaRecorder, part: Part): Promise<void> {
    let offset = 0;
    let writing = Promise.resolve();
    recorder.addEventListener("dataavailable", (event) => {
      if (!event.data.size) return;
      const slice = { url: part.url, offset, blob: event.data };
      offset += event.data.size;
      this.kept.lastMs = this.atMs;
      writing = writing.then(() => this.put(slice));
    });
    return new Promise((resolve) => {
      recorder.addEventListener("stop", () => {
        this.left -= 1;
        if (!this.left) this.ran();
        void writing.then(() => this.delivery.ends(part, offset)).then(resolve);
      });
    });
  }

  private async put(slice: { url: string; offset: number; blob: Blob }): Promise<void> {
    await this.store.add(slice);
    await this.store.put(this.kept);
    this.delivery.wake();
  }
}

/** As what a stream is recorded. */
export function typeOf(stream: MediaStream): string {
  const kind = stream.getVideoTracks().length ? "picture" : "sound";
  return typeFor(kind, (type) => MediaRecorder.isTypeSupported(type)) ?? "";
}
