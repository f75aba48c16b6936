import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, eventTopics, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endsOf } from "../engine/log-ends.ts";
import { readEvents } from "../engine/read-events.ts";
import { readPlayedLog } from "./played-log.ts";

const partitions = 3;
const startMs = Date.UTC(2026, 2, 2, 9);

let folder: string;
let log: EmbeddedLog;
let nowMs = startMs;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-played-"));
  log = await openEmbeddedLog({ folder, nowMs: () => nowMs });
  await log.ensureTopics(eventTopics.map((name) => ({ name, partitions })));
});
afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const lead = (id: string, occurredAtMs: number): SalesEvent => ({
  type: "lead-created",
  event_id: `e-${id}`,
  source_system: "crm",
  occurred_at: occurredAtMs,
  revision: 0,
  voided: false,
  lead_id: id,
});

const append = async (atMs: number, event: SalesEvent, headers: Readonly<Record<string, string>> = {}) => {
  nowMs = atMs;
  await log.append([
    { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event), headers },
  ]);
};

const reader = {
  eventEnds: () => endsOf(log, eventTopics, partitions),
  readEvents: (place: Parameters<typeof readEvents>[1], from: number) => readEvents(log, place, from),
};

test("events come in the order of their appends over all partitions, those of an import when they happened", async () => {
  const minuteMs = 60_000;
  for (let n = 0; n < 8; n += 1) await append(startMs + n * minuteMs, lead(`L${n}`, startMs));
  await append(startMs + 20 * minuteMs, lead("imported", startMs + 2.5 * minuteMs), { backfill: "i1", source: "x" });
  await append(startMs + 21 * minuteMs, lead("ahead", startMs + 90 * minuteMs), { backfill: "i1" });
  const shares: number[] = [];
  const signal = new AbortController().signal;
  const { records, backfilled } = await readPlayedLog(reader, (share) => shares.push(share), signal);
  expect(records.map(({ record, atMs }) => [String(record.key), (atMs - startMs) / minuteMs])).toEqual([
    ["L0", 0],
    ["L1", 1],
    ["L2", 2],
    ["imported", 2.5],
    ["L3", 3],
    ["L4", 4],
    ["L5", 5],
    ["L6", 6],
    ["L7", 7],
    ["ahead", 21],
  ]);
  expect(records.filter(({ record }) => "backfill" in (record.headers ?? {}))).toEqual([]);
  expect(records[3]?.record.headers).toEqual({ source: "x" });
  expect(backfilled).toBe(2);
  expect(shares.at(-1)).toBe(1);
  await expect(readPlayedLog(reader, () => undefined, AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
});
