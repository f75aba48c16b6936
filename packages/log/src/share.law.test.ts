import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogPosition, Partition } from "./event-log.ts";
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

  test("keeps shares even whatever copies the members tell of", () => {
    fc.assert(
      fc.property(groups, (group) => {
        const shares = share(group, partitionsOf);
        const sizes = [...shares.values()].map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect([...shares.values()].flat().map(nameOf).sort()).toEqual(everything);
        expect(share([...group].reverse(), partitionsOf)).toEqual(shares);
      }),
    );
  });

  test("gives a partition to the newest copy, unless that member's share is full of such", () => {
    fc.assert(
      fc.property(groups, (group) => {
        const shares = share(group, partitionsOf);
        const newest = (name: string): number =>
          Math.max(...group.map(({ copies = [] }) => copies.find((copy) => nameOf(copy) === name)?.offset ?? -1));
        const hasNewest = (member: Subscriber, name: string): boolean =>
          member.copies?.find((copy) => nameOf(copy) === name)?.offset === newest(name);
        for (const member of group) {
          const held = new Set((shares.get(member.memberId) ?? []).map(nameOf));
          const missed = everything.filter((name) => {
            const isAlone = group.filter((other) => hasNewest(other, name)).length === 1;
            return hasNewest(member, name) && isAlone && !held.has(name);
          });
          if (missed.length > 0) expect([...held].filter((name) => !hasNewest(member, name))).toEqual([]);
        }
      }),
    );
  });

  test("moves nothing while the members stay, and no more than it must when one comes or goes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(5), (count, leaver) => {
        const fresh = Array.from({ length: count }, (_, n): Subscriber => ({ memberId: `m${n}`, topics: topicNames }));
        const before = share(fresh, partitionsOf);
        const stayed = fresh.map((member): Subscriber => ({ ...member, copies: copiesOf(before, member.memberId) }));
        expect(share(stayed, partitionsOf)).toEqual(before);
        const grown = share([...stayed, { memberId: "a-new-one", topics: topicNames }], partitionsOf);
        expect(moved(before, grown)).toBe(grown.get("a-new-one")?.length);
        if (count === 1) return;
        const gone = `m${leaver % count}`;
        const shrunk = share(
          stayed.filter(({ memberId }) => memberId !== gone),
          partitionsOf,
        );
        expect(moved(before, shrunk)).toBe(before.get(gone)?.length);
      }),
    );
  });
});

const topicSizes = new Map([
  ["a", 7],
  ["b", 4],
  ["c", 1],
]);
const partitionsOf = (topic: string): number => topicSizes.get(topic) ?? 0;
const nameOf = ({ topic, partition }: Partition): string => `${topic}-${partition}`;
const places = [...topicSizes].flatMap(([topic, size]) =>
  Array.from({ length: size }, (_, partition): Partition => ({ topic, partition })),
);
const everything = places.map(nameOf).sort();

/** Members of one group with copies of some partitions, few different offsets among them. */
const groups = fc
  .array(fc.array(fc.option(fc.nat(20), { freq: 2 }), { minLength: places.length, maxLength: places.length }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) =>
    all.map((offsets, n): Subscriber => {
      const copies = places.flatMap((place, at): ReadonlyArray<LogPosition> => {
        const offset = offsets[at] ?? null;
        return offset === null ? [] : [{ ...place, offset }];
      });
      return { memberId: `m${n}`, topics: topicNames, copies };
    }),
  );

/** What a member tells that has just given back what it held. */
const copiesOf = (shares: ReadonlyMap<string, ReadonlyArray<Partition>>, memberId: string): Array<LogPosition> =>
  (shares.get(memberId) ?? []).map((place) => ({ ...place, offset: 1_000 }));

const moved = (
  before: ReadonlyMap<string, ReadonlyArray<Partition>>,
  after: ReadonlyMap<string, ReadonlyArray<Partition>>,
): number => {
  const owners = new Map([...before].flatMap(([owner, held]) => held.map((place) => [nameOf(place), owner] as const)));
  return [...after].reduce(
    (sum, [owner, held]) => sum + held.filter((place) => owners.get(nameOf(place)) !== owner).length,
    0,
  );
};
