import { type LedgerUpdated, quarantineId, quarantineTopic } from "@leadwire/events";
import type { Measure } from "@leadwire/kpis";
import { RecordCursor } from "@leadwire/log";
import { BeatOutput } from "./beat-output.ts";
import { type TaskCodecs, taskCodecs } from "./codec/derived-ids.ts";
import type { Heartbeat } from "./codec/heartbeat-codec.ts";
import type { Origin } from "./codec/origin.ts";
import { ForwardOutput } from "./forward-output.ts";
import { Ledger, toldEntry } from "./ledger.ts";
import { forwardedFrom, forwardedFromHeader } from "./place.ts";
import { recordBackfill, recordSource } from "./record-label.ts";
import { SliceOutput } from "./slices/slice-output.ts";
import { Slicer } from "./slices/slicer.ts";
import { captureState, headExtra, restoreState, type StateCapture, type StateReader } from "./state/task-state.ts";
import { TextTable } from "./state/text-table.ts";
import type { InputRecord, TaskContext, TaskFold, Treatment } from "./task.ts";
import { foldOf } from "./task-inputs.ts";
import { type OutputBatch, OutputStream } from "./task-output.ts";

/** What a capture keeps beside the tables. NaN and infinities are null in JSON. */
interface Extra {
  readonly position: number;
  readonly appendTimeMs: number;
  readonly newestEventMs: number | null;
  readonly newestAppendMs: number | null;
  readonly expiredToMs: number | null;
  readonly ledger: string;
  /** Absent in state of former versions. */
  readonly requestsServed?: number;
}

/** What the head of a captured state says of it. */
export interface StateHead {
  /** The next offset of its input. */
  readonly position: number;
  /** See PartitionTask.requestsServed. */
  readonly requestsServed: number;
}

export const stateHead = (head: string): StateHead => {
  const { position, requestsServed = 0 } = headExtra(head) as Extra;
  return { position, requestsServed };
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
  /** Requests to tell again that stand before this offset of the control topic are served by what the state has told. */
  requestsServed = 0;
  readonly ledger = new Ledger();
  readonly names = new TextTable();
  readonly slicer: Slicer;
  readonly fold: TaskFold;
  private readonly cursor = new RecordCursor();
  private readonly slices: SliceOutput;
  private readonly quarantine: OutputStream;
  private readonly forwards = new ForwardOutput();
  private readonly beats: BeatOutput;
  private readonly codecs: TaskCodecs;
  private readonly record: InputRecord = {
    bytes: Buffer.alloc(0),
    start: 0,
    end: 0,
    offset: 0,
    appendTimeMs: 0,
    backfill: "",
    header: (name) => this.cursor.header(name),
  };
  /** The last heartbeat; a restored task's is that of the position it was committed at. */
  private lastBeat: Heartbeat;

  constructor(topic: string, context: TaskContext, measures: ReadonlyArray<Measure>) {
    this.topic = topic;
    this.codecs = taskCodecs(context.registry);
    this.partition = context.partition;
    this.names.intern("(none)");
    this.slicer = new Slicer(measures, context.calendar);
    const { fold, origin, derived } = foldOf(topic, context, this.names, this.slicer);
    this.fold = fold;
    this.origin = origin;
    this.derived = derived;
    this.slices = new SliceOutput(this.slicer, this.names, origin, context);
    this.quarantine = new OutputStream(quarantineTopic, context.partition);
    this.beats = new BeatOutput(context);
    this.lastBeat = this.heartbeat(0, 0);
  }

  /** Treats the records of whole batches from the task's position on, up to `nextOffset`; answers how many there were. */
  process(bytes: Buffer, nextOffset: number): number {
    const { cursor, record } = this;
    let records = 0;
    cursor.reset(bytes, this.position);
    while (cursor.next() && cursor.offset < nextOffset) {
      if (cursor.appendTimeMs > this.appendTimeMs) {
        this.appendTimeMs = cursor.appendTimeMs;
        this.slicer.advance(this.appendTimeMs);
      }
      record.bytes = bytes;
      record.start = Math.max(cursor.valueStart, 0);
      record.end = Math.max(cursor.valueEnd, 0);
      record.offset = cursor.offset;
      record.appendTimeMs = this.appendTimeMs;
      record.backfill = cursor.headerCount === 0 ? "" : recordBackfill(cursor.header("backfill"));
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

  /** Changes of facts, records put aside, and records sent on to where they belong. */
  takeFacts(): ReadonlyArray<OutputBatch> {
    const batches: Array<OutputBatch> = [];
    this.fold.takeOutput(batches);
    this.quarantine.take(batches);
    this.forwards.take(batches);
    return batches;
  }

  /**
   * The slices that changed since the last call. They may be told later than facts, since only their newest values
   * count, but always before state is captured: what a capture holds is not told again. While `isRestating`, there is
   * more to take.
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
  get isRestating(): boolean {
    return this.slices.isRestating;
  }

  /**
   * A heartbeat: how far the task is, of an input that now ends at `end`; with it, on the metrics topic, the counts of
   * the ledger that changed since the last one. Comes after all outputs of the records before the position.
   */
  beat(end: number, nowMs: number): ReadonlyArray<OutputBatch> {
    const batches: Array<OutputBatch> = [];
    this.lastBeat = this.heartbeat(end, nowMs);
    this.beats.tell(this.lastBeat, this.ledger.takeChanges(), batches);
    return batches;
  }

  /**
   * A sign of life in the middle of a long stretch of reading, whose slices are told at its end: how far the task was
   * at its last heartbeat, of an input that now ends at `end`.
   */
  beatAgain(end: number): ReadonlyArray<OutputBatch> {
    const batches: Array<OutputBatch> = [];
    this.beats.tell({ ...this.lastBeat, end }, [], batches);
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
      requestsServed: this.requestsServed,
    };
  }

  /** What became of the records before the position. */
  counts(): LedgerUpdated {
    const { topic, partition, position } = this;
    return { topic, partition, position, entries: this.ledger.entries().map(toldEntry) };
  }

  capture(): StateCapture {
    const extra: Extra = {
      position: this.position,
      appendTimeMs: this.appendTimeMs,
      newestEventMs: this.newestEventMs,
      newestAppendMs: this.slicer.newestAppendMs,
      expiredToMs: this.slicer.expiredToMs,
      ledger: this.ledger.toJson(),
      requestsServed: this.requestsServed,
    };
    return captureState(this.fold.state, extra);
  }

  restore(head: string, reader: StateReader): void {
    for (const _ of this.restoring(head, reader));
  }

  /** As restore, in steps of some milliseconds: whoever loads much lets others have turns in between. */
  *restoring(head: string, reader: StateReader): Generator<void, void> {
    const extra = (yield* restoreState(this.fold.state, head, reader)) as Extra;
    this.position = extra.position;
    this.appendTimeMs = extra.appendTimeMs;
    this.newestEventMs = extra.newestEventMs ?? Number.NEGATIVE_INFINITY;
    this.slicer.newestAppendMs = extra.newestAppendMs ?? Number.NEGATIVE_INFINITY;
    this.slicer.expiredToMs = extra.expiredToMs ?? Number.NEGATIVE_INFINITY;
    this.ledger.restore(extra.ledger);
    this.requestsServed = extra.requestsServed ?? 0;
    // Outputs go before a commit: what the state stands for has been told.
    this.lastBeat = this.heartbeat(Number.POSITIVE_INFINITY, 0);
  }

  private count(treatment: Treatment): void {
    if (this.derived) {
      if (treatment._tag === "Applied") this.noteEventTime();
      return;
    }
    const { backfill } = this.record;
    if (treatment._tag === "Quarantined") {
      this.putAside(treatment, backfill);
      return;
    }
    if (treatment._tag === "Forwarded") {
      this.sendOn(treatment, backfill);
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

  private sendOn({ place }: Treatment & { readonly _tag: "Forwarded" }, backfill: string): void {
    const { record, cursor } = this;
    const headers = cursor.headers();
    const before = headers[forwardedFromHeader];
    if (before !== undefined) {
      const detail = `it was sent on from ${before} and belongs to ${place.topic}/${place.partition} still`;
      this.putAside({ _tag: "Quarantined", reason: "misplaced", detail }, backfill);
      return;
    }
    this.ledger.of(this.fold.sourceText(), backfill).forwarded += 1;
    const from = forwardedFrom(this.topic, this.partition, record.offset);
    const value = record.bytes.subarray(record.start, record.end);
    this.forwards.send(place, value, { ...headers, [forwardedFromHeader]: from });
  }

  private putAside(treatment: Treatment & { readonly _tag: "Quarantined" }, backfill: string): void {
    const source = recordSource(this.fold.sourceText(), this.cursor.header("source"));
    this.ledger.quarantine(source, backfill, treatment.reason);
    const { bytes, start, end, offset, appendTimeMs } = this.record;
    const place = {
      origin: this.topic,
      partition: this.partition,
      position: offset,
      bytes: bytes.subarray(start, end),
    };
    const id = quarantineId(place);
    const value = this.codecs.encodeQuarantined({
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
