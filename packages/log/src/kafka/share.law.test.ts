import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Subscriber, share } from "./share.ts";

const topicNames = ["a", "b", "c"];
const members = fc.uniqueArray(
  fc.record({
    memberId: fc.string({ minLength: 1, maxLength: 8 }),
    topics: fc.subarray(topicNames, { minLength: 1 }),
  }),
  { selector: ({ memberId }) => memberId, minLength: 1, maxLength: 7 },
);
const counts = fc.record({ a: fc.nat(12), b: fc.nat(12), c: fc.nat(12) });

describe("sharing partitions", () => {
  test("gives each partition of an asked topic to one member, who asked for it", () => {
    fc.assert(
      fc.property(members, counts, (group, count) => {
        const shares = share(group, (topic) => count[topic as "a" | "b" | "c"]);
        const topicsOf = new Map(group.map(({ memberId, topics }) => [memberId, topics]));
        const given = [...shares].flatMap(([memberId, partitions]) =>
          partitions.map(({ topic, partition }) => {
            expect(topicsOf.get(memberId)).toContain(topic);
            return `${topic}-${partition}`;
          }),
        );
        const asked = topicNames.filter((topic) => group.some(({ topics }) => topics.includes(topic)));
        const all = asked.flatMap((topic) =>
          Array.from({ length: count[topic as "a" | "b" | "c"] }, (_, partition) => `${topic}-${partition}`),
        );
        expect(given.sort()).toEqual(all.sort());
      }),
    );
  });

  test("is even among members that ask for the same, and does not depend on their order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 9 }), counts, (ids, count) => {
        const group = ids.map((memberId): Subscriber => ({ memberId, topics: topicNames }));
        const partitionsOf = (topic: string): number => count[topic as "a" | "b" | "c"];
        const shares = share(group, partitionsOf);
        const sizes = [...shares.values()].map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(share([...group].reverse(), partitionsOf)).toEqual(shares);
      }),
    );
  });
});
