import type { LedgerUpdated, QuarantineReason } from "@leadwire/events";

/** What became of the records of one source, by the task that read them. `superseded` and `conflict` stand beside. */
export interface LedgerCounts {
  applied: number;
  duplicate: number;
  quarantined: number;
  /** Sent on to where they belong: counted there, and in no other count here. */
  forwarded: number;
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
  forwarded: 0,
  superseded: 0,
  conflict: 0,
  reasons: {},
});

const keyOf = (source: string, backfill: string): string => (backfill === "" ? source : `${source}\0${backfill}`);

/** An entry in the words of the topic (schemas/ledger-updated.avsc). */
export const toldEntry = ({ source, backfill, counts }: LedgerEntry): LedgerUpdated["entries"][number] => {
  const { reasons, ...numbers } = counts;
  const byName = Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1));
  const told = byName.map(([reason, count]) => ({ reason, count: count ?? 0 }));
  return { source_system: source, backfill, ...numbers, reasons: told };
};

/** Every record ends as exactly one of applied, duplicate, quarantined, forwarded: counted here, per source and backfill. */
export class Ledger {
  private readonly bySource = new Map<string, LedgerCounts>();
  private lastKey = "";
  private last: LedgerCounts | undefined;
  /** Records counted in an entry when it was told last. */
  private readonly told = new Map<string, number>();

  /** The counts of a source's records within a backfill ("" for live ones), to be added to. */
  of(source: string, backfill: string): LedgerCounts {
    const key = keyOf(source, backfill);
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
    // State of before there were forwards lacks their count.
    for (const [key, counts] of JSON.parse(json) as Array<[string, LedgerCounts]>)
      this.bySource.set(key, { ...noCounts(), ...counts });
    this.told.clear();
  }

  /** The entries whose counts changed since the last call, as they are told; all of them at first. */
  takeChanges(): LedgerUpdated["entries"] {
    return this.entries().flatMap((entry) => {
      const { source, backfill, counts } = entry;
      // Each record adds one to just one of these.
      const records = counts.applied + counts.duplicate + counts.quarantined + counts.forwarded;
      const key = keyOf(source, backfill);
      if (this.told.get(key) === records) return [];
      this.told.set(key, records);
      return [toldEntry(entry)];
    });
  }
}

export interface LedgerEntry {
  readonly source: string;
  readonly backfill: string;
  readonly counts: LedgerCounts;
}
