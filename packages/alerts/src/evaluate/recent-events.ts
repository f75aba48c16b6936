import type { LiveOpenSet } from "@leadwire/stream";
import type { RecentEvents } from "./threshold-numbers.ts";

/** The events behind a number, out of the newest changes of facts that a live view has heard of. */
export const recentEventsOf =
  (facts: Pick<LiveOpenSet, "recentFacts">): RecentEvents =>
  (kinds, dimension, value) => {
    const changes = facts.recentFacts(kinds, ({ fact }) => dimension === null || fact.dimensions[dimension] === value);
    return [...new Set(changes.map(({ causeSource, causeEventId }) => `${causeSource}/${causeEventId}`))];
  };
