import { accountLogTopic, eventTopics, quarantineTopic } from "@leadwire/events";
import type { PrebuiltBatch } from "@leadwire/log";
import type { OutputBatch } from "@leadwire/stream";
import { type Mutation, replaceMethod } from "../mutation.ts";
import { generation } from "../world.ts";

/** Faults of when and whether outputs are told. */

export const commitBeforeOutput: Mutation = {
  name: "commit-before-output",
  says: "state and position are committed first, and what follows from them is told afterwards",
  store: (log, store) => {
    let held: Array<PrebuiltBatch> = [];
    const flush = async (): Promise<void> => {
      const batches = held;
      held = [];
      if (batches.length > 0) await log.appendBatches(batches);
    };
    return [
      {
        ...log,
        appendBatches: async (batches) => {
          held.push(...batches);
          return batches.map(({ topic, partition }) => ({ topic, partition, offset: 0 }));
        },
        waitForData: async (positions, timeoutMs, signal) => {
          await flush();
          return log.waitForData(positions, timeoutMs, signal);
        },
      },
      {
        ...store,
        commit: async (captures) => {
          await store.commit(captures);
          await flush();
        },
      },
    ];
  },
};

export const outputsDroppedOnCrash: Mutation = {
  name: "outputs-dropped-on-crash",
  says: "an append answers before it is durable, and is lost when the process dies",
  log: (log) => ({
    ...log,
    appendBatches: async (batches) => {
      void log.appendBatches(batches).catch(() => undefined);
      return batches.map(({ topic, partition }) => ({ topic, partition, offset: 0 }));
    },
  }),
};

/** Tells some topics' outputs only after the commit that stands for them. */
const toldAfterCommit = (name: string, says: string, isLate: (topic: string) => boolean): Mutation => ({
  name,
  says,
  store: (log, store) => {
    let held: Array<PrebuiltBatch> = [];
    return [
      {
        ...log,
        appendBatches: async (batches) => {
          held.push(...batches.filter(({ topic }) => isLate(topic)));
          return log.appendBatches(batches.filter(({ topic }) => !isLate(topic)));
        },
        waitForData: async (positions, timeoutMs, signal) => {
          const batches = held;
          held = [];
          if (batches.length > 0) await log.appendBatches(batches);
          return log.waitForData(positions, timeoutMs, signal);
        },
      },
      store,
    ];
  },
});

export const accountLogAfterCommit = toldAfterCommit(
  "account-log-after-commit",
  "what goes to the account log is told after the commit",
  (topic) => topic === accountLogTopic(generation),
);

export const forwardAfterCommit = toldAfterCommit(
  "forward-after-commit",
  "records in the wrong place are sent on after the commit",
  (topic) => eventTopics.some((known) => known === topic),
);

export const quarantineAfterCommit = toldAfterCommit(
  "quarantine-after-commit",
  "records that cannot be used are put aside after the commit",
  (topic) => topic === quarantineTopic,
);

export const slicesNotTold: Mutation = {
  name: "slices-forgotten-at-hand-over",
  says: "what was folded and not told yet is committed when partitions are handed over",
  log: (log, parts) => ({
    ...log,
    join: (group, topics, listener) =>
      log.join(group, topics, {
        ...listener,
        onRevoked: async (partitions) => {
          for (const task of parts.tasks())
            replaceMethod(task, "takeSlices", () => (): ReadonlyArray<OutputBatch> => []);
          await listener.onRevoked(partitions);
        },
      }),
  }),
};
