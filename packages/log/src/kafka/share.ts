import type { Partition } from "../event-log.ts";

/** A member of a group and the topics it asked for. */
export interface Subscriber {
  readonly memberId: string;
  readonly topics: ReadonlyArray<string>;
}

/**
 * Shares every partition out among the members that asked for its topic: evenly, and the same whoever computes it.
 * Partitions go round over topics, so that many topics with few partitions spread too.
 */
export const share = (
  members: ReadonlyArray<Subscriber>,
  partitionsOf: (topic: string) => number,
): ReadonlyMap<string, ReadonlyArray<Partition>> => {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Map<string, Partition[]>(sorted.map(({ memberId }) => [memberId, []]));
  const topics = [...new Set(sorted.flatMap((member) => member.topics))].sort();
  let turn = 0;
  for (const topic of topics) {
    const takers = sorted.filter((member) => member.topics.includes(topic));
    for (let partition = 0; partition < partitionsOf(topic); partition += 1) {
      const taker = takers[turn++ % takers.length];
      if (taker !== undefined) shares.get(taker.memberId)?.push({ topic, partition });
    }
  }
  return shares;
};
