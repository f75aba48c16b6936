import { defaultWorkspace } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { NobodyAtWork } from "../../cluster/nobody-at-work.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { fakeEngine } from "../../testing/fake-engine.ts";
import { summaryOf } from "../commands/import.ts";
import { summaryText } from "./import-summary.ts";

const job = { files: [], mapping: null, workspace: defaultWorkspace, revision: 0, backfill: "b/1", startedMs: 0 };
const counts = { rows: 12, skipped: 1, events: 10, quarantined: { bad_date: 1 } };

const summed = (engine: Partial<SealingEngine>) =>
  summaryOf({ nowMs: () => 2_000 }, fakeEngine(engine), job, { files: ["a.csv"] }, counts);

test("says what became of the rows and the events, and how long it took", async () => {
  const summary = await summed({});
  expect(summary.rows).toMatchObject({ read: 12, placed: 10, skipped: 1, quarantined: 1 });
  expect(summary.events).toMatchObject({ sent: 10, applied: 7, duplicate: 2, quarantined: 1 });
  const text = summaryText(summary, ".leadwire");
  expect(text).toMatch(/ {2}applied +7/);
  expect(text).toContain("in the log after 2.0 s (5 events/s), in SQL after 2.0 s (5 events/s)");
});

test("says of a cluster without a processor that the events are durable, and not what became of them", async () => {
  const silence = "no processor has been heard for 11 s: start one with npx leadwire run processor, then ask again.";
  const summary = await summed({ settle: () => Promise.reject(new NobodyAtWork(silence)) });
  expect(summary.events).toMatchObject({ sent: 10, applied: null, quarantined_by_reason: null });
  expect(summary).toMatchObject({ waits_for: silence, seconds: { to_log: 2, to_sql: null } });
  const text = summaryText(summary, ".leadwire");
  expect(text).not.toContain("applied");
  expect(text).toContain(`The events are durable, and count once they are folded and stored: ${silence}`);
});

test("fails where something else than silence keeps it from knowing", async () => {
  await expect(summed({ settle: () => Promise.reject(new Error("the log is closed")) })).rejects.toThrow("closed");
});
