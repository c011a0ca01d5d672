// Keeps what is recorded in the browser until the server has it: over a lost network, a reload and a crash.
import { endOf, from, type Slice } from "./slices";

const NAME = "cathedra-record";
const CAPTURES = "captures";
const SLICES = "slices";

/** One file of a capture; `length` is null until it is known. */
export interface Part {
  readonly url: string;
  readonly name: string;
  length: number | null;
}

/** Something the server has to be told, in order, when it can be reached. */
export interface Step {
  readonly step: "pause" | "resume" | "stop";
  readonly at_ms: number;
}

/** A capture as this browser knows it. */
export interface Kept {
  readonly recording: string;
  readonly account: string;
  readonly title: string;
  readonly begunAt: number;
  readonly parts: Part[];
  steps: Step[];
  lastMs: number;
}

/** Where the disk is not given to us, memory has to do: then only a reload loses what was not sent. */
export class Store {
  private readonly memory: Slice[] = [];
  private readonly known = new Map<string, Kept>();

  private constructor(private readonly disk: IDBDatabase | null) {}

  static async open(): Promise<Store> {
    try {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore(CAPTURES, { keyPath: "recording" });
        asked.result.createObjectStore(SLICES, { keyPath: ["url", "offset"] });
      };
      return new Store(await done(asked));
    } catch {
      return new Store(null);
    }
  }

  async put(kept: Kept): Promise<void> {
    this.known.set(kept.recording, kept);
    await this.write(CAPTURES, (place) => place.put(kept)).catch(() => undefined);
  }

  /** What was begun in this browser by this person. */
  async captures(account: string): Promise<Kept[]> {
    const found = this.disk ? await done(this.on(CAPTURES).getAll() as IDBRequest<Kept[]>) : [...this.known.values()];
    return found.filter((one) => one.account === account);
  }

  async add(slice: Slice): Promise<void> {
    try {
      await this.write(SLICES, (place) => place.put(slice));
    } catch {
      this.memory.push(slice); // the disk is full
    }
  }

  async read(url: string, at: number, most: number): Promise<Blob> {
    return from(await this.slices(url), at, most);
  }

  async end(url: string): Promise<number> {
    return endOf(await this.slices(url));
  }

  /** All that is here of a file, with its beginning, without which nothing of it plays. */
  async rescued(url: string): Promise<Blob> {
    return new Blob((await this.slices(url)).map((one) => one.blob));
  }

  /** The server has everything before `offset`. The first slice stays, as it says how to play the others. */
  async drop(url: string, offset: number): Promise<void> {
    const gone = (await this.slices(url)).filter((one) => one.offset > 0 && one.offset + one.blob.size <= offset);
    for (const slice of gone) await this.write(SLICES, (place) => place.delete([url, slice.offset])).catch(() => 0);
    this.memory.splice(0, this.memory.length, ...this.memory.filter((one) => !gone.includes(one)));
  }

  /** All of it is on the server, or given up. */
  async forget(kept: Kept): Promise<void> {
    this.known.delete(kept.recording);
    for (const part of kept.parts) {
      const all = IDBKeyRange.bound([part.url], [part.url, []]);
      await this.write(SLICES, (place) => place.delete(all)).catch(() => undefined);
    }
    await this.write(CAPTURES, (place) => place.delete(kept.recording)).catch(() => undefined);
  }

  private async slices(url: string): Promise<Slice[]> {
    const here = this.memory.filter((one) => one.url === url);
    if (!this.disk) return here;
    const all = IDBKeyRange.bound([url], [url, []]);
    return [...(await done(this.on(SLICES).getAll(all) as IDBRequest<Slice[]>)), ...here];
  }

  private on(name: string): IDBObjectStore {
    return (this.disk as IDBDatabase).transaction(name).objectStore(name);
  }

  private async write(name: string, deed: (place: IDBObjectStore) => IDBRequest): Promise<void> {
    if (!this.disk) throw new Error("no disk");
    const change = this.disk.transaction(name, "readwrite", { durability: "strict" });
    deed(change.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error);
    });
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
