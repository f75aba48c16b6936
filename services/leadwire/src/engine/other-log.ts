import { eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import { type EventLog, partitionName } from "@leadwire/log";
import type { Store } from "@leadwire/store";
import { StoredRows } from "../cluster/stored-rows.ts";
import { endsOf } from "./log-ends.ts";

/**
 * Why this store must not be filled from this log: it holds records that the log never had, so it was filled from another
 * one, or the log was made anew. Undefined where nothing speaks against it. Rejects StoreError.
 */
export const otherLog = async (
  log: EventLog,
  store: Store,
  generation: string,
  partitions: number,
): Promise<string | undefined> => {
  // The marks first: the log only grows meanwhile.
  const marks = await new StoredRows({ log, store, generation }).marks();
  const topics = [...eventTopics, quarantineTopic, factsTopic(generation), metricsTopic(generation)];
  for (const end of await endsOf(log, topics, partitions)) {
    const stored = marks.get(partitionName(end)) ?? 0;
    if (stored <= end.offset) continue;
    return (
      `ClickHouse was filled from another log: it holds ${partitionName(end)} up to offset ${stored}, ` +
      `and here that ends at ${end.offset}. Name another ClickHouse, or drop the databases leadwire, leadwire_log ` +
      "and leadwire_g_… there, and it is filled from this log."
    );
  }
  return undefined;
};
