import { expect, test } from "vitest";
import { simulate } from "./simulation.ts";

const seeds = 120;

test(`whatever happens to its parts, the numbers are those of a plain pass (${seeds} seeds)`, async () => {
  let faults = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const outcome = await simulate(seed);
    faults += outcome.faults.length;
    expect(outcome.findings, `pnpm sim --from ${seed} --seeds 1`).toEqual([]);
  }
  expect(faults).toBeGreaterThan(seeds);
}, 120_000);

test("a seed gives the same run again, step by step", async () => {
  expect(await simulate(69)).toEqual(await simulate(69));
});
