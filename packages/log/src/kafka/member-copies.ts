import type { LogPosition } from "../event-log.ts";

/** What a member says of its copies is kept by the brokers for each member of the group. */
const copiesMax = 2_000;

/** What a member of a group tells whoever assigns partitions: its copies as JSON, the furthest ones where they are many. */
export const encodeCopies = (copies: ReadonlyArray<LogPosition>): Buffer => {
  const told = [...copies].sort((a, b) => b.offset - a.offset).slice(0, copiesMax);
  const byTopic: Record<string, Array<readonly [partition: number, offset: number]>> = {};
  for (const { topic, partition, offset } of told) {
    const known = byTopic[topic];
    if (known === undefined) byTopic[topic] = [[partition, offset]];
    else known.push([partition, offset]);
  }
  return told.length === 0 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(byTopic));
};

/** Reads what another member told. Hints: what cannot be read, from another version perhaps, counts as none. */
export const decodeCopies = (bytes: Buffer): ReadonlyArray<LogPosition> => {
  if (bytes.length === 0) return [];
  const byTopic = parsed(bytes);
  if (typeof byTopic !== "object" || byTopic === null) return [];
  return Object.entries(byTopic).flatMap(([topic, places]) =>
    Array.isArray(places) ? places.flatMap((place) => copyOf(topic, place)) : [],
  );
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};

const copyOf = (topic: string, place: unknown): ReadonlyArray<LogPosition> => {
  if (!Array.isArray(place)) return [];
  const [partition, offset]: ReadonlyArray<unknown> = place;
  return Number.isSafeInteger(partition) && Number.isSafeInteger(offset)
    ? [{ topic, partition: Number(partition), offset: Number(offset) }]
    : [];
};
