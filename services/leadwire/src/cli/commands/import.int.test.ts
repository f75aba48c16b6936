import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeEvent, decodeQuarantined } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeEngine } from "../../testing/fake-engine.ts";
import { type ImportCounts, runImport } from "../import/run-import.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lead = (id: string, more: object = {}): string =>
  JSON.stringify({
    type: "lead-created",
    event_id: id,
    occurred_at: "2026-03-02T08:00:00Z",
    source_system: "web",
    lead_id: `L-${id}`,
    ...more,
  });

const importLines = (engine: ReturnType<typeof fakeEngine>, lines: string): Promise<ImportCounts> => {
  const path = join(folder, "events.jsonl");
  writeFileSync(path, lines);
  const job = {
    files: [path],
    mapping: null,
    workspace: defaultWorkspace,
    revision: 0,
    backfill: "b1",
    startedMs: Date.UTC(2026, 5, 1),
  };
  return runImport(engine, job, () => undefined);
};

const sealedOf = (value: Uint8Array | undefined): Uint8Array | undefined => {
  const event = decodeEvent(Buffer.from(value ?? []));
  return event._tag === "Right" && event.right.type === "lead-created" ? event.right.contact_sealed : undefined;
};

test("appends every event once and in order, however many batches there are, and counts rows apart", async () => {
  const engine = fakeEngine();
  const ids = Array.from({ length: 9_000 }, (_, index) => `e${index}`);
  const counts = await importLines(engine, ids.map((id) => lead(id)).join("\n"));
  expect(counts).toEqual({ rows: 9_000, skipped: 0, events: 9_000, quarantined: {} });
  expect(engine.appended.map(({ key }) => Buffer.from(key ?? []).toString())).toEqual(ids.map((id) => `L-${id}`));
  expect(engine.appended.at(-1)?.headers).toEqual({ backfill: "b1" });
});

test("puts rows aside with their reason and bytes, as the workspace judges too", async () => {
  const engine = fakeEngine();
  const stage = lead("e2", { type: "stage-changed", to_stage: "nowhere" });
  const future = lead("e3", { occurred_at: "2027-01-01T00:00:00Z" });
  const counts = await importLines(engine, [lead("e1"), stage, future, "{nonsense"].join("\n"));
  expect(counts).toMatchObject({
    rows: 4,
    events: 1,
    quarantined: { unknown_stage: 1, in_future: 1, malformed_json: 1 },
  });
  const aside = engine.appended.filter(({ topic }) => topic === "leadwire.quarantine");
  expect(aside.map(({ headers }) => headers?.origin)).toEqual(["door", "door", "door"]);
  expect(aside[0]?.headers).toEqual({ backfill: "b1", source: "web", origin: "door" });
  const first = decodeQuarantined(aside[0]?.value ?? Buffer.alloc(0));
  expect(first._tag === "Right" && Buffer.from(first.right.bytes).toString()).toBe(stage);
});

test("has contacts sealed by the engine, and marks those of erased leads unreadable", async () => {
  const engine = fakeEngine();
  const contact = { name: "Ana Pop" };
  await importLines(engine, [lead("e1", { contact }), lead("e2", { contact, lead_id: "erased" })].join("\n"));
  expect(engine.calls).toContain('seal ["L-e1",{"name":"Ana Pop"}]');
  expect(sealedOf(engine.appended[0]?.value)).toEqual(Buffer.from("sealed L-e1"));
  expect(sealedOf(engine.appended[1]?.value)).toEqual(Buffer.from([0]));
  expect(engine.appended.some(({ value }) => Buffer.from(value).includes("Ana Pop"))).toBe(false);
});

test("fails when an append fails, and leaves no thread behind", async () => {
  const engine = fakeEngine({ append: () => Promise.reject(new Error("No room left to append.")) });
  await expect(importLines(engine, lead("e1"))).rejects.toThrow("No room left");
  const sealing = fakeEngine({ seal: () => Promise.reject(new Error("keys are gone")) });
  await expect(importLines(sealing, lead("e1", { contact: { name: "Ana" } }))).rejects.toThrow(/keys are gone|sealed/);
});
