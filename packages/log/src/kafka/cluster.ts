import type { Partition } from "../event-log.ts";
import { BrokerRefused, LogClosed, UnknownPartition, UnknownTopic } from "../log-fault.ts";
import { Interrupted } from "./interrupted.ts";
import { api } from "./wire/api.ts";
import { brokerError, brokerErrorText, isPassing } from "./wire/broker-error.ts";
import { Connection, type ConnectionSettings, type Endpoint } from "./wire/connection.ts";
import type { WireReader } from "./wire/wire-reader.ts";
import { WireWriter } from "./wire/wire-writer.ts";

export interface ClusterSettings extends ConnectionSettings {
  readonly bootstrap: ReadonlyArray<Endpoint>;
  readonly requestTimeoutMs: number;
}

/** What a topic looks like now: per partition the node that leads it, −1 while none does. */
type Leaders = ReadonlyArray<number>;

/** The brokers, who leads what, and one connection per broker and purpose. Metadata is asked for when it is found stale. */
export class Cluster {
  readonly settings: ClusterSettings;
  private readonly nodes = new Map<number, Endpoint>();
  private readonly leaders = new Map<string, Leaders>();
  /** Kept while leaders are asked for again: a topic's partition count stays. */
  private readonly counts = new Map<string, number>();
  private readonly connections = new Map<string, Promise<Connection>>();
  private readonly refreshing = new Map<string, Promise<void>>();
  private closed = false;

  constructor(settings: ClusterSettings) {
    this.settings = settings;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** The topic's partition count. Rejects UnknownTopic, Interrupted. */
  async partitions(topic: string): Promise<number> {
    return (await this.leadersOf(topic)).length;
  }

  /** The partition count if it is known already: the hot path asks here first. */
  knownPartitions(topic: string): number | undefined {
    return this.counts.get(topic);
  }

  /** The node that leads the partition. Rejects UnknownTopic, UnknownPartition, Interrupted while none does. */
  async leader({ topic, partition }: Partition): Promise<number> {
    const leaders = await this.leadersOf(topic);
    const node = leaders[partition];
    if (node === undefined) throw new UnknownPartition(topic, partition, leaders.length);
    if (node >= 0 && this.nodes.has(node)) return node;
    this.forget(topic);
    throw new Interrupted(`${topic}-${partition} has no leader at the moment.`);
  }

  /** The leading node if it is known already. */
  knownLeader({ topic, partition }: Partition): number | undefined {
    const node = this.leaders.get(topic)?.[partition];
    return node === undefined || !this.nodes.has(node) ? undefined : node;
  }

  /** The next question about this topic's leaders asks the brokers again. */
  forget(topic: string): void {
    this.leaders.delete(topic);
  }

  /** The connection to a node for one purpose, opened when there is none. Rejects Interrupted. */
  connection(node: number, purpose: string): Promise<Connection> {
    const endpoint = this.nodes.get(node);
    if (endpoint === undefined) return Promise.reject(new Interrupted(`Broker ${node} is not known.`));
    return this.connect(`${purpose} ${node}`, endpoint);
  }

  /** A connection that the caller owns and closes. */
  async ownConnection(node: number): Promise<Connection> {
    const endpoint = this.nodes.get(node);
    if (endpoint === undefined) throw new Interrupted(`Broker ${node} is not known.`);
    return Connection.open(endpoint, this.settings);
  }

  /** Any broker that answers. */
  async anyConnection(): Promise<Connection> {
    const endpoints = [...this.nodes.values(), ...this.settings.bootstrap];
    let last: unknown;
    for (const endpoint of endpoints) {
      try {
        return await this.connect(`any ${endpoint.host}:${endpoint.port}`, endpoint);
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  async close(): Promise<void> {
    this.closed = true;
    const open = [...this.connections.values()];
    this.connections.clear();
    for (const connection of await Promise.allSettled(open)) {
      if (connection.status === "fulfilled") connection.value.close();
    }
  }

  private async connect(name: string, endpoint: Endpoint): Promise<Connection> {
    if (this.closed) throw new LogClosed();
    const known = this.connections.get(name);
    if (known !== undefined) {
      const { isOpen, endpoint: at } = await known;
      if (isOpen && at.port === endpoint.port && at.host === endpoint.host) return known;
      if (this.connections.get(name) !== known) return this.connect(name, endpoint);
    }
    const opening = Connection.open(endpoint, this.settings);
    this.connections.set(name, opening);
    opening.catch(() => {
      if (this.connections.get(name) === opening) this.connections.delete(name);
    });
    const connection = await opening;
    if (this.closed) connection.close();
    return connection;
  }

  private async leadersOf(topic: string): Promise<Leaders> {
    const known = this.leaders.get(topic);
    if (known !== undefined) return known;
    let refresh = this.refreshing.get(topic);
    if (refresh === undefined) {
      refresh = this.refresh(topic).finally(() => this.refreshing.delete(topic));
      this.refreshing.set(topic, refresh);
    }
    await refresh;
    const leaders = this.leaders.get(topic);
    if (leaders === undefined) throw new UnknownTopic(topic);
    return leaders;
  }

  private async refresh(topic: string): Promise<void> {
    const connection = await this.anyConnection();
    const noTopicCreation = 0;
    const body = new WireWriter();
    body.array([topic], (name) => body.text(name)).int8(noTopicCreation);
    const response = await connection.request(api.metadata, [body.take()], this.settings.requestTimeoutMs);
    response.int32(); // throttle
    for (const { node, endpoint } of response.array(readBroker)) this.nodes.set(node, endpoint);
    response.text(); // cluster id
    response.int32(); // controller
    for (const { code, name, leaders } of response.array(readTopic)) {
      if (code === brokerError.none) {
        this.leaders.set(name, leaders);
        this.counts.set(name, leaders.length);
      } else if (code === brokerError.unknownTopicOrPartition || !isPassing(code)) throw unknown(topic, code);
      else throw new Interrupted(`The brokers say of ${topic}: ${brokerErrorText(code)}.`);
    }
  }
}

const invalidTopic = 17;

const unknown = (topic: string, code: number): Error =>
  code === brokerError.unknownTopicOrPartition || code === invalidTopic
    ? new UnknownTopic(topic)
    : new BrokerRefused(`Reading the metadata of ${topic}`, brokerErrorText(code));

const readBroker = (reader: WireReader): { node: number; endpoint: Endpoint } => {
  const node = reader.int32();
  const endpoint = { host: reader.text(), port: reader.int32() };
  reader.text(); // rack
  return { node, endpoint };
};

const readTopic = (reader: WireReader): { code: number; name: string; leaders: Leaders } => {
  const code = reader.int16();
  const name = reader.text();
  reader.int8(); // internal
  const leaders: number[] = [];
  for (const { partition, leader } of reader.array(readPartition)) leaders[partition] = leader;
  return { code, name, leaders };
};

const readPartition = (reader: WireReader): { partition: number; leader: number } => {
  reader.int16(); // what is wrong with it shows in its leader
  const partition = reader.int32();
  const leader = reader.int32();
  for (let list = 0; list < 3; list += 1) reader.array((each) => each.int32());
  return { partition, leader };
};
