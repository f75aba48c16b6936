import { byTopic } from "./by-topic.ts";
import type { Cluster } from "./cluster.ts";
import { Interrupted } from "./interrupted.ts";
import type { Lane } from "./lane.ts";
import type { ProducerId } from "./producer-stamp.ts";
import { refusal } from "./refusal.ts";
import { api } from "./wire/api.ts";
import { brokerError } from "./wire/broker-error.ts";
import type { WireReader } from "./wire/wire-reader.ts";
import { WireWriter } from "./wire/wire-writer.ts";

/** A stamped batch for the partition of its lane. */
export interface Sending {
  readonly lane: Lane;
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
}

export interface Produced {
  readonly code: number;
  readonly baseOffset: number;
}

const allInSync = -1;

/** A Produce request in parts: the batches themselves are not copied. Durable on every replica in step when answered. */
export const produceRequest = (sendings: ReadonlyArray<Sending>, timeoutMs: number): ReadonlyArray<Buffer> => {
  const parts: Buffer[] = [];
  const topics = byTopic(sendings);
  const body = new WireWriter().text(null).int16(allInSync).int32(timeoutMs).int32(topics.size);
  for (const [topic, inTopic] of topics) {
    body.text(topic).int32(inTopic.length);
    for (const { partition, bytes } of inTopic) {
      parts.push(body.int32(partition).int32(bytes.length).take(), bytes);
    }
  }
  return parts;
};

/** The broker's answer per `topic-partition`. */
export const readProduced = (response: WireReader): ReadonlyMap<string, Produced> => {
  const produced = new Map<string, Produced>();
  response.array((reader) => {
    const topic = reader.text();
    reader.array((each) => {
      const partition = each.int32();
      const code = each.int16();
      const baseOffset = each.int64();
      each.int64(); // append time
      each.int64(); // log start
      produced.set(`${topic}-${partition}`, { code, baseOffset });
    });
  });
  return produced;
};

/** A fresh producer id, for no transaction. Rejects Interrupted, BrokerRefused. */
export const newProducerId = async (cluster: Cluster): Promise<ProducerId> => {
  const connection = await cluster.anyConnection();
  const body = new WireWriter().text(null).int32(0);
  const response = await connection.request(api.initProducerId, [body.take()], cluster.settings.requestTimeoutMs);
  response.int32(); // throttle
  const code = response.int16();
  if (code !== brokerError.none) throw refusal("Asking for a producer id", code);
  const id = response.int64();
  if (id < 0) throw new Interrupted("The broker has no producer id to give at the moment.");
  return { id, epoch: response.int16() };
};
