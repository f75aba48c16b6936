import type { Name } from "@leadwire/funnel";
import type { Span } from "../codec/span.ts";
import { ByteArena } from "../state/byte-arena.ts";

/** Words of an entry's head; the event's framed bytes follow. */
const Head = { previous: 0, length: 1, idHash: 2, source: 3, idStart: 4, idLength: 5 } as const;
const headBytes = 24;

/** One event to be added to a history: its framed bytes, and where its id stands in them. */
export interface HistoryEntry {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly idStart: number;
  readonly idEnd: number;
}

/** The largest event that a history takes, in bytes: what is larger goes to quarantine. */
export const eventBytesMax = 64 * 1024;

/**
 * The histories of all leads of a task: every distinct content of every event, as it stood in the log, linked backwards
 * per lead through one arena. Read only where an event does not simply follow the newest one.
 */
export class LeadHistory {
  /** 2 MB of the newest entries stay in memory. */
  readonly arena = new ByteArena(8);

  /** Adds an event and answers the reference to it; `previous` is the entity's former entry, -1 for none. */
  add(entry: HistoryEntry, previous: number, source: Name, idHash: number): number {
    const { bytes, start, end, idStart, idEnd } = entry;
    const reference = this.arena.reserve(headBytes + end - start);
    const words = this.arena.wordsOf(reference, headBytes);
    const at = this.arena.wordOf(reference);
    words[at + Head.previous] = previous;
    words[at + Head.length] = end - start;
    words[at + Head.idHash] = idHash;
    words[at + Head.source] = source;
    words[at + Head.idStart] = idStart - start;
    words[at + Head.idLength] = idEnd - idStart;
    bytes.copy(this.arena.chunkOf(reference).bytes, at * 4 + headBytes, start, end);
    return reference;
  }

  /** Whether the lead whose newest entry this is may hold an event with this id; false is certain. */
  mayHold(newest: number, idHash: number): boolean {
    for (let reference = newest; reference !== -1; ) {
      const words = this.arena.wordsOf(reference, headBytes);
      const at = this.arena.wordOf(reference);
      if (words[at + Head.idHash] === idHash) return true;
      reference = words[at + Head.previous] as number;
    }
    return false;
  }

  /** The hashes of the ids of a whole history. */
  idHashes(newest: number): Set<number> {
    const hashes = new Set<number>();
    for (let reference = newest; reference !== -1; reference = this.previous(reference)) {
      hashes.add(this.word(reference, Head.idHash));
    }
    return hashes;
  }

  previous(reference: number): number {
    return this.word(reference, Head.previous);
  }
  source(reference: number): Name {
    return this.word(reference, Head.source);
  }

  /** A copy of the event's framed bytes. */
  event(reference: number): Buffer {
    const place = this.arena.placeOf(reference) + headBytes;
    const length = this.word(reference, Head.length);
    return Buffer.from(this.arena.chunkOf(reference, headBytes + length).bytes.subarray(place, place + length));
  }

  /** Where the bytes of the event's id stand. */
  eventIdOf(reference: number, span: Span): void {
    const words = this.arena.wordsOf(reference, headBytes);
    const at = this.arena.wordOf(reference);
    const idStart = headBytes + (words[at + Head.idStart] as number);
    const idLength = words[at + Head.idLength] as number;
    const { bytes, view } = this.arena.chunkOf(reference, idStart + idLength);
    span.setViewed(bytes, view, at * 4 + idStart, idLength);
  }

  private word(reference: number, field: number): number {
    return this.arena.wordsOf(reference, headBytes)[this.arena.wordOf(reference) + field] as number;
  }
}
