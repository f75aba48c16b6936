import type { LeadHistory } from "./lead-history.ts";

/** Up to here a walk through the history is cheaper than a set of its own. */
const walkedMax = 64;
const setsMax = 4096;

/** Of one entity: its newest entry (-1: none), how many there are, and a filter of 64 bits over their ids. */
export interface IdCursor {
  history: number;
  events: number;
  bloomLow: number;
  bloomHigh: number;
}

/**
 * Whether an entity may already hold an event with an id: the filter in its row answers most; where it does not,
 * the ids' hashes in the history do. False is certain, so exact duplicates are recognised for ever.
 */
export class KnownIds {
  private readonly history: LeadHistory;
  private readonly sets = new Map<number, Set<number>>();

  constructor(history: LeadHistory) {
    this.history = history;
  }

  mayHold(entity: number, cursor: IdCursor, idHash: number): boolean {
    if (cursor.events === 0) return false;
    if (cursor.events > walkedMax) return this.setOf(entity, cursor).has(idHash);
    if ((cursor.bloomLow & lowBit(idHash)) === 0 || (cursor.bloomHigh & highBit(idHash)) === 0) return false;
    return this.history.mayHold(cursor.history, idHash);
  }

  /** To be called before the entry is linked into the history. */
  add(entity: number, cursor: IdCursor, idHash: number): void {
    cursor.bloomLow |= lowBit(idHash);
    cursor.bloomHigh |= highBit(idHash);
    if (cursor.events >= walkedMax) this.setOf(entity, cursor).add(idHash);
  }

  private setOf(entity: number, cursor: IdCursor): Set<number> {
    const known = this.sets.get(entity);
    if (known !== undefined) return known;
    if (this.sets.size >= setsMax) this.sets.clear();
    const hashes = this.history.idHashes(cursor.history);
    this.sets.set(entity, hashes);
    return hashes;
  }
}

const lowBit = (idHash: number): number => 1 << (idHash & 31);
const highBit = (idHash: number): number => 1 << ((idHash >>> 5) & 31);
