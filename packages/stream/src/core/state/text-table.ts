import type { Name, NameTable } from "@leadwire/funnel";
import { copyBytes, viewOf } from "@leadwire/log";
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

/** MurmurHash3 (32 bits) over the bytes, four at a time. Never 0. */
export const hashSpan = (view: DataView, start: number, end: number, seed = 0x811c9dc5): number => {
  let hash = seed | 0;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = stirred(hash, view.getInt32(at, true));
  if (at < end) {
    let rest = 0;
    for (let shift = 0; at < end; at += 1, shift += 8) rest |= view.getUint8(at) << shift;
    hash = stirred(hash, rest);
  }
  hash ^= end - start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
};

const stirred = (hash: number, word: number): number => {
  let part = Math.imul(word, 0xcc9e2d51);
  part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
  const mixed = hash ^ part;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
};

const sameBytes = (a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean => {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (a.getInt32(aStart + i) !== b.getInt32(bStart + i)) return false;
  for (; i < length; i += 1) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
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
    const view = viewOf(Buffer.from(text));
    return this.internSpan(view, 0, view.byteLength);
  }

  internSpan(view: DataView, start: number, end: number): Name {
    const hash = hashSpan(view, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let name = this.slots[slot] as number; name !== -1; name = this.slots[slot] as number) {
      if (this.holds(name, hash, view, start, end)) return name;
      slot = (slot + 1) & mask;
    }
    return this.add(hash, view, start, end, slot);
  }

  /** The name of a text that is already known, else -1. */
  find(text: string): Name {
    const view = viewOf(Buffer.from(text));
    return this.findSpan(view, 0, view.byteLength);
  }

  findSpan(view: DataView, start: number, end: number): Name {
    const hash = hashSpan(view, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let name = this.slots[slot] as number; name !== -1; name = this.slots[slot] as number) {
      if (this.holds(name, hash, view, start, end)) return name;
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
    const text = this.arena.chunkOf(reference).bytes.toString("utf8", place, place + length);
    if (this.texts.length < 100_000) this.texts[name] = text;
    return text;
  }

  /** Where a name's bytes stand: `chunk` (and a view of it), from `start`, `bytesLength` of them; with their length in front as Avro. */
  chunk: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.chunk);
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
    const chunk = arena.chunkOf(reference);
    this.chunk = chunk.bytes;
    this.view = chunk.view;
    this.avroStart = place;
    this.avroLength = headBytes + length;
    this.start = place + headBytes;
    this.bytesLength = length;
  }

  spanOf(name: Name, span: Span): void {
    this.locate(name);
    span.setViewed(this.chunk, this.view, this.start, this.bytesLength);
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

  private add(hash: number, view: DataView, start: number, end: number, slot: number): Name {
    const length = end - start;
    const headBytes = headBytesOf(length);
    const reference = this.arena.reserve(headBytes + length);
    const chunk = this.arena.chunkOf(reference);
    const place = this.arena.placeOf(reference);
    for (let n = 0, rest = length * 2; n < headBytes; n += 1, rest >>>= 7) {
      chunk.bytes[place + n] = (rest & 0x7f) | (n + 1 < headBytes ? 0x80 : 0);
    }
    copyBytes(chunk.view, place + headBytes, view, start, length);
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

  private holds(name: Name, hash: number, view: DataView, start: number, end: number): boolean {
    const rows = this.rows;
    rows.locate(name);
    const i32 = rows.i32;
    const at = rows.i32At;
    if (i32[at + Column.hash] !== hash || i32[at + Column.length] !== end - start) return false;
    const reference = i32[at + Column.reference] as number;
    const place = this.arena.placeOf(reference) + headBytesOf(end - start);
    return sameBytes(this.arena.chunkOf(reference).view, place, view, start, end - start);
  }
}
