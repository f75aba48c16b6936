import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { PartitionTask } from "../core/partition-task.ts";
import { Progress } from "./progress.ts";

const context = {
  workspace: defaultWorkspace,
  calendar: new ZoneCalendar("UTC"),
  generation: "g",
  partition: 0,
  partitions: 1,
};
const sources = { parked: 0, local: 0, snapshot: 0, log: 1 };

/** A task that reads `perSecond` records a second of an input that grows by `growth` a second. */
const after = (seconds: number, perSecond: number, growth: number) => {
  const task = new PartitionTask("leadwire.spend", context, []);
  const progress = new Progress();
  progress.isAssigned = true;
  const from = 1_000_000;
  for (let n = 0; n <= seconds * 10; n += 1) {
    task.position = (n / 10) * perSecond;
    task.appendTimeMs = from;
    progress.records = task.position;
    progress.noteRead(task, 100_000 + (n / 10) * growth);
    progress.noteRound([task], from + n * 100);
  }
  return progress.at([task], 0, sources, from + seconds * 1_000);
};

test("estimates when it has caught up from the pace of the last seconds", () => {
  const { recordsPerSecond, behindRecords, caughtUpInMs, behindMs, ready } = after(10, 5_000, 1_000);
  expect(recordsPerSecond).toBeCloseTo(5_000, -2);
  expect(behindRecords).toBe(60_000);
  expect(caughtUpInMs).toBeCloseTo(15_000, -3);
  expect(behindMs).toBe(10_000);
  expect(ready).toBe(false);
});

test("does not say when, while it falls further behind", () => {
  expect(after(10, 1_000, 2_000).caughtUpInMs).toBeNull();
});

test("is ready close to the end, and not while a state is being loaded or nothing is assigned", () => {
  const task = new PartitionTask("leadwire.spend", context, []);
  const progress = new Progress();
  const isReady = (loading: number): boolean => progress.at([task], loading, sources, 1_000).ready;
  progress.isAssigned = true;
  expect(isReady(0)).toBe(false);
  progress.noteRead(task, 9_000);
  expect([isReady(0), isReady(1)]).toEqual([true, false]);
  progress.isAssigned = false;
  expect(isReady(0)).toBe(false);
});
