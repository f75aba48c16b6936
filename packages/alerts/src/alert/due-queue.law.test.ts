import fc from "fast-check";
import { expect, test } from "vitest";
import { DueQueue } from "./due-queue.ts";

const names = fc.array(fc.tuple(fc.nat(50), fc.constantFrom("a", "b", "c", "d")), { maxLength: 60 });

/** Those that a name has no earlier instant than. */
const kept = (added: ReadonlyArray<readonly [number, string]>): ReadonlyArray<readonly [number, string]> =>
  added.filter(([dueMs, name], index) => added.slice(0, index).every(([ms, other]) => other !== name || ms > dueMs));

test("what is due comes out by instant and name, and nothing before it is due", () => {
  fc.assert(
    fc.property(names, fc.nat(50), (added, nowMs) => {
      const queue = new DueQueue();
      for (const [dueMs, name] of added) queue.add(dueMs, name);
      const sorted = [...kept(added)].sort(([aMs, a], [bMs, b]) => aMs - bMs || (a < b ? -1 : a > b ? 1 : 0));
      const due = sorted.filter(([dueMs]) => dueMs <= nowMs);
      const taken: string[] = [];
      for (let name = queue.take(nowMs); name !== undefined; name = queue.take(nowMs)) taken.push(name);
      expect(taken).toEqual(due.map(([, name]) => name));
      expect(queue.nextMs).toBe(sorted[due.length]?.[0] ?? Number.POSITIVE_INFINITY);
    }),
  );
});
