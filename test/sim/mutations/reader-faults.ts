import { metricsTopic } from "@leadwire/events";
import type { EventLog, PrebuiltBatch } from "@leadwire/log";
import { right } from "fp-ts/lib/Either.js";
import { type Mutation, replaceMethod } from "../mutation.ts";
import { sliceKey } from "../sim-clickhouse.ts";
import { generation } from "../world.ts";

/** Faults of what readers rely on: heartbeats, versions, positions. */

export const lastWriteWins: Mutation = {
  name: "last-write-wins",
  says: "ClickHouse keeps what was inserted last, not the highest version",
  clickHouse: (clickHouse) => {
    replaceMethod(clickHouse, "putFact", () => (row) => void clickHouse.facts.set(row.id, row));
    replaceMethod(clickHouse, "putSlice", () => (slice) => void clickHouse.slices.set(sliceKey(slice), slice));
  },
};

export const beatsAhead: Mutation = {
  name: "heartbeat-ahead",
  says: "a heartbeat claims everything that was read, told or not",
  task: (task) =>
    replaceMethod(task, "beat", (original) => (end, nowMs) => {
      const { position } = task;
      task.position = end;
      const batches = original(end, nowMs);
      task.position = position;
      return batches;
    }),
};

export const beatsBeforeSlices: Mutation = {
  name: "heartbeat-before-slices",
  says: "heartbeats overtake the slices that they vouch for",
  log: (log) => ({
    ...log,
    appendBatches: async (batches) => {
      const slices = batches.filter(({ topic }) => topic === metricsTopic(generation) && !isBeat(batches));
      const others = batches.filter((batch) => !slices.includes(batch));
      if (slices.length > 0) void laterAppend(log, slices);
      return log.appendBatches(others);
    },
  }),
};

const isBeat = (batches: ReadonlyArray<PrebuiltBatch>): boolean => batches.every(({ count }) => count === 1);

const laterAppend = async (log: EventLog, batches: ReadonlyArray<PrebuiltBatch>): Promise<void> => {
  await log.bounds(batches[0] as PrebuiltBatch);
  await log.bounds(batches[0] as PrebuiltBatch);
  await log.bounds(batches[0] as PrebuiltBatch);
  await log.appendBatches(batches);
};

export const marksBeforeRows: Mutation = {
  name: "marks-before-rows",
  says: "rows are acknowledged, and their position noted, before they are stored",
  clickHouse: (clickHouse) =>
    replaceMethod(clickHouse, "insert", (original) => async (table, run) => {
      if (table.endsWith(".positions")) return original(table, run);
      void original(table, run);
      return right(undefined);
    }),
};
