import type { Name } from "@leadwire/funnel";
import type { Span } from "../codec/fact-codec.ts";
import { ByteArena } from "../state/byte-arena.ts";

/** Fields of an entry's head; the event's framed bytes follow. */
const Head = { previous: 0, length: 4, offset: 8, idHash: 16, source: 20, idStart: 24, idLength: 28 } as const;
const headBytes = 32;

/** The largest event that a history takes, in bytes: what is larger goes to quarantine. */
export const eventBytesMax = 64 * 1024;

/**
 * The histories of all leads of a task: every distinct content of every event, as it stood in the log, linked backwards
 * per lead through one arena. Read only where an event does not simply follow the newest one.
 */
export class LeadHistory {
  /** 2 MB of the newest entries stay in memory. */
  readonly arena = new ByteArena(8);

  /** Adds an event and answers the reference to it. */
  add(
    previous: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    offset: number,
    idHash: number,
    source: Name,
    idStart: number,
    idEnd: number,
  ): number {
    const reference = this.arena.reserve(headBytes + end - start);
    const chunk = this.arena.chunkOf(reference);
    const at = this.arena.placeOf(reference);
    chunk.writeInt32LE(previous, at + Head.previous);
    chunk.writeInt32LE(end - start, at + Head.length);
    chunk.writeDoubleLE(offset, at + Head.offset);
    chunk.writeInt32LE(idHash, at + Head.idHash);
    chunk.writeInt32LE(source, at + Head.source);
    chunk.writeInt32LE(idStart - start, at + Head.idStart);
    chunk.writeInt32LE(idEnd - idStart, at + Head.idLength);
    chunk.set(bytes.subarray(start, end), at + headBytes);
    return reference;
  }

  /** Whether the lead whose newest entry this is may hold an event with this id; false is certain. */
  mayHold(newest: number, idHash: number): boolean {
    for (let reference = newest; reference !== -1; ) {
      const chunk = this.arena.chunkOf(reference);
      const at = this.arena.placeOf(reference);
      if (chunk.readInt32LE(at + Head.idHash) === idHash) return true;
      reference = chunk.readInt32LE(at + Head.previous);
    }
    return false;
  }

  /** The hashes of the ids of a whole history. */
  idHashes(newest: number): Set<number> {
    const hashes = new Set<number>();
    for (let reference = newest; reference !== -1; reference = this.previous(reference)) {
      hashes.add(this.arena.chunkOf(reference).readInt32LE(this.arena.placeOf(reference) + Head.idHash));
    }
    return hashes;
  }

  previous(reference: number): number {
    return this.arena.chunkOf(reference).readInt32LE(this.arena.placeOf(reference) + Head.previous);
  }
  offset(reference: number): number {
    return this.arena.chunkOf(reference).readDoubleLE(this.arena.placeOf(reference) + Head.offset);
  }
  source(reference: number): Name {
    return this.arena.chunkOf(reference).readInt32LE(this.arena.placeOf(reference) + Head.source);
  }

  /** The event's framed bytes. */
  event(reference: number): Span & { readonly bytes: Buffer } {
    const bytes = this.arena.chunkOf(reference);
    const at = this.arena.placeOf(reference);
    return { bytes, start: at + headBytes, length: bytes.readInt32LE(at + Head.length) };
  }

  /** The bytes of the event's id. */
  eventId(reference: number): Span {
    const bytes = this.arena.chunkOf(reference);
    const at = this.arena.placeOf(reference);
    return {
      bytes,
      start: at + headBytes + bytes.readInt32LE(at + Head.idStart),
      length: bytes.readInt32LE(at + Head.idLength),
    };
  }
}
