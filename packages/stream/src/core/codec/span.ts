import { viewOf } from "@leadwire/log";

const nothing = Buffer.alloc(0);

/** Bytes somewhere else: an id in the history, a key in a record. Reused, so that the hot path makes no object. */
export class Span {
  bytes: Buffer = nothing;
  /** The same memory, for copyBytes. */
  view: DataView = viewOf(nothing);
  start = 0;
  length = 0;

  set(bytes: Buffer, start: number, length: number): void {
    if (bytes !== this.bytes) this.view = viewOf(bytes);
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  /** As set, where a view of the bytes is at hand. */
  setViewed(bytes: Buffer, view: DataView, start: number, length: number): void {
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.length = length;
  }
}

export const noSpan: Span = new Span();
