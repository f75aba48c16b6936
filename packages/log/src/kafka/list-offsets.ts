import type { Bounds, Partition } from "../event-log.ts";
import { partitionName } from "../partition-name.ts";
import { byTopic } from "./by-topic.ts";
import type { Cluster } from "./cluster.ts";
import { refusal } from "./refusal.ts";
import { api } from "./wire/api.ts";
import { brokerError } from "./wire/broker-error.ts";
import { WireWriter } from "./wire/wire-writer.ts";

const consumer = -1;
const readUncommitted = 0;
const latest = -1;
const earliest = -2;

/** One kind of offset of partitions that one node leads, by `topic/partition`. */
const askNode = async (
  cluster: Cluster,
  node: number,
  places: ReadonlyArray<Partition>,
  when: number,
): Promise<ReadonlyMap<string, number>> => {
  const connection = await cluster.connection(node, "fetch");
  const body = new WireWriter().int32(consumer).int8(readUncommitted);
  body.array([...byTopic(places)], ([topic, partitions]) => {
    body.text(topic).array(partitions, ({ partition }) => body.int32(partition).int64(when));
  });
  const response = await connection.request(api.listOffsets, [body.take()], cluster.settings.requestTimeoutMs);
  response.int32(); // throttle
  const offsets = new Map<string, number>();
  response.array((reader) => {
    const topic = reader.text();
    reader.array((each) => {
      const place = { topic, partition: each.int32() };
      const code = each.int16();
      each.int64(); // timestamp
      const offset = each.int64();
      if (code === brokerError.none) {
        offsets.set(partitionName(place), offset);
        return;
      }
      cluster.forget(topic);
      throw refusal(`Asking for the bounds of ${topic}-${place.partition}`, code);
    });
  });
  return offsets;
};

const offsetIn = (offsets: ReadonlyMap<string, number>, place: Partition): number => {
  const offset = offsets.get(partitionName(place));
  if (offset !== undefined) return offset;
  throw refusal(`Asking for the bounds of ${partitionName(place)}`, brokerError.unknownTopicOrPartition);
};

/**
 * The first kept and the first not durable offset of each partition, in the order given: two requests to each broker that
 * leads any of them. Rejects Interrupted, BrokerRefused.
 */
export const boundsOnce = async (
  cluster: Cluster,
  places: ReadonlyArray<Partition>,
): Promise<ReadonlyArray<Bounds>> => {
  const byNode = new Map<number, Partition[]>();
  for (const place of places) {
    const node = await cluster.leader(place);
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [place]);
    else known.push(place);
  }
  const found = new Map<string, Bounds>();
  const asking = [...byNode].map(async ([node, led]) => {
    const ask = (when: number) => askNode(cluster, node, led, when);
    const [starts, ends] = await Promise.all([ask(earliest), ask(latest)]);
    for (const place of led)
      found.set(partitionName(place), { start: offsetIn(starts, place), end: offsetIn(ends, place) });
  });
  await Promise.all(asking);
  return places.map((place) => found.get(partitionName(place)) as Bounds);
};
