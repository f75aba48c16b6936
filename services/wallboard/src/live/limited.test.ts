import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { limited } from "./limited.ts";

test("so many run at one time, the others in their order, and a failure frees its place", async () => {
  const ends: Array<(fault?: Error) => void> = [];
  const begun: Array<number> = [];
  const ask = limited(2, (n: number) => {
    begun.push(n);
    return new Promise<number>((resolve, reject) => {
      ends.push((fault) => (fault === undefined ? resolve(n) : reject(fault)));
    });
  });
  const all = Promise.allSettled([1, 2, 3, 4, 5].map(ask));
  await turn();
  expect(begun).toEqual([1, 2]);
  ends[1]?.(new Error("away"));
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  for (let n = 0; n < 5; n += 1) {
    for (const end of ends) end();
    await turn();
  }
  expect((await all).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
});
