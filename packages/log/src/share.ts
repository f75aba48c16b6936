import type { LogPosition, Partition } from "./event-log.ts";
import { partitionName } from "./partition-name.ts";

/** A member of a group, the topics it asked for, and how far its own copies of their partitions' state reach. */
export interface Subscriber {
  readonly memberId: string;
  readonly topics: ReadonlyArray<string>;
  readonly copies?: ReadonlyArray<LogPosition>;
}

/** Members by their place in the order of their ids. */
type Members = ReadonlyArray<number>;

/** A partition to be given, and who has a copy of it, the newest first. */
interface Place extends Partition {
  readonly name: string;
  readonly copies: ReadonlyArray<{ readonly member: number; readonly offset: number }>;
}

/**
 * Shares every partition out among the members that asked for its topic: evenly, and the same whoever computes it. As
 * far as even shares allow, a partition goes to the member with the newest copy of its state: those first whose second
 * newest copy is furthest behind. So a partition stays where it was unless shares have to change. The rest goes round
 * over topics, so that many topics with few partitions spread too.
 */
export const share = (
  members: ReadonlyArray<Subscriber>,
  partitionsOf: (topic: string) => number,
): ReadonlyMap<string, ReadonlyArray<Partition>> => {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const offsets = sorted.map(({ copies = [] }) => new Map(copies.map((copy) => [partitionName(copy), copy.offset])));
  const shares = sorted.map((): Array<Partition> => []);
  for (const { takers, topics } of classesOf(sorted)) {
    const places = topics.flatMap((topic) =>
      Array.from({ length: partitionsOf(topic) }, (_, partition) => placeOf({ topic, partition }, takers, offsets)),
    );
    const given = give(places, quotas(places, takers, shares));
    for (const [n, { topic, partition }] of places.entries()) {
      const taker = given[n];
      if (taker !== undefined) shares[taker]?.push({ topic, partition });
    }
  }
  return new Map(sorted.map(({ memberId }, n) => [memberId, shares[n] ?? []]));
};

/** Topics with the same takers, those with the fewest first: who can take more chooses later. */
const classesOf = (
  sorted: ReadonlyArray<Subscriber>,
): ReadonlyArray<{ readonly takers: Members; readonly topics: ReadonlyArray<string> }> => {
  const byTakers = new Map<string, { readonly takers: Members; readonly topics: Array<string> }>();
  for (const topic of [...new Set(sorted.flatMap(({ topics }) => topics))].sort()) {
    const takers = sorted.flatMap(({ topics }, n) => (topics.includes(topic) ? [n] : []));
    const known = byTakers.get(takers.join());
    if (known === undefined) byTakers.set(takers.join(), { takers, topics: [topic] });
    else known.topics.push(topic);
  }
  return [...byTakers.values()].sort((a, b) => a.takers.length - b.takers.length);
};

const placeOf = (place: Partition, takers: Members, offsets: ReadonlyArray<ReadonlyMap<string, number>>): Place => {
  const name = partitionName(place);
  const copies = takers.flatMap((member) => {
    const offset = offsets[member]?.get(name);
    return offset === undefined ? [] : [{ member, offset }];
  });
  return { ...place, name, copies: copies.sort((a, b) => b.offset - a.offset || a.member - b.member) };
};

/** How many of the places each taker gets, so that all it has is even; what is left over goes to the newest copies. */
const quotas = (
  places: ReadonlyArray<Place>,
  takers: Members,
  shares: ReadonlyArray<ReadonlyArray<Partition>>,
): Map<number, number> => {
  const newest = new Map<number, number>();
  for (const { copies } of places) {
    const member = copies[0]?.member ?? -1;
    newest.set(member, (newest.get(member) ?? 0) + 1);
  }
  const order = [...takers].sort((a, b) => (newest.get(b) ?? 0) - (newest.get(a) ?? 0) || a - b);
  const quota = new Map(order.map((member) => [member, 0]));
  const held = (member: number): number => (shares[member]?.length ?? 0) + (quota.get(member) ?? 0);
  for (let n = 0; n < places.length; n += 1) {
    const least = order.reduce((a, b) => (held(b) < held(a) ? b : a));
    quota.set(least, (quota.get(least) ?? 0) + 1);
  }
  return quota;
};

/** Who gets each place; uses the quotas up. */
const give = (places: ReadonlyArray<Place>, quota: Map<number, number>): ReadonlyArray<number | undefined> => {
  const given: Array<number | undefined> = places.map(() => undefined);
  const take = (n: number, member: number): void => {
    given[n] = member;
    quota.set(member, (quota.get(member) ?? 0) - 1);
  };
  const gain = ({ copies }: Place): number => (copies[0]?.offset ?? 0) - (copies[1]?.offset ?? 0);
  const byGain = places.map((place, n) => ({ n, gain: gain(place) })).sort((a, b) => b.gain - a.gain || a.n - b.n);
  const ranks = places.reduce((most, { copies }) => Math.max(most, copies.length), 0);
  for (let rank = 0; rank < ranks; rank += 1) {
    for (const { n } of byGain) {
      const member = places[n]?.copies[rank]?.member;
      if (given[n] === undefined && member !== undefined && (quota.get(member) ?? 0) > 0) take(n, member);
    }
  }
  for (const n of places.keys()) {
    if (given[n] !== undefined) continue;
    const [roomiest] = [...quota].reduce((a, b) => (b[1] > a[1] ? b : a));
    take(n, roomiest);
  }
  return given;
};
