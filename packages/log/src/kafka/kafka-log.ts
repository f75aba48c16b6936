import type { ConnectionOptions } from "node:tls";
import kafkajs, { type Kafka } from "kafkajs";
import type {
  AssignmentListener,
  Bounds,
  EventLog,
  LogChunk,
  LogPosition,
  LogRecord,
  Partition,
  PrebuiltBatch,
  TopicSettings,
} from "../event-log.ts";
import { BrokerUnreachable, LogClosed } from "../log-fault.ts";
import { Appender } from "./appender.ts";
import { Cluster } from "./cluster.ts";
import { DataWait } from "./data-wait.ts";
import { GroupMember, type GroupSettings } from "./group-member.ts";
import { type OnInterrupted, untilDone } from "./interrupted.ts";
import { boundsOnce } from "./list-offsets.ts";
import { Reader } from "./reader.ts";
import { TopicAdmin, type TopicState } from "./topic-admin.ts";
import type { Endpoint } from "./wire/connection.ts";

export interface KafkaLogOptions {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: ReadonlyArray<string>;
  /** Names this process in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly tls?: ConnectionOptions;
  readonly plainLogin?: { readonly username: string; readonly password: string };
  /** Copies of each partition of a topic created here; −1 (the default) is the cluster's own default. */
  readonly replicas?: number;
  readonly limits?: Partial<KafkaLimits>;
  readonly group?: Partial<GroupSettings>;
  /** Told of every fault that is waited out, for logs and metrics. */
  readonly onInterrupted?: OnInterrupted;
  /** Told when an assignment's listener fails after its join. Unless given, the error is thrown and ends the process. */
  readonly onListenerFault?: (error: unknown) => void;
}

export interface KafkaLimits {
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Bytes of appends that may wait for the brokers; beyond it an append is refused with Overloaded. */
  readonly pendingBytesMax: number;
  /** Partitions for which one chunk is fetched ahead of the reader. */
  readonly aheadMax: number;
  /** How long `close` waits for appends to be written. */
  readonly closeWaitMs: number;
}

const defaultLimits: KafkaLimits = {
  connectTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  pendingBytesMax: 256 * 1_048_576,
  aheadMax: 64,
  closeWaitMs: 10_000,
};

const defaultGroup: GroupSettings = { sessionTimeoutMs: 6_000, rebalanceTimeoutMs: 60_000, heartbeatMs: 500 };

/**
 * The event log on a Kafka cluster. Records travel over sockets of our own, as the record batches that both sides of the
 * port speak; kafkajs keeps topics and group memberships. What passes (a leader moves, a broker restarts) is waited out;
 * everything else rejects a LogFault (log-fault.ts).
 */
export class KafkaLog implements EventLog {
  private readonly kafka: Kafka;
  private readonly cluster: Cluster;
  private readonly admin: TopicAdmin;
  private readonly appender: Appender;
  private readonly reader: Reader;
  private readonly waits: DataWait;
  private readonly members = new Set<GroupMember>();
  private readonly groupSettings: GroupSettings;
  private readonly onInterrupted: OnInterrupted;
  private readonly onListenerFault: (error: unknown) => void;
  private readonly closeWaitMs: number;
  private closing: Promise<void> | undefined;

  constructor(options: KafkaLogOptions) {
    const { brokers, clientId, tls, plainLogin, replicas = -1 } = options;
    const limits = { ...defaultLimits, ...options.limits };
    this.onInterrupted = options.onInterrupted ?? (() => undefined);
    this.onListenerFault = options.onListenerFault ?? throwLater;
    this.groupSettings = { ...defaultGroup, ...options.group };
    this.closeWaitMs = limits.closeWaitMs;
    this.kafka = new kafkajs.Kafka({
      brokers: [...brokers],
      clientId,
      connectionTimeout: limits.connectTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 20 },
      ...(tls === undefined ? {} : { ssl: tls }),
      ...(plainLogin === undefined ? {} : { sasl: { mechanism: "plain", ...plainLogin } }),
    });
    this.cluster = new Cluster({
      bootstrap: brokers.map(endpointOf),
      clientId,
      connectTimeoutMs: limits.connectTimeoutMs,
      requestTimeoutMs: limits.requestTimeoutMs,
      ...(tls === undefined ? {} : { tls }),
      ...(plainLogin === undefined ? {} : { plainLogin }),
    });
    this.admin = new TopicAdmin(this.kafka, { replicas, broker: brokers[0] ?? "HOST:PORT" });
    this.appender = new Appender(this.cluster, limits.pendingBytesMax, this.onInterrupted);
    this.reader = new Reader(this.cluster, limits.aheadMax, this.onInterrupted);
    this.waits = new DataWait(this.cluster, this.onInterrupted);
  }

  /** Connects to any of the brokers, once. Rejects Interrupted. */
  async reach(): Promise<void> {
    await this.cluster.anyConnection();
  }

  async ensureTopics(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    this.assertOpen();
    await this.waitedOut(() => this.admin.ensure(wanted));
  }

  async topics(): Promise<ReadonlyArray<TopicSettings>> {
    this.assertOpen();
    return this.waitedOut(() => this.admin.list());
  }

  /** Compares topics with what is asked of them, and changes nothing. */
  async inspectTopics(wanted: ReadonlyArray<TopicSettings>): Promise<ReadonlyArray<TopicState>> {
    this.assertOpen();
    return this.waitedOut(() => this.admin.inspect(wanted));
  }

  async append(records: ReadonlyArray<LogRecord>): Promise<ReadonlyArray<LogPosition>> {
    this.assertOpen();
    return this.appender.append(records);
  }

  async appendBatches(batches: ReadonlyArray<PrebuiltBatch>): Promise<ReadonlyArray<LogPosition>> {
    this.assertOpen();
    return this.appender.appendBatches(batches);
  }

  async read(partition: Partition, from: number, maxBytes: number): Promise<LogChunk> {
    this.assertOpen();
    return this.reader.read(partition, from, maxBytes);
  }

  async bounds(partition: Partition): Promise<Bounds> {
    const [bounds] = await this.boundsOf([partition]);
    return bounds as Bounds;
  }

  async boundsOf(partitions: ReadonlyArray<Partition>): Promise<ReadonlyArray<Bounds>> {
    this.assertOpen();
    return this.waitedOut(() => boundsOnce(this.cluster, partitions));
  }

  async waitForData(positions: ReadonlyArray<LogPosition>, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    this.assertOpen();
    return this.waits.until(positions, timeoutMs, signal);
  }

  async join(
    groupId: string,
    topics: ReadonlyArray<string>,
    listener: AssignmentListener,
  ): Promise<() => Promise<void>> {
    this.assertOpen();
    const group = { groupId, topics, listener };
    const { kafka, cluster, groupSettings, onInterrupted, onListenerFault } = this;
    const member = new GroupMember(kafka, cluster, group, groupSettings, onInterrupted, onListenerFault);
    this.members.add(member);
    const leave = async (): Promise<void> => {
      this.members.delete(member);
      await member.leave();
    };
    try {
      await member.join();
    } catch (error) {
      await leave().catch(() => undefined);
      throw error;
    }
    return leave;
  }

  /** Members give their partitions back first, while they can still append; appends that wait are written, or reject LogClosed. */
  close(): Promise<void> {
    this.closing ??= Promise.allSettled([...this.members].map((member) => member.leave())).then(() => this.shutDown());
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    this.waits.close();
    await this.appender.close(this.closeWaitMs);
    this.reader.clear();
    await Promise.allSettled([this.cluster.close(), this.admin.close()]);
  }

  private waitedOut<Result>(work: () => Promise<Result>): Promise<Result> {
    return untilDone(work, () => this.cluster.isClosed, this.onInterrupted);
  }

  private assertOpen(): void {
    if (this.cluster.isClosed) throw new LogClosed();
  }
}

const throwLater = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};

const endpointOf = (broker: string): Endpoint => {
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(broker) ?? [];
  if (host === undefined || port === undefined) {
    throw new Error(`"${broker}" is no broker address; expected host:port, for example kafka-1:9092.`);
  }
  return { host, port: Number(port) };
};

/** Opens the log on a cluster. Rejects BrokerUnreachable when none of the brokers answers. */
export const openKafkaLog = async (options: KafkaLogOptions): Promise<KafkaLog> => {
  const log = new KafkaLog(options);
  try {
    await log.reach();
    return log;
  } catch (cause) {
    await log.close();
    throw new BrokerUnreachable(options.brokers, cause);
  }
};
