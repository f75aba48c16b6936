import type { PageWriter } from "./paged-rows.ts";

const pageBytes = 4080;
const pagesPerChunk = 32;
const chunkBytes = pageBytes * pagesPerChunk;
const referencesPerChunk = chunkBytes / 8;
/** Chunks read back in one step: 2 MB. */
const chunksPerStep = 16;

export interface ArenaChunk {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** The same memory as 32-bit words. */
  readonly words: Int32Array;
}

/** Where pages of a chunk that left memory are read back to, one by one as they are asked for. */
interface Recalled extends ArenaChunk {
  number: number;
  readonly loaded: Uint8Array;
}

/** Chunks that are recalled share this many places: what walks through old histories comes to each but once. */
const recalledPlaces = 8;

/** Reads back a page that a commit has written. */
export type PageReader = (page: number) => Uint8Array;

/**
 * Bytes that are only ever added: entries aligned to 8, addressed by a reference (their place divided by 8) that stays
 * the same for ever. Full chunks that are committed may leave memory and are read back when asked for.
 */
export class ByteArena {
  /** Place behind the last entry. */
  endBytes = 0;
  private readonly chunks: Array<ArenaChunk | undefined> = [];
  private committedBytes = 0;
  private readonly residentChunksMax: number;
  private readonly recalled: Array<Recalled | undefined> = [];
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

  /**
   * The memory that an entry of that many bytes stands in (an arena that stays in memory need not be told how many);
   * what was recalled holds until the next recall.
   */
  chunkOf(reference: number, bytes = 1): ArenaChunk {
    const number = (reference / referencesPerChunk) | 0;
    return this.chunks[number] ?? this.recall(number, reference, bytes);
  }

  /** As chunkOf, in 32-bit words: an entry begins at `wordOf`. */
  wordsOf(reference: number, bytes: number): Int32Array {
    return this.chunkOf(reference, bytes).words;
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
    const first = this.reader === undefined ? 0 : Math.max(0, this.chunks.length - Math.max(1, this.residentChunksMax));
    this.oldestResident = first;
    for (let number = first; number < this.chunks.length; number += 1) {
      this.chunks[number] = load(number, endBytes, read);
      if (number % chunksPerStep === 0) yield;
    }
  }

  get residentBytes(): number {
    const count = (held: ReadonlyArray<ArenaChunk | undefined>): number =>
      held.filter((chunk) => chunk !== undefined).length;
    return (count(this.chunks) + count(this.recalled)) * chunkBytes;
  }

  /** Reads back the pages of one entry, and no more: what is asked of old histories lies far apart. */
  private recall(number: number, reference: number, bytes: number): ArenaChunk {
    if (this.reader === undefined || number >= this.chunks.length) throw new Error("a reference beyond the arena");
    const place = number % recalledPlaces;
    let chunk = this.recalled[place];
    if (chunk === undefined) {
      chunk = { ...newChunk(), number, loaded: new Uint8Array(pagesPerChunk) };
      this.recalled[place] = chunk;
    } else if (chunk.number !== number) {
      chunk.number = number;
      chunk.loaded.fill(0);
    }
    const start = this.placeOf(reference);
    const last = Math.min(((start + bytes - 1) / pageBytes) | 0, pagesPerChunk - 1);
    for (let page = (start / pageBytes) | 0; page <= last; page += 1) {
      if (chunk.loaded[page] === 1) continue;
      chunk.bytes.set(this.reader(number * pagesPerChunk + page), page * pageBytes);
      chunk.loaded[page] = 1;
    }
    return chunk;
  }
}

const newChunk = (): ArenaChunk => {
  const memory = new ArrayBuffer(chunkBytes);
  return { bytes: Buffer.from(memory), view: new DataView(memory), words: new Int32Array(memory) };
};

const load = (number: number, endBytes: number, read: PageReader): ArenaChunk => {
  const chunk = newChunk();
  const pages = Math.min(pagesPerChunk, Math.ceil((endBytes - number * chunkBytes) / pageBytes));
  for (let page = 0; page < pages; page += 1) chunk.bytes.set(read(number * pagesPerChunk + page), page * pageBytes);
  return chunk;
};
