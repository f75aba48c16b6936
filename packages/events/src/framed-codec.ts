import type avsc from "avsc";
import { frameLength, writeFrame } from "./wire.ts";

/** Encodes records of one schema behind their frame, through one scratch buffer that grows with the largest. */
export class FramedEncoder {
  private scratch = Buffer.allocUnsafe(64 * 1024);

  /** A buffer of its own: safe to keep. */
  encode(type: avsc.Type, id: number, value: unknown): Buffer {
    let end = type.encode(value, this.scratch, frameLength);
    if (end < 0) {
      // avsc tells how many bytes were missing.
      this.scratch = Buffer.allocUnsafe(2 * (this.scratch.length - end));
      end = type.encode(value, this.scratch, frameLength);
    }
    writeFrame(this.scratch, id);
    const framed = Buffer.allocUnsafe(end);
    this.scratch.copy(framed, 0, 0, end);
    return framed;
  }
}
