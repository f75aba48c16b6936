import { derivedRegistry, eventTopics, Fault, FlatDecoder, FlatEvent, quarantineTopic, Slot } from "@leadwire/events";
import { type EventLog, RecordCursor } from "@leadwire/log";
import type { PartitionTask } from "@leadwire/stream";
import type { LedgerLine, LedgerReport } from "./engine.ts";

const chunkBytes = 1 << 20;

type Counts = { -readonly [K in Exclude<keyof LedgerLine, "source" | "missing">]: number };

const noCounts = (): Counts => ({
  accepted: 0,
  applied: 0,
  duplicate: 0,
  quarantined: 0,
  pending: 0,
  superseded: 0,
  conflict: 0,
});

/** One cut of the log: where each partition ended, and how far its task was, at one instant. */
interface Cut {
  readonly ends: ReadonlyMap<string, number>;
  readonly positions: ReadonlyMap<string, number>;
}

/**
 * Counts from the log alone: what was accepted, and what no task has read yet. The other columns come from the tasks,
 * and for what the door put aside from the store, so that each side can find the other out.
 */
class LogCount {
  readonly bySource = new Map<string, Counts>();
  private readonly cursor = new RecordCursor();
  private readonly decoder = new FlatDecoder(derivedRegistry);
  private readonly flat = new FlatEvent();
  private readonly asideIds = new Set<string>();

  of(source: string): Counts {
    const known = this.bySource.get(source);
    if (known !== undefined) return known;
    const counts = noCounts();
    this.bySource.set(source, counts);
    return counts;
  }

  async read(log: EventLog, topic: string, partition: number, cut: Cut): Promise<void> {
    const name = `${topic}/${partition}`;
    const end = cut.ends.get(name) ?? 0;
    const position = cut.positions.get(name) ?? 0;
    for (let at = (await log.bounds({ topic, partition })).start; at < end; ) {
      const chunk = await log.read({ topic, partition }, at, chunkBytes);
      if (chunk.nextOffset === at) return;
      this.cursor.reset(chunk.bytes, at);
      while (this.cursor.next() && this.cursor.offset < end) {
        if (topic === quarantineTopic) this.countAside();
        else this.countEvent(position);
      }
      at = chunk.nextOffset;
    }
  }

  private countEvent(position: number): void {
    const { cursor, flat } = this;
    const fault = this.decoder.decode(cursor.bytes, Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0), flat);
    const source = fault === Fault.none ? flat.text(Slot.sourceSystem) : cursor.header("source");
    const counts = this.of(source ?? "");
    counts.accepted += 1;
    if (cursor.offset >= position) counts.pending += 1;
  }

  /** What a door put aside never was in an event topic: its record in the quarantine topic is its only one. */
  private countAside(): void {
    const { cursor } = this;
    if (cursor.header("origin") !== "door") return;
    const counts = this.of(cursor.header("source") ?? "");
    counts.accepted += 1;
    const id = cursor.bytes.toString("utf8", cursor.keyStart, cursor.keyEnd);
    if (this.asideIds.has(id)) counts.duplicate += 1;
    this.asideIds.add(id);
  }
}

const lineOf = (source: string, counts: Counts): LedgerLine => ({
  source,
  ...counts,
  missing: counts.accepted - (counts.applied + counts.duplicate + counts.quarantined + counts.pending),
});

/** What stands in the store for rows that a door put aside, by source system. */
export type AsideCounts = ReadonlyMap<string, number>;

/** The ledger at one cut of the log. `asideOf` is asked after the cut, once the store holds all before it. */
export const ledgerReport = async (
  log: EventLog,
  tasks: ReadonlyArray<PartitionTask>,
  ends: ReadonlyMap<string, number>,
  asideOf: () => Promise<AsideCounts>,
): Promise<LedgerReport> => {
  const count = new LogCount();
  // One synchronous step: counts and positions of all tasks stand for the same instant.
  const positions = new Map(tasks.map(({ topic, partition, position }) => [`${topic}/${partition}`, position]));
  for (const task of tasks) {
    if (task.derived) continue;
    for (const { source, counts } of task.ledger.entries()) {
      const line = count.of(source);
      line.applied += counts.applied;
      line.duplicate += counts.duplicate;
      line.quarantined += counts.quarantined;
      line.superseded += counts.superseded;
      line.conflict += counts.conflict;
    }
  }
  const cut = {
    ends: new Map([...ends].map(([name, end]) => [name, Math.max(end, positions.get(name) ?? 0)])),
    positions,
  };
  for (const topic of [...eventTopics, quarantineTopic]) {
    for (const name of cut.ends.keys()) {
      if (name.startsWith(`${topic}/`)) await count.read(log, topic, Number(name.slice(topic.length + 1)), cut);
    }
  }
  for (const [source, quarantined] of await asideOf()) count.of(source).quarantined += quarantined;
  const lines = [...count.bySource.keys()].sort().map((source) => lineOf(source, count.of(source)));
  const { source: _source, ...total } = lineOf("", sumOf(lines));
  return { lines, total, balanced: lines.every(({ missing }) => missing === 0) };
};

const sumOf = (lines: ReadonlyArray<LedgerLine>): Counts => {
  const sum = noCounts();
  for (const line of lines) for (const name of Object.keys(sum) as Array<keyof Counts>) sum[name] += line[name];
  return sum;
};
