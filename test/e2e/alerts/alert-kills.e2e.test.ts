import { expect, test } from "vitest";
import { brokenPromises, runAlertsWithKills } from "./alert-kill-run.ts";

test("ten kills while alerts are decided and sent: each is told under one key, and none is missing", async () => {
  const groups = 60;
  const outcome = await runAlertsWithKills(groups, 10, 6);
  expect(brokenPromises(outcome)).toEqual([]);
  expect(outcome).toMatchObject({ kills: 10 });
  expect(outcome.firing.size).toBe(groups);
  expect(outcome.resolved.size).toBe(groups);
  // Each start claims the partitions anew.
  expect(outcome.told.claims).toBeGreaterThan(100);
});
