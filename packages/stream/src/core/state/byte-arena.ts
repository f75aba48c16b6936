import type { PageWriter } from "./paged-rows.ts";

const pageBytes = 4080;
const pagesPerChunk = 32;
const chunkBytes = pageBytes * pagesPerChunk;
const referencesPerChunk = chunkBytes / 8;
/** Chunks read back in one step: 2 MB. */
const chunksPerStep = 16;

interface Chunk {
  readonly bytes: Buffer;
  /** The same memory as 32-bit words. */
  readonly words: Int32Array;
}

/** Reads back a page that a commit has written. */
export type PageReader = (page: number) => Uint8Array;

/**
 * Bytes that are only ever added: entries aligned to 8, addressed by a reference (their place divided by 8) that stays
 * the same for ever. Full chunks that are committed may leave memory and are read back when asked for.
 */
export class ByteArena {
  /** Place behind the last entry. */
  endBytes = 0;
  private readonly chunks: Array<Chunk | undefined> = [];
  private committedBytes = 0;
  private readonly residentChunksMax: number;
  private readonly recalled: Array<number> = [];
  private reader: PageReader | undefined;
  private oldestResident = 0;

  constructor(residentChunksMax = Number.POSITIVE_INFINITY) {
    this.residentChunksMax = residentChunksMax;
  }

  static get entryBytesMax(): number {
    return chunkBytes;
  }

  /** Lets committed chunks leave memory: from here on `read` brings them back. */
  recallWith(reader: PageReader): void {
    this.reader = reader;
  }

  /** Room for an entry, and the reference to it. The caller writes into `chunkOf(reference)` at `placeOf(reference)`. */
  reserve(bytes: number): number {
    if (bytes > chunkBytes) throw new Error(`an entry of ${bytes} bytes does not fit into the arena`);
    const left = chunkBytes - (this.endBytes % chunkBytes);
    if (this.endBytes === this.chunks.length * chunkBytes || bytes > left) {
      this.endBytes = this.chunks.length * chunkBytes;
      this.chunks.push(newChunk());
    }
    const place = this.endBytes;
    this.endBytes += (bytes + 7) & ~7;
    return place / 8;
  }

  chunkOf(reference: number): Buffer {
    const number = (reference / referencesPerChunk) | 0;
    return (this.chunks[number] ?? this.recall(number)).bytes;
  }

  /** As chunkOf, in 32-bit words: an entry begins at `wordOf`. */
  wordsOf(reference: number): Int32Array {
    const number = (reference / referencesPerChunk) | 0;
    return (this.chunks[number] ?? this.recall(number)).words;
  }

  wordOf(reference: number): number {
    return (reference % referencesPerChunk) * 2;
  }

  placeOf(reference: number): number {
    return (reference % referencesPerChunk) * 8;
  }

  /** Hands out every page written since the last call, then lets old chunks leave memory. */
  takeChanges(write: PageWriter): void {
    if (this.endBytes === this.committedBytes) return;
    const from = Math.floor(this.committedBytes / pageBytes);
    const to = Math.floor((this.endBytes - 1) / pageBytes);
    for (let page = from; page <= to; page += 1) {
      const chunk = this.chunks[Math.floor(page / pagesPerChunk)];
      if (chunk === undefined) throw new Error("a changed page has left memory");
      const start = (page % pagesPerChunk) * pageBytes;
      write(page, chunk.bytes.subarray(start, start + pageBytes));
    }
    this.committedBytes = this.endBytes;
  }

  /** Lets committed chunks beyond the resident number leave memory. To be called once the commit is durable. */
  release(): void {
    if (this.reader === undefined) return;
    const last = Math.floor(this.committedBytes / chunkBytes) - this.residentChunksMax;
    for (; this.oldestResident < last; this.oldestResident += 1) this.chunks[this.oldestResident] = undefined;
  }

  /** Puts the end back after a start, in steps; `read` is called for every page that must be in memory. */
  *restoreEnd(endBytes: number, read: PageReader): Generator<void> {
    this.endBytes = this.committedBytes = endBytes;
    this.chunks.length = Math.ceil(endBytes / chunkBytes);
    const first = this.reader === undefined ? 0 : Math.max(0, this.chunks.length - this.residentChunksMax);
    this.oldestResident = first;
    for (let number = first; number < this.chunks.length; number += 1) {
      this.chunks[number] = load(number, endBytes, read);
      if (number % chunksPerStep === 0) yield;
    }
  }

  get residentBytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + (chunk === undefined ? 0 : chunkBytes), 0);
  }

  private recall(number: number): Chunk {
    if (this.reader === undefined || number >= this.chunks.length) throw new Error("a reference beyond the arena");
    const chunk = load(number, this.committedBytes, this.reader);
    this.chunks[number] = chunk;
    this.recalled.push(number);
    // What was recalled leaves again in the order it came; eight chunks (2 MB) are enough for one history after another.
    const oldest = this.recalled.length > 8 ? this.recalled.shift() : undefined;
    if (oldest !== undefined && oldest !== number) this.chunks[oldest] = undefined;
    return chunk;
  }
}

const newChunk = (): Chunk => {
  const memory = new ArrayBuffer(chunkBytes);
  return { bytes: Buffer.from(memory), words: new Int32Array(memory) };
};

const load = (number: number, endBytes: number, read: PageReader): Chunk => {
  const chunk = newChunk();
  const pages = Math.min(pagesPerChunk, Math.ceil((endBytes - number * chunkBytes) / pageBytes));
  for (let page = 0; page < pages; page += 1) chunk.bytes.set(read(number * pagesPerChunk + page), page * pageBytes);
  return chunk;
};
