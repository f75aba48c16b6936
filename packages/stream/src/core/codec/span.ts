const nothing = Buffer.alloc(0);

/** Bytes somewhere else: an id in the history, a key in a record. Reused, so that the hot path makes no object. */
export class Span {
  bytes: Buffer = nothing;
  start = 0;
  length = 0;

  set(bytes: Buffer, start: number, length: number): void {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }
}

export const noSpan: Span = new Span();
