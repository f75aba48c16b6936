import { derivedRegistry, encodeEvent, frameId, type SalesEvent, type SchemaName } from "@leadwire/events";
import { numberedRegistry } from "@leadwire/events/testing";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, partitionOf } from "@leadwire/log";
import { expect, test } from "vitest";
import { dealClosed, leadCreated } from "../testing/sample-events.ts";
import { toldRecords } from "../testing/told-records.ts";
import { PartitionTask } from "./partition-task.ts";

const atMs = Date.UTC(2026, 5, 1);
const partitions = 3;
const partition = partitionOf(Buffer.from("L"), partitions);
const registry = numberedRegistry();

const erased: SalesEvent = {
  type: "lead-erased",
  event_id: "e1",
  source_system: "crm",
  occurred_at: atMs,
  revision: 0,
  voided: false,
  lead_id: "L",
  request_id: "r1",
};

test("every record that a task makes carries the id of the registry that it was given", () => {
  const context = { workspace: defaultWorkspace, calendar: new ZoneCalendar("UTC"), generation: "g", partitions };
  const task = new PartitionTask(
    "leadwire.funnel",
    { ...context, partition, registry, tellsErasures: true },
    catalogue.measures,
  );
  const values = [leadCreated("L", atMs), dealClosed("L", atMs, 100), erased].map(encodeEvent);
  const records = [...values, Buffer.from("no event")].map((value) => ({ key: null, value }));
  task.process(encodeBatch(records, 0, atMs), records.length);
  const told = toldRecords([...task.takeOutput(), ...task.beat(records.length, atMs)]);
  const ids = [...new Set(told.map(({ value }) => frameId(value, 0, value.length)))].sort((a, b) => a - b);
  const names: ReadonlyArray<SchemaName> = [
    "fact-changed",
    "heartbeat",
    "lead-key",
    "ledger-updated",
    "quarantined",
    "slice-updated",
  ];
  expect(ids).toEqual(names.map((name) => registry.idOf(name)));
  expect(ids).not.toContain(derivedRegistry.idOf("fact-changed"));
});
