import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Asked } from "./asked.ts";

const setUp = () => {
  const answers: Array<{ readonly resolve: (value: string) => void; readonly reject: () => void }> = [];
  const askedAtMs: Array<number> = [];
  let told = 0;
  const asked = new Asked<string>(
    (nowMs) => {
      askedAtMs.push(nowMs);
      return new Promise((resolve, reject) => void answers.push({ resolve, reject: () => reject(new Error("away")) }));
    },
    () => {
      told += 1;
    },
  );
  const answer = async (value: string | undefined): Promise<void> => {
    const next = answers.shift();
    if (value === undefined) next?.reject();
    else next?.resolve(value);
    await turn();
  };
  return { asked, answer, askedAtMs, told: () => told };
};

test("gives the last answer at once, and asks at most every 15 s and only when it is looked at", async () => {
  const { asked, answer, askedAtMs, told } = setUp();
  expect(asked.at(1_000)).toBeUndefined();
  await answer("first");
  expect(told()).toBe(1);
  const first = asked.at(1_033);
  expect(first).toEqual({ value: "first", askedAtMs: 1_000 });
  expect(asked.at(15_999)).toBe(first);
  expect(askedAtMs).toEqual([1_000]);
  expect(asked.dueMs).toBe(16_000);
  expect(asked.at(60_000)).toBe(first);
  expect(askedAtMs).toEqual([1_000, 60_000]);
  await answer("second");
  expect(asked.at(60_033)).toEqual({ value: "second", askedAtMs: 60_000 });
});

test("one question is under way at a time, however long it takes", async () => {
  const { asked, answer, askedAtMs } = setUp();
  for (const atMs of [0, 15_000, 30_000, 45_000]) asked.at(atMs);
  expect(askedAtMs).toEqual([0]);
  await answer("late");
  asked.at(45_100);
  expect(askedAtMs).toEqual([0, 45_100]);
});

test("keeps an old answer where there is no new one, and tries again", async () => {
  const { asked, answer, askedAtMs } = setUp();
  asked.at(0);
  await answer(undefined);
  expect([asked.at(1_000), asked.hasFailed]).toEqual([undefined, true]);
  asked.at(15_000);
  await answer("there");
  asked.at(30_000);
  await answer(undefined);
  expect([asked.at(31_000)?.value, asked.hasFailed, askedAtMs]).toEqual(["there", true, [0, 15_000, 30_000]]);
});

test("a clock set back keeps no answer for longer", async () => {
  const { asked, answer, askedAtMs } = setUp();
  asked.at(100_000);
  await answer("before");
  asked.at(50_000);
  expect(askedAtMs).toEqual([100_000, 50_000]);
});

test("at its end nothing is asked any more, and nobody is told of what comes late", async () => {
  const { asked, answer, askedAtMs, told } = setUp();
  asked.at(0);
  asked.end();
  await answer("late");
  asked.at(99_000);
  expect([told(), askedAtMs, asked.dueMs]).toEqual([0, [0], Number.POSITIVE_INFINITY]);
});
