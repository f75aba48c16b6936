import type { Name, NameTable } from "@leadwire/funnel";
import type { Span } from "../codec/span.ts";
import { ByteArena } from "./byte-arena.ts";
import { PagedRows } from "./paged-rows.ts";

const firstSlots = 1024;
/** Rows placed in one step of building the index again. */
const rowsPerStep = 1 << 16;
/** Columns of a text's row. */
const Column = { reference: 0, length: 1, hash: 2 } as const;
/** Entries stand in the arena as Avro strings (a zig-zag length, then the bytes), ready to be copied. */
const headBytesOf = (length: number): number => (length < 64 ? 1 : length < 8192 ? 2 : 3);

/** FNV-1a over the bytes, mixed once more, so that neighbouring texts land apart. Never 0. */
export const hashSpan = (bytes: Uint8Array, start: number, end: number, seed = 0x811c9dc5): number => {
  let hash = seed | 0;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return hash === 0 ? 1 : hash;
};

/**
 * Texts as small integers, made once and never changed: name n is row n. Found by their bytes, so that the hot path
 * makes no string; `text` makes one on first use and keeps it.
 */
export class TextTable implements NameTable {
  readonly rows = new PagedRows(0, 4);
  readonly arena = new ByteArena();
  private slots = new Int32Array(firstSlots).fill(-1);
  private readonly texts: Array<string | undefined> = [];

  get length(): number {
    return this.rows.length;
  }

  intern(text: string): Name {
    const bytes = Buffer.from(text);
    return this.internSpan(bytes, 0, bytes.length);
  }

  internSpan(bytes: Uint8Array, start: number, end: number): Name {
    const hash = hashSpan(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let name = this.slots[slot] as number; name !== -1; name = this.slots[slot] as number) {
      if (this.holds(name, hash, bytes, start, end)) return name;
      slot = (slot + 1) & mask;
    }
    return this.add(hash, bytes, start, end, slot);
  }

  /** The name of a text that is already known, else -1. */
  find(text: string): Name {
    const bytes = Buffer.from(text);
    return this.findSpan(bytes, 0, bytes.length);
  }

  findSpan(bytes: Uint8Array, start: number, end: number): Name {
    const hash = hashSpan(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let name = this.slots[slot] as number; name !== -1; name = this.slots[slot] as number) {
      if (this.holds(name, hash, bytes, start, end)) return name;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  text(name: Name): string {
    const known = this.texts[name];
    if (known !== undefined) return known;
    this.rows.locate(name);
    const reference = this.rows.i32[this.rows.i32At + Column.reference] as number;
    const length = this.rows.i32[this.rows.i32At + Column.length] as number;
    const place = this.arena.placeOf(reference) + headBytesOf(length);
    const text = this.arena.chunkOf(reference).toString("utf8", place, place + length);
    if (this.texts.length < 100_000) this.texts[name] = text;
    return text;
  }

  /** Where a name's bytes stand: `chunk`, from `start`, `bytesLength` of them; with their length in front as Avro. */
  chunk: Buffer = Buffer.alloc(0);
  start = 0;
  bytesLength = 0;
  avroStart = 0;
  avroLength = 0;
  locate(name: Name): void {
    const { rows, arena } = this;
    rows.locate(name);
    const reference = rows.i32[rows.i32At + Column.reference] as number;
    const length = rows.i32[rows.i32At + Column.length] as number;
    const headBytes = headBytesOf(length);
    const place = arena.placeOf(reference);
    this.chunk = arena.chunkOf(reference);
    this.avroStart = place;
    this.avroLength = headBytes + length;
    this.start = place + headBytes;
    this.bytesLength = length;
  }

  spanOf(name: Name, span: Span): void {
    this.locate(name);
    span.set(this.chunk, this.start, this.bytesLength);
  }

  /** Builds the index again after rows and arena were restored, in steps. */
  *reindex(): Generator<void> {
    this.makeSlots();
    for (let name = 0; name < this.rows.length; name += 1) {
      this.place(name);
      if (name % rowsPerStep === rowsPerStep - 1) yield;
    }
  }

  private makeSlots(): void {
    let size = firstSlots;
    while (size < this.rows.length * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
  }

  private grow(): void {
    this.makeSlots();
    for (let name = 0; name < this.rows.length; name += 1) this.place(name);
  }

  get capacityBytes(): number {
    return this.rows.capacityBytes + this.arena.residentBytes + this.slots.byteLength;
  }

  private add(hash: number, bytes: Uint8Array, start: number, end: number, slot: number): Name {
    const length = end - start;
    const headBytes = headBytesOf(length);
    const reference = this.arena.reserve(headBytes + length);
    const chunk = this.arena.chunkOf(reference);
    const place = this.arena.placeOf(reference);
    for (let n = 0, rest = length * 2; n < headBytes; n += 1, rest >>>= 7) {
      chunk[place + n] = (rest & 0x7f) | (n + 1 < headBytes ? 0x80 : 0);
    }
    chunk.set(bytes.subarray(start, end), place + headBytes);
    const name = this.rows.add();
    this.rows.i32[this.rows.i32At + Column.reference] = reference;
    this.rows.i32[this.rows.i32At + Column.length] = length;
    this.rows.i32[this.rows.i32At + Column.hash] = hash;
    this.slots[slot] = name;
    if (this.rows.length * 2 > this.slots.length) this.grow();
    return name;
  }

  private place(name: Name): void {
    this.rows.locate(name);
    const mask = this.slots.length - 1;
    let slot = (this.rows.i32[this.rows.i32At + Column.hash] as number) & mask;
    while (this.slots[slot] !== -1) slot = (slot + 1) & mask;
    this.slots[slot] = name;
  }

  private holds(name: Name, hash: number, bytes: Uint8Array, start: number, end: number): boolean {
    const rows = this.rows;
    rows.locate(name);
    const i32 = rows.i32;
    const at = rows.i32At;
    if (i32[at + Column.hash] !== hash || i32[at + Column.length] !== end - start) return false;
    const reference = i32[at + Column.reference] as number;
    const chunk = this.arena.chunkOf(reference);
    let place = this.arena.placeOf(reference) + headBytesOf(end - start);
    for (let i = start; i < end; i += 1, place += 1) if (chunk[place] !== bytes[i]) return false;
    return true;
  }
}
