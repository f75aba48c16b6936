import { factsTopic } from "@leadwire/events";
import type { LiveFact } from "@leadwire/funnel";
import type { TextTable } from "../state/text-table.ts";
import type { InputRecord, TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";
import type { AvroWriter } from "./avro-writer.ts";
import { taskCodecs } from "./derived-ids.ts";
import { FactContext, FactEncoder } from "./fact-encoder.ts";
import type { Origin } from "./origin.ts";

/** Tells the changes of a task's facts to the facts topic. Silent where the task has nobody to tell. */
export class FactOutput {
  readonly context: FactContext;
  readonly silent: boolean;
  private readonly encoder: FactEncoder;
  private readonly stream: OutputStream;

  constructor(task: TaskContext, origin: Origin, names: TextTable, ids: TextTable) {
    this.context = new FactContext(origin, task.partition);
    this.silent = task.silent === true;
    this.encoder = new FactEncoder(this.context, names, ids, taskCodecs(task.registry).ids.fact.own);
    this.stream = new OutputStream(factsTopic(task.generation), task.partition);
  }

  /** The record that causes what is told next. */
  begin(record: InputRecord): void {
    this.context.version = record.offset;
    this.context.appendTimeMs = record.appendTimeMs;
    this.context.isBackfill = record.backfill !== "";
    this.encoder.begin();
  }

  tell(fact: LiveFact, present: boolean): void {
    if (this.silent) return;
    const { encoder } = this;
    encoder.encode(fact, present);
    const { view, at } = encoder.writer;
    this.stream.addWithin(view, encoder.idStart, encoder.idEnd, at);
  }

  /** The bytes of a change, for whoever else is told of it; valid until the next one. */
  encoded(fact: LiveFact, present: boolean): AvroWriter {
    this.encoder.encode(fact, present);
    return this.encoder.writer;
  }

  take(into: Array<OutputBatch>): void {
    this.stream.take(into);
  }
}
