import { factsTopic, metricsTopic } from "@leadwire/events";
import { RecordCursor } from "@leadwire/log";
import { decodeHeartbeat, type Heartbeat, isHeartbeat } from "@leadwire/stream";
import { readFact, readSlice } from "./derived-record.ts";
import { isLeaving } from "./leaving.ts";
import type { Reference, SliceStory, TaskStory } from "./reference.ts";
import type { SimBroker } from "./sim-broker.ts";
import { sliceKey } from "./sim-clickhouse.ts";
import type { SimPartition } from "./sim-partition.ts";
import { generation } from "./world.ts";

/** Every record that was ever told, whoever told it: right for its version, and told before a heartbeat says so. */
export function* checkTold(broker: SimBroker, { stories }: Reference): Generator<string> {
  const tasks = new Map(stories.map((story) => [`${story.topic}/${story.partition}`, story]));
  const facts = new Map<string, string>();
  const slices = new Map<string, SliceStory>();
  for (const story of stories) {
    for (const [key, whole] of story.told) facts.set(key, whole);
    for (const [key, slice] of story.sliceStories) slices.set(key, slice);
  }
  for (const place of broker.of(factsTopic(generation))) yield* new FactsTold(tasks, facts).check(place);
  for (const place of broker.of(metricsTopic(generation))) yield* new SlicesTold(tasks, slices).check(place);
}

/** What one partition of a derived topic told, in its order. */
abstract class Told {
  /** By fact or slice: the highest version so far. */
  protected readonly versions = new Map<string, number>();
  private readonly tasks: ReadonlyMap<string, TaskStory>;
  /** By task: the highest position that a heartbeat claimed. */
  private readonly claimed = new Map<string, number>();

  constructor(tasks: ReadonlyMap<string, TaskStory>) {
    this.tasks = tasks;
  }

  *check({ batches }: SimPartition): Generator<string> {
    const cursor = new RecordCursor();
    for (const { bytes } of batches) {
      cursor.reset(bytes, 0);
      while (cursor.next()) {
        const { valueStart, valueEnd } = cursor;
        if (!isHeartbeat(cursor.bytes, valueStart, valueEnd)) yield* this.checkRecord(cursor);
        else yield* this.checkBeat(decodeHeartbeat(cursor.bytes, valueStart, valueEnd));
      }
    }
  }

  protected abstract checkRecord(cursor: RecordCursor): Generator<string>;
  /** Everything that changed, and the last version at which it did before a position. */
  protected abstract changesBefore(story: TaskStory, position: number): Generator<readonly [string, number]>;

  protected note(key: string, version: number): void {
    const held = this.versions.get(key);
    if (held === undefined || held < version) this.versions.set(key, version);
  }

  /** A heartbeat claims that everything before its position has been told. */
  private *checkBeat({ topic, partition, position }: Heartbeat): Generator<string> {
    const name = `${topic}/${partition}`;
    const story = this.tasks.get(name);
    if (story === undefined || position <= (this.claimed.get(name) ?? 0)) return;
    this.claimed.set(name, position);
    for (const [key, version] of this.changesBefore(story, position)) {
      if ((this.versions.get(key) ?? -1) >= version) continue;
      yield `a heartbeat of ${name} says ${position}, and ${key} of version ${version} was not told`;
    }
  }
}

class FactsTold extends Told {
  private readonly facts: ReadonlyMap<string, string>;

  constructor(tasks: ReadonlyMap<string, TaskStory>, facts: ReadonlyMap<string, string>) {
    super(tasks);
    this.facts = facts;
  }

  protected *checkRecord(cursor: RecordCursor): Generator<string> {
    const record = readFact(cursor);
    if (record._tag !== "Fact") return;
    const { row, whole } = record;
    const expected = this.facts.get(`${row.id}@${row.version}`);
    if (expected !== whole) {
      yield `fact ${row.id} was told at version ${row.version} as ${whole}, the log gives ${expected ?? "nothing"}`;
    }
    this.note(row.id, row.version);
  }

  protected *changesBefore({ factVersions }: TaskStory, position: number): Generator<readonly [string, number]> {
    for (const [id, versions] of factVersions) {
      const last = versions.findLast((version) => version < position);
      if (last !== undefined) yield [id, last];
    }
  }
}

class SlicesTold extends Told {
  private readonly slices: ReadonlyMap<string, SliceStory>;

  constructor(tasks: ReadonlyMap<string, TaskStory>, slices: ReadonlyMap<string, SliceStory>) {
    super(tasks);
    this.slices = slices;
  }

  protected *checkRecord(cursor: RecordCursor): Generator<string> {
    const record = readSlice(cursor);
    if (record._tag !== "Slice") return;
    const { version, count, sum } = record.slice;
    const key = sliceKey(record.slice);
    const step = this.slices.get(key)?.steps.findLast((known) => known.version <= version);
    if (step?.count !== count || step.sum !== sum) {
      const expected = step === undefined ? "nothing" : `${step.count}, ${step.sum}`;
      yield `slice ${key} was told at version ${version} as ${count}, ${sum}; the log gives ${expected}`;
    }
    this.note(key, version);
  }

  protected *changesBefore(story: TaskStory, position: number): Generator<readonly [string, number]> {
    for (const [key, { slice, steps }] of story.sliceStories) {
      const last = steps.findLast(({ version }) => version < position);
      if (last !== undefined && !isLeaving(slice, story.newestAppendMs)) yield [key, last.version];
    }
  }
}
