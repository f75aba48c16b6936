import fc from "fast-check";
import { expect, test } from "vitest";
import { TimerQueue } from "./timer-queue.ts";

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("add" as const), ms: fc.nat({ max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("cancel" as const), ms: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("advance" as const), ms: fc.nat({ max: 20 }) }) },
);

test("fires what is due in the order of time, then of adding, as a sorted list does", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 4 }), (steps, max) => {
      const queue = new TimerQueue();
      let list: Array<{ readonly dueMs: number; readonly payload: number; readonly timer: number }> = [];
      let nowMs = 0;
      for (const [payload, { what, ms }] of steps.entries()) {
        if (what === "add") {
          const dueMs = nowMs + ms - 5;
          list.push({ dueMs, payload, timer: queue.add(dueMs, payload) });
          list = list.toSorted((a, b) => a.dueMs - b.dueMs || a.payload - b.payload);
        } else if (what === "cancel") {
          const [gone] = list.splice(ms % Math.max(1, list.length), 1);
          if (gone !== undefined) queue.cancel(gone.timer);
        } else {
          nowMs += ms;
          const due = list.filter(({ dueMs }) => dueMs <= nowMs).slice(0, max);
          const fired: Array<readonly [number, number]> = [];
          expect(queue.advance(nowMs, (of, dueMs) => void fired.push([of, dueMs]), max)).toBe(due.length);
          expect(fired).toEqual(due.map(({ payload: of, dueMs }) => [of, dueMs]));
          list = list.slice(due.length);
        }
        expect(queue.size).toBe(list.length);
        expect(queue.nextDueMs()).toBe(list[0]?.dueMs ?? Number.POSITIVE_INFINITY);
      }
    }),
    { numRuns: 300 },
  );
});

test("a hundred thousand timers take less than 100 bytes each, also where they come and go", () => {
  const queue = new TimerQueue();
  const count = 100_000;
  const timers = Array.from({ length: count }, (_, n) => queue.add((n * 7919) % count, n));
  for (let round = 0; round < 3; round += 1)
    for (const [n, timer] of timers.entries()) {
      queue.cancel(timer);
      timers[n] = queue.add((n * 104_729) % count, n);
    }
  expect(queue.bytes / count).toBeLessThan(100);
  let last = -1;
  let early = 0;
  const fired = queue.advance(count, (_, dueMs) => {
    if (dueMs < last) early += 1;
    last = dueMs;
  });
  expect([fired, early]).toEqual([count, 0]);
});
