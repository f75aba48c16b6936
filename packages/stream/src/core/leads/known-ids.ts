import type { LeadHistory } from "./lead-history.ts";

/** Up to here a walk through the history is cheaper than a set of its own. */
const walkedMax = 64;
const setsMax = 4096;

/** Words of the filter over an entity's ids: 256 bits, of which each id sets four. */
export const bloomWords = 8;

/** Of one entity: its newest entry (-1: none), how many there are, and a filter over their ids. */
export interface IdCursor {
  history: number;
  events: number;
  readonly bloom: Int32Array;
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
    if (!isIn(cursor.bloom, idHash)) return false;
    return this.history.mayHold(cursor.history, idHash);
  }

  /** To be called before the entry is linked into the history. */
  add(entity: number, cursor: IdCursor, idHash: number): void {
    for (let rest = idHash, n = 0; n < 4; rest >>>= 8, n += 1) {
      const word = (rest >>> 5) & 7;
      cursor.bloom[word] = (cursor.bloom[word] as number) | (1 << (rest & 31));
    }
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

/** Each byte of the hash names one of the 256 bits. At 16 ids one strange id in 400 passes, at 64 one in 6. */
const isIn = (bloom: Int32Array, idHash: number): boolean => {
  for (let rest = idHash, n = 0; n < 4; rest >>>= 8, n += 1) {
    if (((bloom[(rest >>> 5) & 7] as number) & (1 << (rest & 31))) === 0) return false;
  }
  return true;
};
