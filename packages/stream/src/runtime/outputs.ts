import type { EventLog } from "@leadwire/log";
import type { PartitionTask } from "../core/partition-task.ts";
import type { OutputBatch } from "../core/task-output.ts";

/** Outputs held in memory before they are appended. */
const heldBytesMax = 16 * 1_048_576;

/** Gathers what tasks tell, so that few appends carry it, and appends it before it gets too much. */
class HeldOutputs {
  private readonly tellAll: (batches: ReadonlyArray<OutputBatch>) => Promise<void>;
  private batches: Array<OutputBatch> = [];
  private bytes = 0;

  constructor(tellAll: (batches: ReadonlyArray<OutputBatch>) => Promise<void>) {
    this.tellAll = tellAll;
  }

  async add(outputs: ReadonlyArray<OutputBatch>): Promise<void> {
    for (const output of outputs) {
      this.batches.push(output);
      this.bytes += output.batch.length;
    }
    if (this.bytes >= heldBytesMax) await this.tell();
  }

  /** Resolves when everything added is durable. */
  async tell(): Promise<void> {
    const { batches } = this;
    this.batches = [];
    this.bytes = 0;
    await this.tellAll(batches);
  }
}

/** Appends what tasks tell. */
export class Outputs {
  private readonly log: EventLog;

  constructor(log: EventLog) {
    this.log = log;
  }

  /** Resolves when the batches are durable. */
  async tell(batches: ReadonlyArray<OutputBatch>): Promise<void> {
    if (batches.length > 0) await this.log.appendBatches(batches);
  }

  hold(): HeldOutputs {
    return new HeldOutputs((batches) => this.tell(batches));
  }

  /** With what is held already, in bounded appends: after a long stretch of reading, many slices changed. */
  async tellSlices(tasks: ReadonlyArray<PartitionTask>, held = this.hold()): Promise<void> {
    for (const task of tasks) {
      do await held.add(task.takeSlices());
      while (task.isRestating);
    }
    await held.tell();
  }
}
