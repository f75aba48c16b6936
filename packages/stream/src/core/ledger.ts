import type { QuarantineReason } from "@leadwire/events";

/** What became of the records of one source, by the task that read them. `superseded` and `conflict` stand beside. */
export interface LedgerCounts {
  applied: number;
  duplicate: number;
  quarantined: number;
  /** Of the applied: revisions below the one that counts. */
  superseded: number;
  /** Of the duplicates: same id and revision with other content. */
  conflict: number;
  readonly reasons: Partial<Record<QuarantineReason, number>>;
}

const noCounts = (): LedgerCounts => ({
  applied: 0,
  duplicate: 0,
  quarantined: 0,
  superseded: 0,
  conflict: 0,
  reasons: {},
});

/** Every record ends as exactly one of applied, duplicate, quarantined: counted here, per source and backfill. */
export class Ledger {
  private readonly bySource = new Map<string, LedgerCounts>();
  private lastKey = "";
  private last: LedgerCounts | undefined;

  /** The counts of a source's records within a backfill ("" for live ones), to be added to. */
  of(source: string, backfill: string): LedgerCounts {
    const key = backfill === "" ? source : `${source}\0${backfill}`;
    if (key === this.lastKey && this.last !== undefined) return this.last;
    let counts = this.bySource.get(key);
    if (counts === undefined) {
      counts = noCounts();
      this.bySource.set(key, counts);
    }
    this.lastKey = key;
    this.last = counts;
    return counts;
  }

  quarantine(source: string, backfill: string, reason: QuarantineReason): void {
    const counts = this.of(source, backfill);
    counts.quarantined += 1;
    counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
  }

  /** In order of source, then backfill. */
  entries(): ReadonlyArray<LedgerEntry> {
    return [...this.bySource.keys()].sort().map((key) => {
      const [source = "", backfill = ""] = key.split("\0");
      return { source, backfill, counts: this.bySource.get(key) as LedgerCounts };
    });
  }

  toJson(): string {
    return JSON.stringify([...this.bySource.entries()]);
  }

  restore(json: string): void {
    this.bySource.clear();
    this.last = undefined;
    for (const [key, counts] of JSON.parse(json) as Array<[string, LedgerCounts]>) this.bySource.set(key, counts);
  }
}

export interface LedgerEntry {
  readonly source: string;
  readonly backfill: string;
  readonly counts: LedgerCounts;
}
