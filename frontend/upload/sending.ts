// Sends one file by tus and does not give up: the network may go, the server may restart, the person may pause.
import * as tus from "tus-js-client";
import { Refused, refusalOf } from "../island/ask";
import { gettext } from "../island/words";
import { type Cause, causeOf, waitBefore } from "./retry";

/**
 * 64 MiB a request: a request costs one round trip, under a hundredth of its time even on a fast line; each one asks
 * again whether the person may upload; and a proxy that hoards a request before passing it on loses at most this much.
 * Bytes of a request that breaks off are kept by the server, so smaller pieces would save nothing.
 */
const PIECE_BYTES = 64 * 1024 * 1024;
const SILENCE_MS = 45_000;
const RIVAL_TIMES = 4;
const RIVAL_MS = 30_000;
const ENDPOINT = "/files/";

/** Where the file belongs, as told to the server when the upload begins. */
export interface Label {
  readonly folder: string;
  readonly title: string;
  readonly fingerprint: string;
  readonly recording?: string | undefined;
  /** A recording whose file could not be used: this one takes its place. */
  readonly instead?: string | undefined;
  /** What it is for, as JSON. */
  readonly use: string | null;
}

/** What happens while a file is sent. */
export interface Ears {
  announced(url: string, recording: string | null): void;
  progressed(bytes: number): void;
  interrupted(cause: Cause, waitMs: number): void;
  arrived(): void;
  refused(reason: Refused): void;
}

export class Sending {
  private upload: tus.Upload | null = null;
  private attempt = 0;
  private takenAt: readonly number[] = [];
  private again = 0;
  private silence = 0;
  private readonly wake = () => this.isWaiting && this.go();

  constructor(
    private readonly file: File,
    private readonly label: () => Label,
    private url: string | null,
    private readonly ears: Ears,
  ) {}

  get isWaiting(): boolean {
    return this.again !== 0;
  }

  start(): void {
    window.addEventListener("online", this.wake);
    this.go();
  }

  /** Stops, keeping what has arrived; `start` goes on. */
  async pause(): Promise<void> {
    this.quiet();
    await this.upload?.abort();
    this.upload = null;
  }

  /** Stops, and the server forgets what has arrived. */
  async cancel(): Promise<void> {
    await this.pause();
    if (this.url) await tus.Upload.terminate(this.url, { retryDelays: [0, 1000, 3000] });
  }

  private go(): void {
    clearTimeout(this.again);
    this.again = 0;
    const upload = new tus.Upload(this.file, this.options());
    this.upload = upload;
    this.listenForSilence();
    upload.start();
  }

  private options(): tus.UploadOptions {
    let recording: string | null = null;
    return {
      endpoint: this.url ? null : ENDPOINT,
      uploadUrl: this.url,
      metadata: metadata(this.file, this.label()),
      chunkSize: PIECE_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onAfterResponse: (_, response) => {
        recording = response.getHeader("Cathedra-Recording") ?? recording;
      },
      onUploadUrlAvailable: () => {
        this.url = this.upload?.url ?? this.url;
        if (this.url) this.ears.announced(this.url, recording);
      },
      onProgress: (bytes) => {
        this.attempt = 0;
        this.listenForSilence();
        this.ears.progressed(bytes);
      },
      onSuccess: () => {
        this.quiet();
        this.ears.arrived();
      },
      onError: (error) => this.failed(error),
    };
  }

  private failed(error: Error | tus.DetailedError): void {
    clearTimeout(this.silence);
    const response = "originalResponse" in error ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    const cause = "originalRequest" in error ? causeOf(status) : "network";
    if (cause === "final") {
      this.quiet();
      return this.ears.refused(
        refusalOf(status, response?.getHeader("Cathedra-Code") ?? null, response?.getBody() ?? ""),
      );
    }
    if (cause === "busy" && this.hasRival()) {
      this.quiet();
      const sentence = gettext("This file is being sent from another window or device. It goes on there.");
      return this.ears.refused(new Refused(status, "LOCKED", sentence));
    }
    if (cause === "gone") this.url = null; // it expired or was cancelled elsewhere: begin again
    this.attempt += 1;
    this.rest(cause, cause === "gone" ? 0 : waitBefore(this.attempt, Math.random()));
  }

  /** Taken from us again and again: not our own lost connection, but somebody else who sends the same file. */
  private hasRival(): boolean {
    const now = performance.now();
    this.takenAt = [...this.takenAt.filter((at) => now - at < RIVAL_MS), now];
    return this.takenAt.length >= RIVAL_TIMES;
  }

  private rest(cause: Cause, waitMs: number): void {
    this.ears.interrupted(cause, waitMs);
    this.again = window.setTimeout(() => this.go(), waitMs);
  }

  /** A connection that died without a word is given up and tried again. */
  private listenForSilence(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => {
      void this.upload?.abort();
      this.attempt += 1;
      this.rest("network", waitBefore(this.attempt, Math.random()));
    }, SILENCE_MS);
  }

  private quiet(): void {
    clearTimeout(this.again);
    clearTimeout(this.silence);
    this.again = 0;
    window.removeEventListener("online", this.wake);
  }
}

function metadata(file: File, label: Label): Record<string, string> {
  const told: Record<string, string> = { filename: file.name, fingerprint: label.fingerprint };
  if (label.use) told.declaration = label.use;
  if (label.instead) return { ...told, recording: label.instead, position: "0" };
  if (label.recording) return { ...told, recording: label.recording, position: "1" };
  return { ...told, folder: label.folder, title: label.title };
}
