import type { Partition } from "../event-log.ts";

/** Positions, or partitions, by topic in the order given. */
export const byTopic = <Place extends Partition>(places: ReadonlyArray<Place>): Map<string, Place[]> => {
  const topics = new Map<string, Place[]>();
  for (const place of places) {
    const known = topics.get(place.topic);
    if (known === undefined) topics.set(place.topic, [place]);
    else known.push(place);
  }
  return topics;
};
