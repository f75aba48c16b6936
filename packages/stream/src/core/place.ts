import { type EventTopic, eventTopics, eventTypes, type FlatEvent, Slot, topicOf } from "@leadwire/events";
import { partitionOf } from "@leadwire/log";

/** The header of a record that a task sent on: where it lay, as `topic/partition/offset`. */
export const forwardedFromHeader = "forwarded_from";

/** Where an event belongs. */
export interface Place {
  readonly topic: EventTopic;
  readonly partition: number;
  readonly key: Buffer;
}

const topics: ReadonlyArray<EventTopic> = eventTypes.map(topicOf);

const keySlotByTopic: Readonly<Record<EventTopic, number>> = {
  "leadwire.funnel": Slot.leadId,
  "leadwire.spend": Slot.channel,
  "leadwire.accounts": Slot.accountId,
  "leadwire.plan": Slot.scope,
};

/** Where a decoded event belongs among so many partitions; the key is a view of the event's bytes. */
const placeOf = (event: FlatEvent, partitions: number): Place => {
  const topic = topics[event.type];
  if (topic === undefined) throw new Error(`event type ${event.type} does not exist`);
  const slot = keySlotByTopic[topic];
  const key = event.bytes.subarray(event.start[slot], event.end[slot]);
  return { topic, key, partition: partitionOf(key, partitions) };
};

/** A place of the log as the header says it. */
export const forwardedFrom = (topic: string, partition: number, offset: number): string =>
  `${topic}/${partition}/${offset}`;

/** Reads the header; undefined where it is not of that form or names no topic of events. */
export const parseForwardedFrom = (
  text: string,
): { readonly topic: EventTopic; readonly partition: number; readonly offset: number } | undefined => {
  const [name, partitionText = "", offsetText = "", ...rest] = text.split("/");
  const topic = eventTopics.find((known) => known === name);
  if (topic === undefined || rest.length > 0) return undefined;
  if (!/^\d{1,9}$/.test(partitionText) || !/^\d{1,15}$/.test(offsetText)) return undefined;
  return { topic, partition: Number(partitionText), offset: Number(offsetText) };
};

/** Tells events that lie where they belong from the others. One instance a task. */
export class Home {
  private readonly topic: string;
  private readonly partition: number;
  private readonly partitions: number;

  constructor(topic: string, { partition, partitions }: { readonly partition: number; readonly partitions: number }) {
    this.topic = topic;
    this.partition = partition;
    this.partitions = partitions;
  }

  /** Where the event belongs instead; undefined for one that is at home. */
  elsewhere(event: FlatEvent): Place | undefined {
    const place = placeOf(event, this.partitions);
    return place.topic === this.topic && place.partition === this.partition ? undefined : place;
  }
}
