import { expect, test } from "vitest";
import { mutations } from "./mutations.ts";
import { simulate } from "./simulation.ts";

const seedsMax = 2_000;

test.each([...mutations.values()])(
  "finds out: $says",
  async (mutation) => {
    for (let seed = 1; seed <= seedsMax; seed += 1) {
      const { findings } = await simulate(seed, mutation);
      if (findings.length > 0) return;
    }
    expect.fail(`${mutation.name} was not noticed within ${seedsMax} seeds`);
  },
  60_000,
);
