import type { Partition } from "@leadwire/log";
import type { Heartbeat } from "../core/codec/heartbeat-codec.ts";

interface Gap {
  /** A heartbeat that has served the control topic up to here answers the request; infinite until it is durable. */
  servedFrom: number;
  /** More was lost since it was made. */
  again: boolean;
  /** Inputs whose tasks have not answered yet. */
  readonly untold: Set<string>;
}

/**
 * What a live view could not read, since the metrics topic had forgotten it, and what the tasks therefore have to tell
 * again. Of each partition at most one request is out: what is lost meanwhile is asked for when that one is answered.
 */
export class LiveGaps {
  private readonly tasks: ReadonlyArray<Partition>;
  private readonly gaps = new Map<number, Gap>();
  private toAsk: Array<number> = [];

  constructor(tasks: ReadonlyArray<Partition>) {
    this.tasks = tasks;
  }

  /** Records of the metrics topic's partition were gone before they were read. */
  lost(partition: number): void {
    const open = this.gaps.get(partition);
    if (open !== undefined) open.again = true;
    else this.open(partition);
  }

  /** The partitions to ask for since the last call. */
  takeToAsk(): ReadonlyArray<number> {
    const { toAsk } = this;
    this.toAsk = [];
    return toAsk;
  }

  /** The request stands on the control topic, before `servedFrom`. */
  asked(partition: number, servedFrom: number): void {
    const gap = this.gaps.get(partition);
    if (gap !== undefined) gap.servedFrom = servedFrom;
  }

  /** A task has told everything as of the heartbeat's position; to be called when no further one was heard from it. */
  hear({ topic, partition, requestsServed = 0 }: Heartbeat): void {
    const gap = this.gaps.get(partition);
    if (gap === undefined || requestsServed < gap.servedFrom) return;
    gap.untold.delete(topic);
    if (gap.untold.size > 0) return;
    this.gaps.delete(partition);
    if (gap.again) this.open(partition);
  }

  /** Whether a partition's tasks have yet to tell again what was lost. */
  isOpen(partition: number): boolean {
    return this.gaps.has(partition);
  }

  /** Tasks that have to tell again before the view knows everything. */
  get untoldTasks(): number {
    let untold = 0;
    for (const gap of this.gaps.values()) untold += gap.untold.size;
    return untold;
  }

  private open(partition: number): void {
    const own = this.tasks.filter((task) => task.partition === partition);
    const untold = new Set(own.map(({ topic }) => topic));
    this.gaps.set(partition, { servedFrom: Number.POSITIVE_INFINITY, again: false, untold });
    this.toAsk.push(partition);
  }
}
