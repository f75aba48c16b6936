import { setTimeout as sleep } from "node:timers/promises";
import kafkajs, { type Admin, type Kafka } from "kafkajs";
import type { TopicSettings } from "../event-log.ts";
import { BrokerRefused, TopicConflict } from "../log-fault.ts";
import { checkTopicSettings } from "../topic-rules.ts";
import { Interrupted } from "./interrupted.ts";

/** What a topic must say so that its records mean what the port promises. */
const required: Readonly<Record<string, string>> = {
  // Readers take a record's append time from the log, never from a producer's clock.
  "message.timestamp.type": "LogAppendTime",
  // Foreign producers may compress; the broker unpacks, so that one cursor reads every batch.
  "compression.type": "uncompressed",
};
/** A record of 10 MB, quarantined with what is said about it, has to fit. */
const messageBytesMax = 16 * 1_048_576;
const forEver = "-1";
const compactedWithinMs = 86_400_000;
const setOnTopic = 1;

const requiredOf = ({ compacted }: TopicSettings): Readonly<Record<string, string>> => ({
  ...required,
  "cleanup.policy": compacted === true ? "compact" : "delete",
});

export interface TopicCreation {
  /** Copies of each partition; −1 takes the cluster's default. */
  readonly replicas: number;
  /** A broker's `host:port`, for commands shown to a person. */
  readonly broker: string;
}

/** A topic as it stands beside what was asked of it. */
export interface TopicState {
  readonly name: string;
  /** Undefined where the topic is missing. */
  readonly partitions: number | undefined;
  /** Undefined: for ever. */
  readonly retentionMs: number | undefined;
  readonly replicas: number;
  /** What is wrong, what was expected, and the command that mends it. */
  readonly faults: ReadonlyArray<string>;
}

interface Standing {
  readonly partitions: number;
  readonly replicas: number;
  readonly config: ReadonlyMap<string, string>;
  /** What was set on the topic itself: an alteration has to name it again, or it is lost. */
  readonly own: ReadonlyMap<string, string>;
}

/** Topics through kafkajs' admin client: created, checked, and listed with their settings. */
export class TopicAdmin {
  private readonly kafka: Kafka;
  private readonly creation: TopicCreation;
  private admin: Promise<Admin> | undefined;
  /** Changes run one after another. */
  private turn: Promise<void> = Promise.resolve();

  constructor(kafka: Kafka, creation: TopicCreation) {
    this.kafka = kafka;
    this.creation = creation;
  }

  /** Creates what is missing and takes over changed retention. Rejects TopicConflict, and then changes nothing. */
  ensure(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    const turn = this.turn.then(() => told("Creating or changing topics", () => this.change(wanted)));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  list(): Promise<ReadonlyArray<TopicSettings>> {
    return told("Listing the topics", () => this.listed());
  }

  private async listed(): Promise<ReadonlyArray<TopicSettings>> {
    const names = (await (await this.connected()).listTopics()).filter((name) => !name.startsWith("__"));
    const standing = await this.standing(names);
    return [...standing].map(([name, { partitions, config }]): TopicSettings => {
      const retentionMs = keptMs(config);
      const compacted = config.get("cleanup.policy") === "compact" ? ({ compacted: true } as const) : {};
      return { name, partitions, ...(retentionMs === undefined ? {} : { retentionMs }), ...compacted };
    });
  }

  /** Compares topics with what is asked of them; changes nothing. */
  inspect(wanted: ReadonlyArray<TopicSettings>): Promise<ReadonlyArray<TopicState>> {
    return told("Describing the topics", () => this.compared(wanted));
  }

  private async compared(wanted: ReadonlyArray<TopicSettings>): Promise<ReadonlyArray<TopicState>> {
    const existing = new Set(await (await this.connected()).listTopics());
    const standing = await this.standing(wanted.map(({ name }) => name).filter((name) => existing.has(name)));
    return wanted.map((settings): TopicState => {
      const { name } = settings;
      const found = standing.get(name);
      if (found === undefined) return { name, partitions: undefined, retentionMs: undefined, replicas: 0, faults: [] };
      const { partitions, replicas, config } = found;
      const faults = [
        ...faultOf(() => checkTopicSettings(settings, partitions)),
        ...configFaults(this.creation.broker, settings, config),
        ...retentionFaults(this.creation.broker, settings, config),
      ];
      return { name, partitions, retentionMs: keptMs(config), replicas, faults };
    });
  }

  async close(): Promise<void> {
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect();
  }

  private async change(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    const byName = new Map(wanted.map((settings) => [settings.name, settings]));
    for (const settings of wanted) checkTopicSettings(settings, byName.get(settings.name)?.partitions);
    const admin = await this.connected();
    const existing = new Set(await admin.listTopics());
    const standing = await this.standing([...byName.keys()].filter((name) => existing.has(name)));
    const missing: TopicSettings[] = [];
    const changed: { name: string; own: Map<string, string> }[] = [];
    for (const settings of byName.values()) {
      const found = standing.get(settings.name);
      if (found === undefined) {
        missing.push(settings);
        continue;
      }
      checkTopicSettings(settings, found.partitions);
      checkConfig(this.creation.broker, settings, found.config);
      const retention = retentionOf(settings);
      if (found.config.get("retention.ms") === retention) continue;
      changed.push({ name: settings.name, own: new Map([...found.own, ["retention.ms", retention]]) });
    }
    if (missing.length > 0) await this.create(admin, missing);
    if (changed.length > 0) {
      const resources = changed.map(({ name, own }) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configEntries: [...own].map(([entry, value]) => ({ name: entry, value })),
      }));
      await admin.alterConfigs({ validateOnly: false, resources });
    }
  }

  private async create(admin: Admin, missing: ReadonlyArray<TopicSettings>): Promise<void> {
    const topics = missing.map((settings) => ({
      topic: settings.name,
      numPartitions: settings.partitions,
      replicationFactor: this.creation.replicas,
      configEntries: Object.entries({
        ...requiredOf(settings),
        "retention.ms": retentionOf(settings),
        "retention.bytes": "-1",
        "max.message.bytes": String(messageBytesMax),
        // What a newer record of its key has replaced is gone from the disk within a day: an erased lead's key, above all.
        ...(settings.compacted === true ? { "max.compaction.lag.ms": String(compactedWithinMs) } : {}),
      }).map(([name, value]) => ({ name, value })),
    }));
    const created = await admin.createTopics({ topics, waitForLeaders: true });
    // Another process was faster with one of them: what it made is checked like any other.
    if (!created) await this.change(missing);
  }

  private async standing(names: ReadonlyArray<string>): Promise<ReadonlyMap<string, Standing>> {
    if (names.length === 0) return new Map();
    const admin = await this.connected();
    const resources = names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name }));
    const [{ topics }, described] = await Promise.all([
      admin.fetchTopicMetadata({ topics: [...names] }),
      admin.describeConfigs({ resources, includeSynonyms: false }),
    ]);
    const entries = new Map(described.resources.map((each) => [each.resourceName, each.configEntries]));
    return new Map(
      topics.map(({ name, partitions }): [string, Standing] => {
        const all = entries.get(name) ?? [];
        const pairs = (some: typeof all): Map<string, string> =>
          new Map(some.map(({ configName, configValue }) => [configName, configValue]));
        const own = all.filter(({ configSource }) => Number(configSource) === setOnTopic);
        const replicas = Math.min(...partitions.map((each) => each.replicas.length));
        return [name, { partitions: partitions.length, replicas, config: pairs(all), own: pairs(own) }];
      }),
    );
  }

  private connected(): Promise<Admin> {
    if (this.admin !== undefined) return this.admin;
    const admin = this.kafka.admin();
    const connected = admin.connect().then(() => admin);
    this.admin = connected;
    connected.catch(() => {
      this.admin = undefined;
    });
    return connected;
  }
}

const freshTries = 20;
const freshPauseMs = 100;

/** A broker may not know yet what the controller has just made. */
const isFresh = (error: unknown): boolean =>
  error instanceof kafkajs.KafkaJSError && "type" in error && error.type === "UNKNOWN_TOPIC_OR_PARTITION";

/** A lost connection, a broker that restarts: also where kafkajs has tried often, or its client is in no state to. */
const passes = (error: Error): boolean =>
  ("retriable" in error && error.retriable === true) ||
  error.name.startsWith("KafkaJSConnection") ||
  (error.name === "KafkaJSNumberOfRetriesExceeded" && error.cause instanceof Error && passes(error.cause));

/**
 * What kafkajs rejects becomes a fault of ours: Interrupted where it passes. `work` may run again, also later, by whoever
 * waits for the cluster.
 */
const told = async <Result>(asked: string, work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSError)) throw error;
      if (!isFresh(error) && passes(error)) throw new Interrupted(`${asked}: ${error.message}.`, error);
      if (!isFresh(error) || attempt === freshTries) throw new BrokerRefused(asked, error.message);
      await sleep(freshPauseMs);
    }
  }
};

const retentionOf = ({ retentionMs }: TopicSettings): string =>
  retentionMs === undefined ? forEver : `${retentionMs}`;

const keptMs = (config: ReadonlyMap<string, string>): number | undefined => {
  const retention = config.get("retention.ms") ?? forEver;
  return retention === forEver ? undefined : Number(retention);
};

const mending = (broker: string, topic: string, name: string, value: string): string =>
  `kafka-configs.sh --bootstrap-server ${broker} --alter --entity-type topics --entity-name ${topic} --add-config ${name}=${value}`;

const configFaults = (
  broker: string,
  settings: TopicSettings,
  config: ReadonlyMap<string, string>,
): ReadonlyArray<string> =>
  Object.entries(requiredOf(settings)).flatMap(([name, expected]) => {
    const found = config.get(name);
    if (found === expected) return [];
    const { name: topic } = settings;
    const fault = `${topic} has ${name}=${found ?? "(not set)"}, expected ${expected}. Correct it before records are written: `;
    return [fault + mending(broker, topic, name, expected)];
  });

const checkConfig = (broker: string, settings: TopicSettings, config: ReadonlyMap<string, string>): void => {
  const [fault] = configFaults(broker, settings, config);
  if (fault !== undefined) throw new TopicConflict(fault);
};

/** Retention by time that is not the one asked for, and any by size: both take records before their readers had them. */
const retentionFaults = (
  broker: string,
  settings: TopicSettings,
  config: ReadonlyMap<string, string>,
): ReadonlyArray<string> => {
  if (settings.compacted === true) return [];
  const wanted = { "retention.ms": retentionOf(settings), "retention.bytes": forEver };
  return Object.entries(wanted).flatMap(([name, expected]) => {
    const found = config.get(name) ?? forEver;
    if (found === expected) return [];
    const meaning = expected === forEver ? "for ever: its records are the only truth" : `for ${expected} ms`;
    const fault = `${settings.name} has ${name}=${found}, expected ${expected} (records are kept ${meaning}). Correct it: `;
    return [fault + mending(broker, settings.name, name, expected)];
  });
};

const faultOf = (check: () => void): ReadonlyArray<string> => {
  try {
    check();
    return [];
  } catch (fault) {
    if (!(fault instanceof TopicConflict)) throw fault;
    return [fault.message];
  }
};
