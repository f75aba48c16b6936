import { accountLogTopic, eventTopics, metricsTopic, quarantineTopic } from "@leadwire/events";
import { type EventLog, encodeBatch, type PrebuiltBatch, RecordCursor } from "@leadwire/log";
import type { OutputBatch, PartitionTask, StateCapture } from "@leadwire/stream";
import type { Mutation } from "./mutation.ts";
import type { Machine } from "./scheduler.ts";
import { generation } from "./world.ts";

/** Runs inside a method of an object in place of it; `original` is the method as it was. */
const replaceMethod = <A extends object, K extends keyof A>(object: A, name: K, method: (original: A[K]) => A[K]): void => {
  const original = object[name];
  const bound = typeof original === "function" ? original.bind(object) : original;
  Object.defineProperty(object, name, { value: method(bound), configurable: true, writable: true });
};

const commitBeforeOutput: Mutation = {
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

/** Writes a commit in two halves, as if it were two. */
const torn = (name: string, says: string, halves: (capture: StateCapture, held: string | undefined) => StateCapture): Mutation => ({
  name,
  says,
  store: (log, store) => [
    log,
    {
      ...store,
      commit: async (captures) => {
        const first = new Map<string, StateCapture>();
        for (const [task, capture] of captures) first.set(task, halves(capture, store.load(task)?.head));
        await store.commit(first);
        await store.commit(captures);
      },
    },
  ],
});

const positionWithoutState = torn(
  "position-without-state",
  "the position is durable before the pages it stands for",
  ({ head }, held) => ({ head: withPositionOf(held ?? head, head), pages: [] }),
);

/** The tables' lengths of one head with the position of another. */
const withPositionOf = (head: string, other: string): string => {
  const parsed = JSON.parse(head) as { extra: { position: number } };
  const { position } = (JSON.parse(other) as { extra: { position: number } }).extra;
  return JSON.stringify({ ...parsed, extra: { ...parsed.extra, position } });
};

const stateWithoutPosition = torn(
  "state-without-position",
  "the pages are durable before the position they stand for",
  ({ head, pages }, held) => ({ head: held === undefined ? withPosition(head, 0) : withPositionOf(head, held), pages }),
);

const withPosition = (head: string, position: number): string => {
  const parsed = JSON.parse(head) as { extra: object };
  return JSON.stringify({ ...parsed, extra: { ...parsed.extra, position } });
};

const snapshotWithNewerPosition: Mutation = {
  name: "snapshot-with-newer-position",
  says: "restored state is said to stand for more of the log than it does",
  store: (log, store) => [
    log,
    {
      ...store,
      load: (task) => {
        const saved = store.load(task);
        if (saved === undefined) return undefined;
        const { position } = (JSON.parse(saved.head) as { extra: { position: number } }).extra;
        return { ...saved, head: withPosition(saved.head, position + 1) };
      },
    },
  ],
};

const randomOrder: Mutation = {
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

const lostRevocation: Mutation = {
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

const versionByTime: Mutation = {
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

const lastWriteWins: Mutation = {
  name: "last-write-wins",
  says: "ClickHouse keeps what was inserted last, not the highest version",
  clickHouse: (clickHouse) => {
    replaceMethod(clickHouse, "putFact", () => (row) => void clickHouse.facts.set(row.id, row));
  },
};

const outputsDroppedOnCrash: Mutation = {
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

const idsForgotten: Mutation = {
  name: "ids-forgotten",
  says: "event ids are remembered for the newest few events only, so that an old repeat counts again",
  task: (task) => {
    const known = Reflect.get(task.fold, "known") as { mayHold: (...args: ReadonlyArray<unknown>) => boolean } | undefined;
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

const beatsAhead: Mutation = {
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

const beatsBeforeSlices: Mutation = {
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

const marksBeforeRows: Mutation = {
  name: "marks-before-rows",
  says: "the sink notes a position before the rows in front of it are stored",
  clickHouse: (clickHouse) => {
    const rows = new WeakMap<Machine, () => void>();
    replaceMethod(clickHouse, "insert", (original) => async (scheduler, machine, apply) => {
      const held = rows.get(machine);
      if (held === undefined) {
        rows.set(machine, apply);
        return;
      }
      rows.delete(machine);
      await original(scheduler, machine, apply);
      await original(scheduler, machine, held);
    });
  },
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

const accountLogAfterCommit = toldAfterCommit(
  "account-log-after-commit",
  "what goes to the account log is told after the commit",
  (topic) => topic === accountLogTopic(generation),
);

const forwardAfterCommit = toldAfterCommit(
  "forward-after-commit",
  "records in the wrong place are sent on after the commit",
  (topic) => eventTopics.some((known) => known === topic),
);

const quarantineAfterCommit = toldAfterCommit(
  "quarantine-after-commit",
  "records that cannot be used are put aside after the commit",
  (topic) => topic === quarantineTopic,
);

const slicesNotTold: Mutation = {
  name: "slices-forgotten-at-hand-over",
  says: "what was folded and not told yet is committed when partitions are handed over",
  log: (log, parts) => ({
    ...log,
    join: (group, topics, listener) =>
      log.join(group, topics, {
        ...listener,
        onRevoked: async (partitions) => {
          for (const task of parts.tasks()) replaceMethod(task, "takeSlices", () => (): ReadonlyArray<OutputBatch> => []);
          await listener.onRevoked(partitions);
        },
      }),
  }),
};

const pagesForgotten: Mutation = {
  name: "pages-forgotten",
  says: "a commit leaves out a page that changed",
  store: (log, store, { world: { scheduler } }) => [
    log,
    {
      ...store,
      commit: async (captures) => {
        const fewer = new Map<string, StateCapture>();
        for (const [task, { head, pages }] of captures) {
          const isCut = scheduler.random.chance(0.2) && store.load(task) !== undefined;
          fewer.set(task, { head, pages: isCut ? pages.slice(1) : pages });
        }
        await store.commit(fewer);
      },
    },
  ],
};

/** Every planted fault, by name. */
export const mutations: ReadonlyMap<string, Mutation> = new Map(
  [
    commitBeforeOutput,
    positionWithoutState,
    stateWithoutPosition,
    snapshotWithNewerPosition,
    randomOrder,
    lostRevocation,
    versionByTime,
    lastWriteWins,
    outputsDroppedOnCrash,
    idsForgotten,
    beatsAhead,
    beatsBeforeSlices,
    marksBeforeRows,
    accountLogAfterCommit,
    forwardAfterCommit,
    quarantineAfterCommit,
    slicesNotTold,
    pagesForgotten,
  ].map((mutation) => [mutation.name, mutation]),
);
