import {
  accountLogTopic,
  derivedRegistry,
  type EventType,
  encodeQuarantined,
  factsTopic,
  metricsTopic,
  quarantineId,
  quarantineTopic,
  type SchemaRegistry,
} from "@leadwire/events";
import type { Measure } from "@leadwire/kpis";
import { RecordCursor } from "@leadwire/log";
import { AccountTask } from "./accounts/account-task.ts";
import { encodeHeartbeat, type Heartbeat } from "./codec/heartbeat-codec.ts";
import { type Origin, origins } from "./codec/origin.ts";
import { EventTask } from "./events/event-task.ts";
import { LeadTask } from "./leads/lead-task.ts";
import { Ledger } from "./ledger.ts";
import { SliceOutput } from "./slices/slice-output.ts";
import { Slicer } from "./slices/slicer.ts";
import { captureState, restoreState, type StateCapture, type StateReader } from "./state/task-state.ts";
import { TextTable } from "./state/text-table.ts";
import type { InputRecord, TaskContext, TaskFold, Treatment } from "./task.ts";
import { type OutputBatch, OutputStream } from "./task-output.ts";

/** What a capture keeps beside the tables. NaN and infinities are null in JSON. */
interface Extra {
  readonly position: number;
  readonly appendTimeMs: number;
  readonly newestEventMs: number | null;
  readonly newestAppendMs: number | null;
  readonly expiredToMs: number | null;
  readonly ledger: string;
}

/** The inputs of the tasks, and what each is made of. */
export const taskTopics = (generation: string): ReadonlyArray<string> => [
  "leadwire.funnel",
  "leadwire.spend",
  "leadwire.accounts",
  "leadwire.plan",
  accountLogTopic(generation),
];

const makeFold = (
  topic: string,
  context: TaskContext,
  names: TextTable,
  slicer: Slicer,
  registry: SchemaRegistry,
): { readonly fold: TaskFold; readonly origin: Origin; readonly derived: boolean } => {
  const events = (origin: Origin, types: ReadonlyArray<EventType>) => ({
    fold: new EventTask(context, origin, types, names, slicer, registry),
    origin,
    derived: false,
  });
  switch (topic) {
    case "leadwire.funnel":
      return { fold: new LeadTask(context, names, slicer, registry), origin: origins.funnel, derived: false };
    case "leadwire.spend":
      return events(origins.spend, ["spend"]);
    case "leadwire.accounts":
      return events(origins.accounts, ["subscription-changed", "survey-answered"]);
    case "leadwire.plan":
      return events(origins.plan, ["target-set", "forecast-submitted"]);
    default:
      return { fold: new AccountTask(context, names, slicer), origin: origins.accounts, derived: true };
  }
};

/**
 * One task: one partition of one topic, its state and its outputs. Synchronous and without I/O; the runner (runtime/)
 * feeds it and carries its outputs and captures away. Same input, same outputs, whatever the batches.
 */
export class PartitionTask {
  readonly topic: string;
  readonly partition: number;
  readonly origin: Origin;
  /** Reads a derived topic: its records are counted where they came from. */
  readonly derived: boolean;
  /** The next offset to read. */
  position = 0;
  /** The running maximum of the append times read. */
  appendTimeMs = 0;
  newestEventMs = Number.NEGATIVE_INFINITY;
  readonly ledger = new Ledger();
  readonly names = new TextTable();
  readonly slicer: Slicer;
  readonly fold: TaskFold;
  private readonly cursor = new RecordCursor();
  private readonly slices: SliceOutput;
  private readonly quarantine: OutputStream;
  private readonly beats: ReadonlyArray<OutputStream>;
  private readonly record: InputRecord = { bytes: Buffer.alloc(0), start: 0, end: 0, offset: 0, appendTimeMs: 0 };

  constructor(
    topic: string,
    context: TaskContext,
    measures: ReadonlyArray<Measure>,
    registry: SchemaRegistry = derivedRegistry,
  ) {
    this.topic = topic;
    this.partition = context.partition;
    this.names.intern("(none)");
    this.slicer = new Slicer(measures, context.calendar);
    const { fold, origin, derived } = makeFold(topic, context, this.names, this.slicer, registry);
    this.fold = fold;
    this.origin = origin;
    this.derived = derived;
    this.slices = new SliceOutput(this.slicer, this.names, origin, context);
    this.quarantine = new OutputStream(quarantineTopic, context.partition);
    const { generation, partition } = context;
    this.beats = [factsTopic(generation), metricsTopic(generation)].map((name) => new OutputStream(name, partition));
  }

  /** Treats the records of whole batches from the task's position on; answers how many there were. */
  process(bytes: Buffer, nextOffset: number): number {
    const { cursor, record } = this;
    let records = 0;
    cursor.reset(bytes, this.position);
    while (cursor.next()) {
      if (cursor.appendTimeMs > this.appendTimeMs) {
        this.appendTimeMs = cursor.appendTimeMs;
        this.slicer.advance(this.appendTimeMs);
      }
      record.bytes = bytes;
      record.start = Math.max(cursor.valueStart, 0);
      record.end = Math.max(cursor.valueEnd, 0);
      record.offset = cursor.offset;
      record.appendTimeMs = this.appendTimeMs;
      this.count(this.fold.treat(record));
      this.position = cursor.offset + 1;
      records += 1;
    }
    this.position = nextOffset;
    return records;
  }

  /** The append time that the log's end has reached: what will be too old by then is not sliced on the way there. */
  expect(endAppendTimeMs: number): void {
    this.slicer.advance(endAppendTimeMs);
  }

  /** The outputs of what was processed since the last call: every change of a fact, then the slices as they stand now. */
  takeOutput(): ReadonlyArray<OutputBatch> {
    return [...this.takeFacts(), ...this.takeSlices()];
  }

  /** Changes of facts, and records put aside. */
  takeFacts(): ReadonlyArray<OutputBatch> {
    const batches: Array<OutputBatch> = [];
    this.fold.takeOutput(batches);
    this.quarantine.take(batches);
    return batches;
  }

  /**
   * The slices that changed since the last call. They may be told later than facts, since only their newest values
   * count, but always before state is captured: what a capture holds is not told again.
   */
  takeSlices(): ReadonlyArray<OutputBatch> {
    const batches: Array<OutputBatch> = [];
    this.slices.take(this.position - 1, batches);
    return batches;
  }

  /** Every slice again, whether changed or not, for readers that lost their place. */
  restateSlices(): void {
    this.slices.restate();
  }

  /** A heartbeat: how far the task is, of an input that now ends at `end`. */
  beat(end: number, nowMs: number): ReadonlyArray<OutputBatch> {
    const value = encodeHeartbeat(this.heartbeat(end, nowMs));
    const batches: Array<OutputBatch> = [];
    const key = Buffer.from(`heartbeat/${this.topic}`);
    for (const stream of this.beats) {
      stream.add(key, 0, key.length, value, value.length);
      stream.take(batches);
    }
    return batches;
  }

  heartbeat(end: number, nowMs: number): Heartbeat {
    return {
      topic: this.topic,
      partition: this.partition,
      position: this.position,
      end,
      appendTimeMs: this.position >= end ? nowMs : this.appendTimeMs,
      newestEventMs: Number.isFinite(this.newestEventMs) ? this.newestEventMs : null,
    };
  }

  capture(): StateCapture {
    const extra: Extra = {
      position: this.position,
      appendTimeMs: this.appendTimeMs,
      newestEventMs: this.newestEventMs,
      newestAppendMs: this.slicer.newestAppendMs,
      expiredToMs: this.slicer.expiredToMs,
      ledger: this.ledger.toJson(),
    };
    return captureState(this.fold.state, extra);
  }

  restore(head: string, reader: StateReader): void {
    const extra = restoreState(this.fold.state, head, reader) as Extra;
    this.position = extra.position;
    this.appendTimeMs = extra.appendTimeMs;
    this.newestEventMs = extra.newestEventMs ?? Number.NEGATIVE_INFINITY;
    this.slicer.newestAppendMs = extra.newestAppendMs ?? Number.NEGATIVE_INFINITY;
    this.slicer.expiredToMs = extra.expiredToMs ?? Number.NEGATIVE_INFINITY;
    this.ledger.restore(extra.ledger);
  }

  private count(treatment: Treatment): void {
    if (this.derived) {
      if (treatment._tag === "Applied") this.noteEventTime();
      return;
    }
    const backfill = this.cursor.headerCount === 0 ? "" : (this.cursor.header("backfill") ?? "");
    if (treatment._tag === "Quarantined") {
      this.putAside(treatment, backfill);
      return;
    }
    const counts = this.ledger.of(this.fold.sourceText(), backfill);
    if (treatment._tag === "Duplicate") {
      counts.duplicate += 1;
      if (treatment.conflict) counts.conflict += 1;
      return;
    }
    counts.applied += 1;
    if (treatment.superseding) counts.superseded += 1;
    this.noteEventTime();
  }

  private noteEventTime(): void {
    const atMs = this.fold.occurredAtMs;
    if (atMs > this.newestEventMs) this.newestEventMs = atMs;
  }

  private putAside(treatment: Treatment & { readonly _tag: "Quarantined" }, backfill: string): void {
    const source = this.fold.sourceText() || (this.cursor.header("source") ?? "");
    this.ledger.quarantine(source, backfill, treatment.reason);
    const { bytes, start, end, offset, appendTimeMs } = this.record;
    const place = {
      origin: this.topic,
      partition: this.partition,
      position: offset,
      bytes: bytes.subarray(start, end),
    };
    const id = quarantineId(place);
    const value = encodeQuarantined({
      ...place,
      id,
      source_system: source,
      reason: treatment.reason,
      detail: treatment.detail,
      appended_at: appendTimeMs,
    });
    const key = Buffer.from(id);
    this.quarantine.add(key, 0, key.length, value, value.length);
  }
}
