import { contentHash } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { quarantineReason } from "../../oracle/standing.ts";
import type { LogContents } from "./log-contents.ts";

const columns = ["accepted", "applied", "duplicate", "quarantined", "superseded", "conflict", "forwarded"] as const;
type Counts = Record<(typeof columns)[number], number>;

/** One line of `ledger --json`. */
export interface LedgerAnswer {
  readonly balanced: boolean;
  readonly lines: ReadonlyArray<
    { readonly source: string; readonly pending: number; readonly missing: number } & Counts
  >;
}

const none = (): Counts => ({
  accepted: 0,
  applied: 0,
  duplicate: 0,
  quarantined: 0,
  superseded: 0,
  conflict: 0,
  forwarded: 0,
});

/** What a ledger has to say of these records, from its words alone. */
const expectedCounts = ({ records, unreadable }: LogContents, workspace: Workspace): ReadonlyMap<string, Counts> => {
  const bySource = new Map<string, Counts>();
  const of = (source: string): Counts => {
    const counts = bySource.get(source) ?? none();
    bySource.set(source, counts);
    return counts;
  };
  for (const [source, count] of unreadable) {
    of(source).accepted += count;
    of(source).quarantined += count;
  }
  const revisions = new Map<string, Map<number, Set<string>>>();
  for (const record of records) {
    const { event, isHome, wasSentOn } = record;
    const counts = of(event.source_system);
    const aside = quarantineReason(record, workspace) !== null;
    if (!isHome && !wasSentOn && !aside) {
      counts.forwarded += 1;
      continue;
    }
    counts.accepted += 1;
    if (aside || !isHome) {
      counts.quarantined += 1;
      continue;
    }
    const identity = `${event.source_system}\0${event.event_id}`;
    const known = revisions.get(identity) ?? new Map<number, Set<string>>();
    revisions.set(identity, known);
    const contents = known.get(event.revision);
    const hash = contentHash(event);
    if (contents === undefined) {
      counts.applied += 1;
      if (known.size > 0) counts.superseded += 1;
      known.set(event.revision, new Set([hash]));
      continue;
    }
    counts.duplicate += 1;
    if (!contents.has(hash)) counts.conflict += 1;
    contents.add(hash);
  }
  return bySource;
};

/** Each way in which the ledger differs from the records in the log. */
export const checkLedger = (
  ledger: LedgerAnswer,
  contents: LogContents,
  workspace: Workspace,
): ReadonlyArray<string> => {
  const differences: Array<string> = ledger.balanced ? [] : ["ledger: it is not balanced"];
  const expected = expectedCounts(contents, workspace);
  const found = new Map(ledger.lines.map((line) => [line.source, line]));
  for (const source of new Set([...expected.keys(), ...found.keys()])) {
    const line = found.get(source);
    if (line !== undefined && line.pending !== 0) differences.push(`ledger ${source}: ${line.pending} pending`);
    if (line !== undefined && line.missing !== 0) differences.push(`ledger ${source}: ${line.missing} missing`);
    for (const column of columns) {
      const should = expected.get(source)?.[column] ?? 0;
      const is = line?.[column] ?? 0;
      if (is !== should) differences.push(`ledger ${source}: ${column} is ${is}, the log has ${should}`);
    }
  }
  return differences;
};
