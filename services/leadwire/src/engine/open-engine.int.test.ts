import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GenerationFile, readGenerations } from "./generation-file.ts";
import type { LocalEngine } from "./local-engine.ts";
import { openEngine, partitions } from "./open-engine.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it.
const nowMs = Date.UTC(2060, 5, 1);
let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "leadwire-engine-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const open = async (notices: string[], replacesOtherVersion = false): Promise<LocalEngine> => {
  const opened = await openEngine({
    dataDir,
    workspace: defaultWorkspace,
    // Batches are stored by their age: the clock has to go on.
    nowMs: () => Math.floor(nowMs + performance.now()),
    storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
    onNotice: (text) => notices.push(text),
    ...(replacesOtherVersion ? { replacesOtherVersion: true as const } : {}),
    onFailure: (cause) => {
      throw cause;
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  return opened.right;
};

const lead = (id: string): SalesEvent => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: nowMs - 3_600_000,
  revision: 0,
  voided: false,
  lead_id: id,
});

const recordOf = (event: SalesEvent) => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
});

const newLeads = async (engine: LocalEngine): Promise<number | null | undefined> => {
  const answers = await engine.kpi({ metric: "new_leads", window: "all", by: [], where: [], at: "now" });
  return isLeft(answers) ? undefined : answers.right[0]?.value;
};

test("folds the log anew when ClickHouse lost facts that the topics no longer hold", { timeout: 60_000 }, async () => {
  const notices: string[] = [];
  const first = await open(notices);
  await first.append(["a", "b", "c"].map((id) => recordOf(lead(id))));
  expect(await newLeads(first)).toBe(3);
  await first.close();

  rmSync(join(dataDir, "clickhouse"), { recursive: true });
  const later = nowMs + 72 * 3_600_000;
  const log = await openEmbeddedLog({ folder: join(dataDir, "log"), nowMs: () => later });
  // The newest batch of a partition never expires: a repeat of the first record lets the others go.
  const derived = (await log.topics()).filter(({ retentionMs }) => retentionMs !== undefined);
  const cursor = new RecordCursor();
  for (const { name } of derived) {
    for (let partition = 0; partition < partitions; partition += 1) {
      cursor.reset((await log.read({ topic: name, partition }, 0, 1 << 20)).bytes, 0);
      if (!cursor.next()) continue;
      const value = Buffer.from(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      await log.append([{ topic: name, partition, key: null, value }]);
    }
  }
  await log.expire(later);
  await log.close();

  const again = await open(notices);
  expect(notices).toEqual([expect.stringContaining("folded anew")]);
  expect(await newLeads(again)).toBe(3);
  expect(await again.verify()).toMatchObject({ ok: true, examples: [] });
  await again.close();
});

test("leaves no ClickHouse behind where the log cannot be opened", { timeout: 60_000 }, async () => {
  const file = join(dataDir, "log");
  writeFileSync(file, "no folder");
  await expect(open([])).rejects.toThrow();
  rmSync(file);
  // A server that was left would hold the folder.
  const engine = await open([]);
  await engine.close();
});

test("what another version folded is refused, until a rebuild has folded it anew beside", {
  timeout: 60_000,
}, async () => {
  const notices: string[] = [];
  const first = await open(notices);
  await first.append([recordOf(lead("a"))]);
  expect(await newLeads(first)).toBe(1);
  await first.close();
  const path = join(dataDir, "generation.json");
  const file = JSON.parse(readFileSync(path, "utf8")) as GenerationFile;
  const former = "0123456789ab";
  // As that version would have left it: its state and tables bear its name, and its measures are others.
  writeFileSync(path, JSON.stringify({ ...file.serving, generation: former, measures: "[]" }));
  await expect(open(notices)).rejects.toThrow("another version of Leadwire. Run: npx leadwire rebuild");

  const engine = await open(notices, true);
  expect(notices.at(-1)).toContain("its tables answer as they stood then");
  expect(readGenerations(dataDir)?.serving.generation).toBe(former);
  await engine.rebuilds?.start({ purpose: "swap", workspace: defaultWorkspace });
  for (let phase = "building"; phase !== "done"; ) {
    const status = await engine.rebuilds?.status();
    expect(status?.detail).toBeUndefined();
    phase = status?.phase ?? "";
    await sleep(10);
  }
  expect(readGenerations(dataDir)).toMatchObject({
    serving: file.serving,
    former: { generation: former },
    dropping: [],
  });
  await engine.close();
  const again = await open(notices);
  expect(await newLeads(again)).toBe(1);
  expect(await again.verify()).toMatchObject({ ok: true });
  await again.close();
});
