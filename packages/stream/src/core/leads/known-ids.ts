import type { LeadHistory } from "./lead-history.ts";
import type { LeadCursor } from "./lead-table.ts";

/** Up to here a walk through the history is cheaper than a set of its own. */
const walkedMax = 64;
const setsMax = 4096;

/**
 * Whether a lead may already hold an event with an id: the filter in the lead's row answers most; where it does not,
 * the ids' hashes in the history do. False is certain, so exact duplicates are recognised for ever.
 */
export class KnownIds {
  private readonly history: LeadHistory;
  private readonly sets = new Map<number, Set<number>>();

  constructor(history: LeadHistory) {
    this.history = history;
  }

  mayHold(lead: number, cursor: LeadCursor, idHash: number): boolean {
    if (cursor.events === 0) return false;
    if (cursor.events > walkedMax) return this.setOf(lead, cursor).has(idHash);
    if ((cursor.bloomLow & lowBit(idHash)) === 0 || (cursor.bloomHigh & highBit(idHash)) === 0) return false;
    return this.history.mayHold(cursor.history, idHash);
  }

  /** To be called before the entry is linked into the history. */
  add(lead: number, cursor: LeadCursor, idHash: number): void {
    cursor.bloomLow |= lowBit(idHash);
    cursor.bloomHigh |= highBit(idHash);
    if (cursor.events >= walkedMax) this.setOf(lead, cursor).add(idHash);
  }

  private setOf(lead: number, cursor: LeadCursor): Set<number> {
    const known = this.sets.get(lead);
    if (known !== undefined) return known;
    if (this.sets.size >= setsMax) this.sets.clear();
    const hashes = this.history.idHashes(cursor.history);
    this.sets.set(lead, hashes);
    return hashes;
  }
}

const lowBit = (idHash: number): number => 1 << (idHash & 31);
const highBit = (idHash: number): number => 1 << ((idHash >>> 5) & 31);
