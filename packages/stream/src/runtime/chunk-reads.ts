import type { EventLog, LogChunk } from "@leadwire/log";
import type { PartitionTask } from "../core/partition-task.ts";

/** Reads under way at one time: a round over many partitions must not wait for each answer in turn. */
const readsMax = 16;

/** Reads one chunk for each task from its position, some ahead of the one that is asked for. */
export class ChunkReads {
  private readonly log: EventLog;
  private readonly tasks: ReadonlyArray<PartitionTask>;
  private readonly chunkBytes: number;
  private readonly reads: Array<Promise<LogChunk>> = [];

  constructor(log: EventLog, tasks: ReadonlyArray<PartitionTask>, chunkBytes: number) {
    this.log = log;
    this.tasks = tasks;
    this.chunkBytes = chunkBytes;
  }

  /** The chunk of the n-th task; to be asked in order. */
  of(n: number): Promise<LogChunk> {
    while (this.reads.length < Math.min(n + readsMax, this.tasks.length)) {
      const task = this.tasks[this.reads.length] as PartitionTask;
      const read = this.log.read(task, task.position, this.chunkBytes);
      // Whoever awaits it is told of a failure; the others are behind the one that failed first.
      read.catch(() => undefined);
      this.reads.push(read);
    }
    return this.reads[n] as Promise<LogChunk>;
  }
}
