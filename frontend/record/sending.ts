// Sends one file by tus while it is recorded, and does not give up. How long it is is told with its last bytes.
import { Refused, refusalOf } from "../island/ask";
import { gettext } from "../island/words";
import { waitBefore } from "../upload/retry";
import type { Part, Store } from "./store";

const MOST_BYTES = 1024 * 1024;
const SILENCE_MS = 120_000;
const FINAL = [404, 410, 413];

export interface Ears {
  arrived(part: Part, bytes: number): void;
  /** Trying again in a while; the status is 0 where nothing answered. */
  waiting(status: number): void;
  done(part: Part): void;
  refused(part: Part, reason: Refused): void;
}

export class Sending {
  private at: number | null = null;
  private attempt = 0;
  private isOver = false;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly store: Store,
    private readonly part: Part,
    private readonly ears: Ears,
  ) {
    window.addEventListener("online", () => this.wake());
  }

  /** There is more, or the end is known. */
  wake(): void {
    this.wakeUp();
  }

  close(): void {
    this.isOver = true;
    this.wake();
  }

  async run(): Promise<void> {
    while (!this.isOver) {
      try {
        if (await this.step()) continue;
        await this.rest(60_000);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (FINAL.includes(error.status) || error.code === "ENDED") {
          this.isOver = true;
          return this.ears.refused(this.part, error);
        }
        this.at = null;
        this.attempt += 1;
        this.ears.waiting(error.status);
        await this.rest(waitBefore(this.attempt, Math.random()));
      }
    }
  }

  /** False when there is nothing to do until more was recorded. */
  private async step(): Promise<boolean> {
    if (this.at === null) {
      this.at = await this.ask();
      if (this.isOver) return true;
    }
    const body = await this.store.read(this.part.url, this.at, MOST_BYTES);
    const isEnd = this.part.length !== null && this.at + body.size >= this.part.length;
    if (!body.size && !isEnd) return false;
    const length: Record<string, string> = isEnd ? { "Upload-Length": String(this.part.length) } : {};
    const headers = { "Upload-Offset": String(this.at), "Content-Type": "application/offset+octet-stream", ...length };
    const answer = await this.request("PATCH", headers, body);
    this.at = Number(answer.headers.get("Upload-Offset"));
    this.attempt = 0;
    await this.store.drop(this.part.url, this.at);
    this.ears.arrived(this.part, this.at);
    if (isEnd && this.at === this.part.length) this.finish();
    return true;
  }

  /** Where the server stands. */
  private async ask(): Promise<number> {
    const answer = await this.request("HEAD", {}, null);
    const at = Number(answer.headers.get("Upload-Offset"));
    const whole = answer.headers.get("Upload-Length");
    if (whole !== null && at >= Number(whole)) {
      if (this.part.length !== at) {
        throw new Refused(409, "ENDED", gettext("This recording was finished with what had arrived before."));
      }
      this.finish();
    }
    this.ears.arrived(this.part, at);
    return at;
  }

  private finish(): void {
    this.isOver = true;
    this.ears.done(this.part);
  }

  private async request(method: string, headers: Record<string, string>, body: Blob | null): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(this.part.url, {
        method,
        headers: { "Tus-Resumable": "1.0.0", ...headers },
        body,
        credentials: "same-origin",
        signal: AbortSignal.timeout(SILENCE_MS),
      });
    } catch {
      throw new Refused(0, "OFFLINE", "");
    }
    if (!answer.ok) throw refusalOf(answer.status, answer.headers.get("Cathedra-Code"), await answer.text());
    return answer;
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
