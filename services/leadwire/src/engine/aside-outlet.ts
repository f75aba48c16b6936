import { eventTopics, quarantineTopic } from "@leadwire/events";
import type { EventLog, PrebuiltBatch } from "@leadwire/log";

const shared: ReadonlySet<string> = new Set(eventTopics);

/** Where a generation that does not serve yet keeps the records that it puts aside. */
export const asideTopic = (generation: string): string => `${quarantineTopic}.${generation}`;

/**
 * The log as a generation uses it that is built beside the one that serves. What it tells of its own goes out as always.
 * What all generations share would be told twice, or by a workspace that does not hold yet: records put aside go to a
 * topic of their own, and records sent on to their place are left out, since the serving generation sends them on.
 * From `open` on it tells like any other.
 */
export class AsideOutlet {
  readonly log: EventLog;
  private isOpen = false;

  /**
   * `keepsForwards`: where nobody holds what serves back until it has sent on all that this one leaves out, as one process
   * does. A record that is sent on twice counts as a duplicate.
   */
  constructor(log: EventLog, generation: string, { keepsForwards = false } = {}) {
    const aside = asideTopic(generation);
    const told = (batches: ReadonlyArray<PrebuiltBatch>): ReadonlyArray<PrebuiltBatch> => {
      if (this.isOpen) return batches;
      return batches.flatMap((batch) => {
        if (batch.topic === quarantineTopic) return [{ ...batch, topic: aside }];
        if (keepsForwards || !shared.has(batch.topic)) return [batch];
        batch.release?.(batch.batch);
        return [];
      });
    };
    this.log = {
      ensureTopics: (topics) => log.ensureTopics(topics),
      topics: () => log.topics(),
      append: (records) => log.append(records),
      /** Positions are those of the batches that were told. */
      appendBatches: (batches) => log.appendBatches(told(batches)),
      read: (partition, from, maxBytes) => log.read(partition, from, maxBytes),
      bounds: (partition) => log.bounds(partition),
      boundsOf: (partitions) => log.boundsOf(partitions),
      waitForData: (positions, timeoutMs, signal) => log.waitForData(positions, timeoutMs, signal),
      join: (group, topics, listener) => log.join(group, topics, listener),
      close: () => log.close(),
    };
  }

  /** What is appended from here on is told to everybody. */
  open(): void {
    this.isOpen = true;
  }
}
