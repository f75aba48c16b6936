import { expect, test } from "vitest";
import { mutations } from "./mutations.ts";
import { simulate } from "./simulation.ts";

const seedsMax = 2_000;

/** Where the search begins, to be short: a seed that found the fault once. Any other seed would do, only later. */
const firstSeeds: Readonly<Record<string, number>> = {
  "last-write-wins": 246,
  "forward-after-commit": 478,
  "quarantine-after-commit": 478,
};

test.each([...mutations.values()])(
  "finds out: $says",
  async (mutation) => {
    const first = firstSeeds[mutation.name] ?? 1;
    for (let seed = first; seed < first + seedsMax; seed += 1) {
      const { findings } = await simulate(seed, mutation);
      if (findings.length > 0) return;
    }
    expect.fail(`${mutation.name} was not noticed within ${seedsMax} seeds from ${first} on`);
  },
  120_000,
);
