import { setTimeout as sleep } from "node:timers/promises";
import { eventTopics, frameId, type SchemaRegistry } from "@leadwire/events";
import {
  type EventLog,
  type LogChunk,
  type Partition,
  partitionName,
  RecordCursor,
  readBatchHeader,
} from "@leadwire/log";

const watched: ReadonlySet<string> = new Set(eventTopics);

/** Keeps what every reader of the event topics sees back before records whose schema the registry was not asked about. */
class SettledLog {
  private readonly log: EventLog;
  private readonly registry: SchemaRegistry;
  private readonly cursor = new RecordCursor();
  /** The id that a partition waits for, and where. */
  private readonly held = new Map<string, { readonly id: number; readonly offset: number }>();

  constructor(log: EventLog, registry: SchemaRegistry) {
    this.log = log;
    this.registry = registry;
  }

  readonly read = async (partition: Partition, from: number, maxBytes: number): Promise<LogChunk> => {
    const chunk = await this.log.read(partition, from, maxBytes);
    if (!watched.has(partition.topic)) return chunk;
    const unsettled = this.firstUnsettled(chunk, from);
    if (unsettled === undefined) return chunk;
    this.held.set(partitionName(partition), unsettled);
    // Asked beside the reading: a silent registry holds up this partition alone. It never rejects.
    void this.registry.learn?.(unsettled.id);
    return upTo(chunk, from, unsettled.offset);
  };

  /** A held partition has nothing to give before its id is known: looking again at once would only look. */
  readonly waitForData: EventLog["waitForData"] = async (positions, timeoutMs, signal) => {
    const held = positions.flatMap((place) => {
      const at = this.held.get(partitionName(place));
      return at !== undefined && !this.isSettled(at.id) && place.offset <= at.offset ? [{ place, id: at.id }] : [];
    });
    if (held.length === 0) return this.log.waitForData(positions, timeoutMs, signal);
    const others = positions.filter((place) => !held.some((one) => one.place === place));
    const stop = new AbortController();
    const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const learnt = held.map(async ({ id }) => {
      await this.registry.learn?.(id);
      return true;
    });
    const quiet = sleep(timeoutMs, false, { signal: either }).catch(() => false);
    const data = others.length === 0 ? quiet : this.log.waitForData(others, timeoutMs, either);
    try {
      return await Promise.race([...learnt, data]);
    } finally {
      stop.abort();
    }
  };

  private isSettled(id: number): boolean {
    return this.registry.isSettled?.(id) !== false;
  }

  private firstUnsettled({ bytes }: LogChunk, from: number): { id: number; offset: number } | undefined {
    const { cursor } = this;
    let last = -1;
    cursor.reset(bytes, from);
    while (cursor.next()) {
      const id = frameId(bytes, cursor.valueStart, cursor.valueEnd);
      // A record without a frame waits for nothing: it is put aside as it is.
      if (id === last || id < 0) continue;
      if (!this.isSettled(id)) return { id, offset: cursor.offset };
      last = id;
    }
    return undefined;
  }
}

/** The chunk's whole batches before the one that holds `offset`. */
const upTo = (chunk: LogChunk, from: number, offset: number): LogChunk => {
  let end = 0;
  let nextOffset = from;
  while (end < chunk.bytes.length) {
    const { baseOffset, batchBytes, lastOffsetDelta } = readBatchHeader(chunk.bytes, end);
    if (baseOffset + lastOffsetDelta >= offset) break;
    end += batchBytes;
    nextOffset = Math.max(from, baseOffset + lastOffsetDelta + 1);
  }
  return { ...chunk, bytes: chunk.bytes.subarray(0, end), nextOffset };
};

/**
 * A log for the services of a cluster with a registry: a record of the event topics is read only once the registry has
 * said what its schema id means. So what becomes of it never depends on whether this process heard of a newer producer's
 * schema in time, and every reader decides alike. A partition whose id the registry is asked about ends there for a
 * moment; the others go on.
 */
export const settledLog = (log: EventLog, registry: SchemaRegistry): EventLog => {
  if (registry.isSettled === undefined) return log;
  const { read, waitForData } = new SettledLog(log, registry);
  return {
    ensureTopics: (topics) => log.ensureTopics(topics),
    topics: () => log.topics(),
    append: (records) => log.append(records),
    appendBatches: (batches) => log.appendBatches(batches),
    bounds: (partition) => log.bounds(partition),
    boundsOf: (partitions) => log.boundsOf(partitions),
    join: (group, topics, listener) => log.join(group, topics, listener),
    close: () => log.close(),
    read,
    waitForData,
  };
};
