import { describe, expect, test } from "vitest";
import type { AssignmentListener, LogPosition, Partition } from "../event-log.ts";
import type { ContractContext } from "./log-under-test.ts";

/** A member that notes what it holds, and fails the test when a partition has two owners. */
class Member implements AssignmentListener {
  readonly held = new Set<string>();
  readonly log: string[] = [];
  private readonly owners: Map<string, Member>;
  private readonly told: ReadonlyArray<LogPosition>;

  constructor(owners: Map<string, Member>, told: ReadonlyArray<LogPosition> = []) {
    this.owners = owners;
    this.told = told;
  }

  readonly copies = (): ReadonlyArray<LogPosition> => this.told;

  readonly onAssigned = async (partitions: ReadonlyArray<Partition>): Promise<void> => {
    for (const { topic, partition } of partitions) {
      const name = `${topic}-${partition}`;
      if (this.owners.has(name)) this.log.push(`two owners of ${name}`);
      this.owners.set(name, this);
      this.held.add(name);
    }
  };

  readonly onRevoked = async (partitions: ReadonlyArray<Partition>): Promise<void> => {
    // A member commits its state here: until it is done, nobody else may own the partition.
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const { topic, partition } of partitions) {
      const name = `${topic}-${partition}`;
      if (!this.held.delete(name)) this.log.push(`${name} was taken but not held`);
      this.owners.delete(name);
    }
  };
}

/** Rebalancing takes a broker a moment; waits until `holds` or 20 s have passed. */
const eventually = (holds: () => void): Promise<void> =>
  expect
    .poll(
      () => {
        holds();
        return true;
      },
      { timeout: 20_000 },
    )
    .toBe(true);

export const groupContract = ({ under, freshTopic }: ContractContext): void => {
  const all = (topic: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${topic}-${n}`);

  describe("join", () => {
    test("gives a lone member every partition", async () => {
      const topic = await freshTopic(6);
      const member = new Member(new Map());
      const leave = await under().log.join(`${topic}-group`, [topic], member);
      await eventually(() => expect([...member.held].sort()).toEqual(all(topic, 6)));
      await leave();
      expect(member.held.size).toBe(0);
      expect(member.log).toEqual([]);
    });

    test("shares partitions among members, none with two owners, and hands them on when one leaves", async () => {
      const topic = await freshTopic(6);
      const owners = new Map<string, Member>();
      const members = [new Member(owners), new Member(owners), new Member(owners)];
      const leaves = await Promise.all(members.map((member) => under().log.join(`${topic}-group`, [topic], member)));
      await eventually(() => expect(members.map(({ held }) => held.size)).toEqual([2, 2, 2]));
      expect(members.flatMap(({ held }) => [...held]).sort()).toEqual(all(topic, 6));
      await leaves[1]?.();
      await eventually(() => expect(members.map(({ held }) => held.size)).toEqual([3, 0, 3]));
      await Promise.all([leaves[0]?.(), leaves[2]?.()]);
      expect(owners.size).toBe(0);
      expect(members.flatMap(({ log }) => log)).toEqual([]);
    });

    test("gives a partition to the member with the newest copy of its state, as far as shares stay even", async () => {
      const topic = await freshTopic(6);
      const copies = (offset: number, ...numbers: ReadonlyArray<number>) =>
        numbers.map((partition) => ({ topic, partition, offset }));
      const owners = new Map<string, Member>();
      const a = new Member(owners, copies(10, 0, 2, 4, 5));
      const b = new Member(owners, [...copies(9, 0, 1, 2), ...copies(11, 5), ...copies(2, 3)]);
      const leaves = [
        await under().log.join(`${topic}-group`, [topic], a),
        await under().log.join(`${topic}-group`, [topic], b),
      ];
      const named = (...numbers: ReadonlyArray<number>) => numbers.map((partition) => `${topic}-${partition}`);
      await eventually(() => {
        expect([...a.held].sort()).toEqual(named(0, 2, 4));
        expect([...b.held].sort()).toEqual(named(1, 3, 5));
      });
      for (const leave of leaves) await leave();
      expect([...a.log, ...b.log]).toEqual([]);
    });

    test("keeps groups apart, and topics to those who asked for them", async () => {
      const [one, two] = [await freshTopic(2), await freshTopic(2)];
      const members = [new Member(new Map()), new Member(new Map()), new Member(new Map())];
      const [a, b, c] = members;
      if (a === undefined || b === undefined || c === undefined) throw new Error("three members are needed");
      const leaves = [
        await under().log.join(`${one}-x`, [one, two], a),
        await under().log.join(`${one}-y`, [one], b),
        await under().log.join(`${one}-x`, [two], c),
      ];
      await eventually(() => {
        expect([...a.held, ...c.held].sort()).toEqual([...all(one, 2), ...all(two, 2)].sort());
        expect([...c.held].every((name) => name.startsWith(`${two}-`))).toBe(true);
        expect([...b.held].sort()).toEqual(all(one, 2));
      });
      for (const leave of leaves) await leave();
      expect(members.flatMap(({ log }) => log)).toEqual([]);
    });
  });
};
