import {
  BatchBuilder,
  type Bounds,
  type EventLog,
  LogIoError,
  type LogPosition,
  type Partition,
  type PrebuiltBatch,
  partitionOf,
} from "@leadwire/log";
import type { Machine } from "./scheduler.ts";
import type { SimBroker } from "./sim-broker.ts";

interface Request {
  readonly batch: PrebuiltBatch;
  readonly resolve: (position: LogPosition) => void;
  readonly reject: (cause: unknown) => void;
}

interface Lane {
  readonly queue: Array<Request>;
  isBusy: boolean;
}

/** How badly the network treats a log's appends. */
export interface NetworkFaults {
  /** An acknowledgement is lost and the batch is appended once more. */
  readonly repeated: number;
  /** The append fails for good, whether or not it took place. */
  readonly failed: number;
  /** It takes longer than a session. */
  readonly slow: number;
}

export const noNetworkFaults: NetworkFaults = { repeated: 0, failed: 0, slow: 0 };

/** A fault that the simulation planted: whoever meets it may give up and start again. */
export const isPlanted = (cause: unknown): boolean => cause instanceof LogIoError;

/**
 * The log's port as one machine sees it. Batches for one partition go one after another; those for different ones, and
 * those of different machines, overtake each other. What is under way when a machine dies may still arrive.
 */
export const simLog = (
  broker: SimBroker,
  machine: Machine,
  faultsNow: () => NetworkFaults,
  onFault: (cause: unknown) => void,
): EventLog => {
  const { scheduler } = broker;
  const { random } = scheduler;
  const lanes = new Map<string, Lane>();

  const delayMs = (): number =>
    random.chance(faultsNow().slow) ? random.whole(50, 400) : random.pick([0, 0, 0, 1, 5]);

  const deliver = (lane: Lane, request: Request): void => {
    const { topic, partition, batch, count } = request.batch;
    if (machine.isDead && random.chance(0.5)) return;
    const faults = faultsNow();
    const fails = random.chance(faults.failed);
    const isAppended = !fails || random.chance(0.5);
    const offset = isAppended ? broker.append({ topic, partition }, batch, count) : -1;
    if (isAppended && random.chance(faults.repeated)) broker.append({ topic, partition }, batch, count);
    machine.reach("appended");
    lane.isBusy = false;
    scheduler.later(machine, delayMs(), () => {
      if (fails) request.reject(new LogIoError("the simulation", "planted"));
      else request.resolve({ topic, partition, offset });
    });
    if (!fails) pump(lane);
  };

  const pump = (lane: Lane): void => {
    if (lane.isBusy || machine.isDead) return;
    const request = lane.queue.shift();
    if (request === undefined) return;
    lane.isBusy = true;
    scheduler.later(broker.network, delayMs(), () => deliver(lane, request));
  };

  const send = (batch: PrebuiltBatch): Promise<LogPosition> =>
    new Promise((resolve, reject) => {
      const name = `${batch.topic}/${batch.partition}`;
      const lane = lanes.get(name) ?? { queue: [], isBusy: false };
      lanes.set(name, lane);
      lane.queue.push({ batch, resolve, reject });
      pump(lane);
    });

  const appendBatches = async (batches: ReadonlyArray<PrebuiltBatch>): Promise<ReadonlyArray<LogPosition>> => {
    await scheduler.turn(machine);
    return Promise.all(batches.map(send));
  };

  const place = ({ topic, partition }: Partition): Partition => ({ topic, partition });
  const bounds = async (partition: Partition): Promise<Bounds> => {
    await scheduler.turn(machine);
    const { start, end } = broker.at(place(partition));
    return { start, end };
  };

  return {
    ensureTopics: async () => undefined,
    topics: async () => {
      throw new Error("nobody asks the simulated log for its topics");
    },
    append: async (records) => {
      const batches = records.map(({ topic, partition, key, value, headers }) => {
        const builder = new BatchBuilder(256);
        builder.begin();
        builder.add(key, value, headers);
        const to = partition ?? (key === null ? 0 : partitionOf(key, broker.partitions));
        return { topic, partition: to, batch: builder.finish(), count: 1 };
      });
      return appendBatches(batches);
    },
    appendBatches,
    read: async (partition, from, maxBytes) => {
      await scheduler.turn(machine);
      return broker.at(place(partition)).read(from, random.chance(0.3) ? 1 : maxBytes);
    },
    bounds,
    boundsOf: (partitions) => Promise.all(partitions.map(bounds)),
    waitForData: (positions, timeoutMs, signal) => broker.wait(machine, positions, timeoutMs, signal),
    join: (group, _topics, listener) => broker.group(group).join(machine, listener, onFault),
    close: async () => undefined,
  };
};
