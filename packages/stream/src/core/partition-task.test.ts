import { encodeEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch } from "@leadwire/log";
import { expect, test } from "vitest";
import { leadCreated } from "../testing/sample-events.ts";
import { PartitionTask } from "./partition-task.ts";

const atMs = Date.UTC(2026, 5, 1);
const context = {
  workspace: defaultWorkspace,
  calendar: new ZoneCalendar("UTC"),
  generation: "g",
  partition: 0,
  partitions: 1,
};

test("reads up to the offset it is told and no record beyond, also within a batch", () => {
  const task = new PartitionTask("leadwire.funnel", context, catalogue.measures);
  const records = ["a", "b", "c"].map((id) => ({ key: null, value: encodeEvent(leadCreated(id, atMs)) }));
  const batch = encodeBatch(records, 0, atMs);
  expect(task.process(batch, 2)).toBe(2);
  expect(task.counts()).toMatchObject({ position: 2, entries: [{ applied: 2 }] });
  expect(task.process(batch, 3)).toBe(1);
  expect(task.counts()).toMatchObject({ position: 3, entries: [{ applied: 3, duplicate: 0 }] });
});
