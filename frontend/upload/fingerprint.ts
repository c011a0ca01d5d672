// Knows a file again after a reload: by name, size, date, and what its first and last mebibyte hold.

const EDGE = 1024 * 1024;

const ROUND = Uint32Array.from({ length: 64 }, (_, i) => fraction(prime(i), 3));
const START = Uint32Array.from({ length: 8 }, (_, i) => fraction(prime(i), 2));

/** The same text for the same file, whatever page or day it is dropped on. Reads at most two mebibytes. */
export async function fingerprint(file: File): Promise<string> {
  const head = await file.slice(0, EDGE).arrayBuffer();
  const tail = file.size > EDGE ? await file.slice(Math.max(EDGE, file.size - EDGE)).arrayBuffer() : new ArrayBuffer(0);
  const label = new TextEncoder().encode(`${file.name}\n${file.size}\n${file.lastModified}\n`);
  const all = new Uint8Array(label.length + head.byteLength + tail.byteLength);
  all.set(label);
  all.set(new Uint8Array(head), label.length);
  all.set(new Uint8Array(tail), label.length + head.byteLength);
  return sha256(all);
}

/** SHA-256 in hexadecimal. Written out because `crypto.subtle` is absent on a plain-HTTP address in a local network. */
export function sha256(bytes: Uint8Array): string {
  const state = Uint32Array.from(START);
  const padded = pad(bytes);
  const view = new DataView(padded.buffer);
  const schedule = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) block(state, view, at, schedule);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return padded;
}

function block(state: Uint32Array, view: DataView, at: number, w: Uint32Array): void {
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15] as number;
    const b = w[i - 2] as number;
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = (w[i - 16] as number) + low + (w[i - 7] as number) + high;
  }
  compress(state, w);
}

function compress(state: Uint32Array, w: Uint32Array): void {
  const at = (index: number) => state[index] as number;
  let a = at(0),
    b = at(1),
    c = at(2),
    d = at(3),
    e = at(4),
    f = at(5),
    g = at(6),
    h = at(7);
  for (let i = 0; i < 64; i++) {
    const word = (ROUND[i] as number) + (w[i] as number);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + word) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const mixed = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = at(i) + (mixed[i] as number);
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function prime(index: number): number {
  let [found, number] = [-1, 1];
  while (found < index) {
    number++;
    let divisor = 2;
    while (divisor * divisor <= number && number % divisor) divisor++;
    if (divisor * divisor > number) found++;
  }
  return number;
}

function fraction(number: number, root: 2 | 3): number {
  const value = root === 2 ? Math.sqrt(number) : Math.cbrt(number);
  return (value - Math.floor(value)) * 2 ** 32;
}
