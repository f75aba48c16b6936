import { encodeEvent, eventTopics, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { partitionOf } from "@leadwire/log";
import kafkajs, { type Message, type Producer } from "kafkajs";
import type { Random } from "../../oracle/random.ts";
import { partitions } from "./chaos-rig.ts";
import type { Acknowledged, Send } from "./producer.ts";

/** A foreign producer that writes Avro to the topics itself, and often to the wrong place. */
export interface AvroWriter {
  readonly send: Send;
  readonly close: () => Promise<void>;
}

const wrongPartition = 0.15;
const wrongTopic = 0.03;
const garbage = 0.003;
const unknownStage = 0.01;

interface Placed extends Message {
  readonly topic: string;
}

const recordOf = (random: Random, event: SalesEvent): Placed => {
  const key = Buffer.from(keyOf(event));
  const topic = random.chance(wrongTopic) ? random.pick(eventTopics) : topicOf(event.type);
  const partition = random.chance(wrongPartition) ? random.whole(0, partitions - 1) : partitionOf(key, partitions);
  return { topic, partition, key, value: encodeEvent(event), headers: { source: event.source_system } };
};

/** Not Avro, and not for lack of trying. */
const garbageOf = (random: Random): Placed => ({
  topic: random.pick(eventTopics),
  partition: random.whole(0, partitions - 1),
  key: null,
  value: Buffer.from(Array.from({ length: random.whole(0, 80) }, () => random.whole(0, 255))),
  headers: { source: "garbage" },
});

/** An event that no workspace knows what to do with, beside the one that it is made of. */
const asideOf = (event: SalesEvent): ReadonlyArray<SalesEvent> =>
  event.type === "stage-changed" ? [{ ...event, event_id: `${event.event_id}.aside`, to_stage: "nowhere" }] : [];

const topicMessages = (records: ReadonlyArray<Placed>) =>
  [...Map.groupBy(records, ({ topic }) => topic)].map(([topic, messages]) => ({
    topic,
    messages: messages.map(({ topic: _topic, ...message }) => message),
  }));

/** Connects when it first sends, and again after every failure. */
export const openAvroWriter = (bootstrap: string, random: Random, acknowledged: Acknowledged): AvroWriter => {
  const kafka = new kafkajs.Kafka({
    brokers: [bootstrap],
    clientId: "chaos-writer",
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
  });
  let producer: Producer | undefined;
  const connected = async (): Promise<Producer> => {
    if (producer !== undefined) return producer;
    const fresh = kafka.producer({ allowAutoTopicCreation: false });
    await fresh.connect();
    producer = fresh;
    return fresh;
  };
  const close = async (): Promise<void> => {
    const former = producer;
    producer = undefined;
    await former?.disconnect().catch(() => undefined);
  };
  const send: Send = async (deliveries) => {
    const events = deliveries.flatMap(({ event }) => [event, ...(random.chance(unknownStage) ? asideOf(event) : [])]);
    const records = events.map((event) => recordOf(random, event));
    if (random.chance(garbage * records.length)) records.push(garbageOf(random));
    try {
      await (await connected()).sendBatch({ topicMessages: topicMessages(records), acks: -1, timeout: 10_000 });
    } catch {
      // Some of them may be written.
      await close();
      return deliveries;
    }
    for (const event of events) acknowledged.add(event);
    return [];
  };
  return { send, close };
};
