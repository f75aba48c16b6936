import type { EventLog } from "@leadwire/log";
import type { PartitionTask } from "../core/partition-task.ts";
import type { OutputBatch } from "../core/task-output.ts";

/** Outputs held in memory before they are appended. */
const heldBytesMax = 16 * 1_048_576;

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

  /** In bounded appends: after a long stretch of reading, the slices that changed are many. */
  async tellSlices(tasks: ReadonlyArray<PartitionTask>): Promise<void> {
    let batches: Array<OutputBatch> = [];
    let bytes = 0;
    for (const task of tasks) {
      do {
        for (const output of task.takeSlices()) {
          batches.push(output);
          bytes += output.batch.length;
        }
        if (bytes < heldBytesMax) continue;
        await this.tell(batches);
        batches = [];
        bytes = 0;
      } while (task.isRestating);
    }
    await this.tell(batches);
  }
}
