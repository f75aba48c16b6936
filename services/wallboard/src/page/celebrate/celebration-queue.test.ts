import { expect, test } from "vitest";
import type { CelebrationEvent } from "../../board/wall-frame.ts";
import { celebratedForMs, createCelebrationQueue } from "./celebration-queue.ts";

const setUp = () => {
  const due: Array<{ readonly delayMs: number; readonly task: () => void; isCancelled: boolean }> = [];
  const sounded: string[] = [];
  const queue = createCelebrationQueue(
    (delayMs, task) => {
      const entry = { delayMs, task, isCancelled: false };
      due.push(entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    ({ id }) => sounded.push(id),
  );
  const pass = (): void => {
    const next = due.splice(0).find(({ isCancelled }) => !isCancelled);
    next?.task();
  };
  return { queue, sounded, pass, due, shown: () => queue.shown.value?.id };
};

const target = (id: string): CelebrationEvent => ({ kind: "target", id, tile: "sales" });

test("celebrations come one after another, each for four seconds", () => {
  const { queue, pass, shown, due } = setUp();
  queue.add([target("a"), target("b")]);
  expect([shown(), due[0]?.delayMs]).toEqual(["a", celebratedForMs]);
  pass();
  expect(shown()).toBe("b");
  pass();
  expect(shown()).toBeUndefined();
});

test("at most three are shown and waiting; the rest is not told later", () => {
  const { queue, pass, shown, sounded } = setUp();
  queue.add(["a", "b", "c", "d", "e"].map(target));
  for (let i = 0; i < 5; i++) pass();
  expect(shown()).toBeUndefined();
  expect(sounded).toEqual(["a", "b", "c"]);
});

test("what was celebrated is not celebrated again, also where another board tells it", () => {
  const { queue, pass, sounded } = setUp();
  queue.add([target("a")]);
  queue.add([target("a")]);
  pass();
  queue.add([target("a"), { kind: "won", id: "a", deal: "D", owner: "ana", amountMinor: 1, currency: "EUR" }]);
  expect(sounded).toEqual(["a", "a"]);
});

test("whoever puts one away gets the next one, for its whole time", () => {
  const { queue, pass, shown, due } = setUp();
  queue.add(["a", "b"].map(target));
  queue.dismiss();
  expect(shown()).toBe("b");
  expect(due.map(({ isCancelled }) => isCancelled)).toEqual([true, false]);
  pass();
  expect(shown()).toBeUndefined();
});
