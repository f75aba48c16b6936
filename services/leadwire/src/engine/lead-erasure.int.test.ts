import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, keyOf, type LeadErased, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { type EmbeddedLog, type LogRecord, openEmbeddedLog } from "@leadwire/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LeadKeyFile, openLeadKeys } from "../cli/lead-key-file.ts";
import { eventJudge } from "./event-judge.ts";
import { LeadErasure } from "./lead-erasure.ts";

const nowMs = Date.UTC(2026, 5, 1);
const partitions = 2;
let folder = "";
let keys: LeadKeyFile;
let log: EmbeddedLog;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-erasure-"));
  keys = openLeadKeys(join(folder, "lead-keys.jsonl"));
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs: () => nowMs });
  await log.ensureTopics([{ name: topicOf("lead-erased"), partitions }]);
});
afterEach(async () => {
  keys.close();
  await log.close();
  rmSync(folder, { recursive: true });
});

const erasureOf = (): LeadErasure => new LeadErasure({ folder, keys, judge: eventJudge(defaultWorkspace), partitions });

const erased = (leadId: string, change: Partial<LeadErased> = {}): LogRecord => {
  const event: LeadErased = {
    type: "lead-erased",
    event_id: `erase-${leadId}`,
    source_system: "crm",
    occurred_at: nowMs,
    revision: 0,
    voided: false,
    lead_id: leadId,
    request_id: "r1",
    ...change,
  };
  return { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) };
};

test("a lead-erased that was appended takes the lead's key, and no other", () => {
  keys.keyFor("L1");
  keys.keyFor("L2");
  erasureOf().appended([erased("L1")], nowMs);
  expect(keys.keyFor("L1")).toBeUndefined();
  expect(keys.keyFor("L2")).toHaveLength(32);
});

test("a kill between the append and the erasure is made good at the next start, whoever appended", async () => {
  for (const lead of ["L1", "L2", "L3"]) keys.keyFor(lead);
  await log.append([erased("L1"), erased("L2"), { ...erased("L3"), value: Buffer.from("no event at all") }]);
  expect(await erasureOf().catchUp(log)).toBe(2);
  expect(keys.keyFor("L1")).toBeUndefined();
  expect(keys.keyFor("L2")).toBeUndefined();
  expect(keys.keyFor("L3")).toHaveLength(32);
});

test("what was searched once is not searched again", async () => {
  await log.append([erased("L1")]);
  expect(await erasureOf().catchUp(log)).toBe(1);
  expect(await erasureOf().catchUp(log)).toBe(0);
  await log.append([erased("L2")]);
  expect(await erasureOf().catchUp(log)).toBe(1);
});

test("an event that takes itself back, or that goes to quarantine, erases nobody", async () => {
  const unsound = [erased("L1", { voided: true }), erased("L2", { occurred_at: nowMs + 2 * 3_600_000 })];
  erasureOf().appended(unsound, nowMs);
  await log.append(unsound);
  expect(await erasureOf().catchUp(log)).toBe(0);
  expect(keys.keyFor("L1")).toHaveLength(32);
  expect(keys.keyFor("L2")).toHaveLength(32);
});
