import { encodeBatch, RecordCursor } from "@leadwire/log";
import type { PartitionTask } from "@leadwire/stream";
import { type Mutation, replaceMethod } from "../mutation.ts";

/** Faults of what is folded, and of the version that it is told at. */

export const randomOrder: Mutation = {
  name: "random-order",
  says: "an instance folds the records of a batch in an order of its own",
  log: (log, { world: { scheduler } }) => ({
    ...log,
    read: async (partition, from, maxBytes) => {
      const chunk = await log.read(partition, from, maxBytes);
      if (!partition.topic.startsWith("leadwire.funnel") || !scheduler.random.chance(0.3)) return chunk;
      return { ...chunk, bytes: reversed(chunk.bytes, from) };
    },
  }),
};

/** The records of whole batches in reverse, at the same offsets; headers are lost. */
const reversed = (bytes: Buffer, from: number): Buffer => {
  const cursor = new RecordCursor();
  cursor.reset(bytes, from);
  const records: Array<{ key: Buffer; value: Buffer }> = [];
  let [first, atMs] = [-1, 0];
  while (cursor.next()) {
    if (first < 0) first = cursor.offset;
    atMs = cursor.appendTimeMs;
    const { keyStart, keyEnd, valueStart, valueEnd } = cursor;
    records.push({ key: cursor.bytes.subarray(keyStart, keyEnd), value: cursor.bytes.subarray(valueStart, valueEnd) });
  }
  return records.length < 2 ? bytes : encodeBatch(records.reverse(), first, atMs);
};

export const idsForgotten: Mutation = {
  name: "ids-forgotten",
  says: "event ids are remembered for the newest few events only, so that an old repeat counts again",
  task: (task) => {
    const known = Reflect.get(task.fold, "known") as
      | { mayHold: (...args: ReadonlyArray<unknown>) => boolean }
      | undefined;
    if (known === undefined || task.topic !== "leadwire.funnel") return;
    const recent: Array<unknown> = [];
    replaceMethod(known, "mayHold", (original) => (...args) => {
      const [, , idHash] = args;
      const isRecent = recent.includes(idHash);
      recent.push(idHash);
      if (recent.length > 4) recent.shift();
      return isRecent && original(...args);
    });
  },
};

export const lostRevocation: Mutation = {
  name: "lost-revocation",
  says: "an owner that lost a partition goes on telling and committing, at versions of its own",
  log: (log, parts) => ({
    ...log,
    join: (group, topics, listener) =>
      log.join(group, topics, {
        ...listener,
        onRevoked: async () => {
          for (const task of parts.tasks()) aheadBy(task, 40);
        },
      }),
  }),
};

/** The task's slices claim to stand for so many records more. */
const aheadBy = (task: PartitionTask, records: number): void =>
  replaceMethod(task, "takeSlices", (original) => () => {
    task.position += records;
    const batches = original();
    task.position -= records;
    return batches;
  });

export const versionByTime: Mutation = {
  name: "version-by-time",
  says: "slices are versioned by the teller's clock, so that a stale owner's word is the newest",
  task: (task, { world: { broker } }) =>
    replaceMethod(task, "takeSlices", (original) => () => {
      const { position } = task;
      task.position = broker.nowMs;
      const batches = original();
      task.position = position;
      return batches;
    }),
};
