import type { LedgerUpdated, SchemaRegistry } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { type EventLog, partitionName } from "@leadwire/log";
import type { LedgerLine, LedgerReport } from "./engine.ts";
import { LogCount } from "./log-count.ts";

/** What one task has counted up to a position: told by the task in this process, or on its topic. */
export type TaskCounts = LedgerUpdated;

/** What stands in the store for rows that a door put aside, by source system. */
export type AsideCounts = ReadonlyMap<string, number>;

export interface LedgerInput {
  readonly log: EventLog;
  readonly workspace: Workspace;
  /** Of every topic of events. */
  readonly partitions: number;
  readonly registry?: SchemaRegistry;
  /** Of the tasks that read events; one that is missing has read nothing. */
  readonly tasks: ReadonlyArray<TaskCounts>;
  /** By `topic/partition`: where the topics of events and of the quarantine ended. */
  readonly ends: ReadonlyMap<string, number>;
  /** Asked after the cut, once the store holds all before it. */
  readonly asideOf: () => Promise<AsideCounts>;
  /** Resolves once what the tasks have sent on is in the log; not given where they told their counts after that. */
  readonly sentOn?: () => Promise<void>;
}

type Counts = { -readonly [K in Exclude<keyof LedgerLine, "source">]: number };

const noCounts = (): Counts => ({
  accepted: 0,
  applied: 0,
  duplicate: 0,
  quarantined: 0,
  pending: 0,
  forwarded: 0,
  superseded: 0,
  conflict: 0,
  missing: 0,
});

const taskColumns = ["applied", "duplicate", "quarantined", "forwarded", "superseded", "conflict"] as const;

/** The ledger at one cut of the log. */
export const ledgerReport = async (input: LedgerInput): Promise<LedgerReport> => {
  const { log, workspace, partitions, registry, tasks, asideOf, sentOn } = input;
  const positions = new Map(tasks.map((task) => [partitionName(task), task.position]));
  const ends = new Map([...input.ends].map(([name, end]) => [name, Math.max(end, positions.get(name) ?? 0)]));
  const counted = new LogCount(log, { ends, positions }, workspace, partitions, registry);
  await counted.read();
  if (counted.lost().size > 0) {
    await sentOn?.();
    await counted.readCopiesBehindCut();
  }
  const bySource = new Map<string, Counts>();
  const of = (source: string): Counts => {
    const counts = bySource.get(source) ?? noCounts();
    bySource.set(source, counts);
    return counts;
  };
  for (const entry of tasks.flatMap(({ entries }) => entries)) {
    const counts = of(entry.source_system);
    for (const name of taskColumns) counts[name] += entry[name];
  }
  for (const [source, quarantined] of await asideOf()) of(source).quarantined += quarantined;
  for (const [source, { records, pending, sentOn: originals, repeatedAside }] of counted.bySource) {
    const counts = of(source);
    counts.accepted = records - originals;
    counts.pending = pending;
    counts.duplicate += repeatedAside;
    // What should have been sent on and was not counted as such, or was and should not: out of balance either way.
    counts.missing += originals;
  }
  for (const [source, lost] of counted.lost()) of(source).missing += lost;
  for (const counts of bySource.values()) {
    const { accepted, applied, duplicate, quarantined, pending, forwarded } = counts;
    counts.missing += accepted - (applied + duplicate + quarantined + pending + forwarded);
  }
  const lines = [...bySource.keys()].sort().map((source) => ({ source, ...of(source) }));
  return { lines, total: sumOf(lines), balanced: lines.every(({ missing }) => missing === 0) };
};

const sumOf = (lines: ReadonlyArray<LedgerLine>): Counts => {
  const sum = noCounts();
  for (const line of lines) for (const name of Object.keys(sum) as Array<keyof Counts>) sum[name] += line[name];
  return sum;
};
