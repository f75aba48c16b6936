import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { LogWatch } from "./log-watch.ts";

test("says for how long a log has not answered, and no more once it does", async () => {
  let clockMs = 0;
  let answer: () => void = () => undefined;
  const boundsOf = () => new Promise<[]>((resolve) => (answer = () => resolve([])));
  const watch = new LogWatch({ log: { boundsOf }, partitions: 1, nowMs: () => clockMs, everyMs: 1 });
  watch.start();
  clockMs = 4_000;
  expect(watch.unready()).toEqual([]);
  clockMs = 12_500;
  expect(watch.unready()).toEqual(["Kafka has not answered for 12 s."]);
  answer();
  await sleep(0);
  expect([watch.waitingMs, watch.unready()]).toEqual([0, []]);
  watch.stop();
});

test("goes on counting over questions that are rejected", async () => {
  let clockMs = 0;
  const boundsOf = () => Promise.reject(new Error("not allowed"));
  const watch = new LogWatch({ log: { boundsOf }, partitions: 1, nowMs: () => clockMs, everyMs: 1 });
  watch.start();
  clockMs = 6_000;
  await sleep(10);
  expect(watch.unready()).toEqual(["Kafka has not answered for 6 s."]);
  watch.stop();
});
