import { decodeControl, encodeEvent, type LeadErased, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, partitionOf } from "@leadwire/log";
import { right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { leadCreated } from "../../testing/sample-events.ts";
import { toldRecords } from "../../testing/told-records.ts";
import { PartitionTask } from "../partition-task.ts";

const atMs = Date.UTC(2026, 5, 1);
const partitions = 12;
const partition = partitionOf(Buffer.from("L"), partitions);

const erased = (more: Partial<LeadErased> = {}): LeadErased => ({
  type: "lead-erased",
  event_id: "e1",
  source_system: "crm",
  occurred_at: atMs,
  revision: 0,
  voided: false,
  lead_id: "L",
  request_id: "r1",
  ...more,
});

/** What a task tells the topic of lead keys. */
const marks = (events: ReadonlyArray<SalesEvent>, tellsErasures: boolean) => {
  const context = { workspace: defaultWorkspace, calendar: new ZoneCalendar("UTC"), generation: "g" };
  const task = new PartitionTask(
    "leadwire.funnel",
    { ...context, partition, partitions, tellsErasures },
    catalogue.measures,
  );
  const records = events.map((event) => ({ key: null, value: encodeEvent(event) }));
  task.process(encodeBatch(records, 0, atMs), records.length);
  return toldRecords(task.takeOutput()).filter(({ topic }) => topic === "leadwire.lead-keys");
};

test("an erased lead's key is said to be gone, once, in the lead's partition", () => {
  const told = marks([leadCreated("L", atMs), erased(), erased()], true);
  expect(told.map(({ key, partition: to, value }) => [key, to, decodeControl(value)])).toEqual([
    ["L", partition, right({ name: "lead-key", record: { lead_id: "L", key: null } })],
  ]);
});

test("an erasure that takes itself back, or lies in quarantine, erases nobody", () => {
  expect(marks([erased({ voided: true }), erased({ event_id: "e2", occurred_at: atMs + 3_600_001 })], true)).toEqual(
    [],
  );
});

test("nothing is said where keys are kept elsewhere", () => {
  expect(marks([erased()], false)).toEqual([]);
});
