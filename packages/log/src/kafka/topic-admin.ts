import kafkajs, { type Admin, type Kafka } from "kafkajs";
import type { TopicSettings } from "../event-log.ts";
import { BrokerRefused, TopicConflict } from "../log-fault.ts";
import { checkTopicSettings } from "../topic-rules.ts";

/** What a topic must say so that its records mean what the port promises. */
const required: Readonly<Record<string, string>> = {
  "cleanup.policy": "delete",
  // Readers take a record's append time from the log, never from a producer's clock.
  "message.timestamp.type": "LogAppendTime",
  // Foreign producers may compress; the broker unpacks, so that one cursor reads every batch.
  "compression.type": "uncompressed",
};
/** A record of 10 MB, quarantined with what is said about it, has to fit. */
const messageBytesMax = 16 * 1_048_576;
const forEver = "-1";
const setOnTopic = 1;

export interface TopicCreation {
  /** Copies of each partition; −1 takes the cluster's default. */
  readonly replicas: number;
}

interface Standing {
  readonly partitions: number;
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
    const turn = this.turn.then(() => told("Creating or changing topics", this.change(wanted)));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  list(): Promise<ReadonlyArray<TopicSettings>> {
    return told("Listing the topics", this.listed());
  }

  private async listed(): Promise<ReadonlyArray<TopicSettings>> {
    const names = (await (await this.connected()).listTopics()).filter((name) => !name.startsWith("__"));
    const standing = await this.standing(names);
    return [...standing].map(([name, { partitions, config }]): TopicSettings => {
      const retention = config.get("retention.ms") ?? forEver;
      return { name, partitions, ...(retention === forEver ? {} : { retentionMs: Number(retention) }) };
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
      checkConfig(settings.name, found.config);
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
        ...required,
        "retention.ms": retentionOf(settings),
        "retention.bytes": "-1",
        "max.message.bytes": String(messageBytesMax),
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
        return [name, { partitions: partitions.length, config: pairs(all), own: pairs(own) }];
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

/** kafkajs has tried often enough when it rejects: what it says becomes a fault of ours. */
const told = async <Result>(asked: string, work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSError)) throw error;
    throw new BrokerRefused(asked, error.message);
  }
};

const retentionOf = ({ retentionMs }: TopicSettings): string =>
  retentionMs === undefined ? forEver : `${retentionMs}`;

const checkConfig = (topic: string, config: ReadonlyMap<string, string>): void => {
  for (const [name, expected] of Object.entries(required)) {
    const found = config.get(name);
    if (found === expected) continue;
    throw new TopicConflict(
      `${topic} has ${name}=${found ?? "(not set)"}, expected ${expected}. Correct it before records are written: ` +
        `kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config ${name}=${expected}`,
    );
  }
};
