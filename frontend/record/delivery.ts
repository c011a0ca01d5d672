// Everything of one capture on its way to the server: its files side by side, and what has to be told, in order.
import { Refused } from "../island/ask";
import { waitBefore } from "../upload/retry";
import { Sending } from "./sending";
import { end, tell } from "./server";
import type { Kept, Part, Step, Store } from "./store";

export interface Ears {
  /** Bytes that are safe on the server, of all its files. */
  arrived(bytes: number): void;
  waiting(status: number): void;
  /** All of it is there. */
  done(): void;
  refused(reason: Refused): void;
}

export class Delivery {
  private readonly sendings: Sending[];
  private readonly bytes = new Map<string, number>();
  private readonly ended = new Set<string>();
  private isTelling = false;
  private isClosed = false;

  constructor(
    private readonly store: Store,
    readonly kept: Kept,
    private readonly ears: Ears,
  ) {
    const heard = {
      arrived: (part: Part, bytes: number) => this.count(part, bytes),
      waiting: (status: number) => this.ears.waiting(status),
      done: (part: Part) => this.partDone(part),
      refused: (_: Part, reason: Refused) => this.ears.refused(reason),
    };
    this.sendings = kept.parts.map((part) => new Sending(store, part, heard));
  }

  start(): void {
    for (const sending of this.sendings) void sending.run();
    void this.tellAll();
  }

  wake(): void {
    for (const sending of this.sendings) sending.wake();
  }

  close(): void {
    this.isClosed = true;
    for (const sending of this.sendings) sending.close();
  }

  /** Nothing more comes of a file; one of which nothing came is no part of the recording. */
  async ends(part: Part, length: number): Promise<void> {
    part.length = length;
    await this.store.put(this.kept);
    if (!length) this.partDone(part);
    this.wake();
  }

  /** To be told as soon as the server can be reached. */
  async say(step: Step): Promise<void> {
    this.kept.steps.push(step);
    await this.store.put(this.kept);
    await this.tellAll();
  }

  private async tellAll(): Promise<void> {
    if (this.isTelling) return;
    this.isTelling = true;
    for (let attempt = 1; this.kept.steps.length && !this.isClosed; attempt += 1) {
      const [step] = this.kept.steps;
      try {
        await tell(this.kept.recording, step as Step);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.status === 0 || error.status === 401 || error.status >= 500) {
          await new Promise((resolve) => setTimeout(resolve, waitBefore(attempt, Math.random())));
          continue;
        } // any other no: it stands where it stands, and the files end it
      }
      this.kept.steps.shift();
      await this.store.put(this.kept);
    }
    this.isTelling = false;
  }

  private count(part: Part, bytes: number): void {
    this.bytes.set(part.url, bytes);
    this.ears.arrived([...this.bytes.values()].reduce((sum, one) => sum + one, 0));
  }

  private partDone(part: Part): void {
    this.ended.add(part.url);
    if (this.kept.parts.every((one) => this.ended.has(one.url))) void this.finish();
  }

  private async finish(): Promise<void> {
    if (this.kept.parts.some((part) => !part.length)) {
      await end(this.kept.recording, "finish").catch(() => undefined); // without the part that is not there
    }
    await this.store.forget(this.kept);
    this.ears.done();
  }
}
