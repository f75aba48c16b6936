import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeEvent,
  encodeQuarantined,
  keyOf,
  type LeadCreated,
  quarantineId,
  quarantineTopic,
  topicOf,
} from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { type LogRecord, partitionOf } from "@leadwire/log";
import { openEmbeddedStore, type Store } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEngine, partitions } from "../engine/open-engine.ts";
import type { CliContext } from "./context.ts";
import { runCli } from "./program.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-tampered-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nowMs = (): number => Math.floor(performance.timeOrigin + performance.now());
const passwords = { admin: "a".repeat(24), analyst: "b".repeat(24) };

const run = async (command: "verify" | "ledger"): Promise<{ readonly code: number; readonly out: string }> => {
  let out = "";
  const context: CliContext = {
    terminal: {
      out: async (text) => {
        out += String(text);
      },
      note: () => undefined,
      redraw: () => undefined,
      live: false,
    },
    cwd: folder,
    pid: process.pid,
    nowMs,
    randomHex: (bytes) => "0a".repeat(bytes),
    stopping: () => new AbortController().signal,
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  return { code: await runCli(context, [command, "--data-dir", "data"]), out };
};

const lead = (id: string): LeadCreated => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: nowMs() - 60_000,
  revision: 0,
  voided: false,
  lead_id: id,
});

const recordOf = (event: LeadCreated): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
});

/** A record as a door puts a row aside. */
const asideRecord = (): LogRecord => {
  const place = { origin: "leads.csv", position: 7, bytes: Buffer.from("a,b") };
  const id = quarantineId(place);
  const value = encodeQuarantined({ ...place, id, source_system: "sheet", reason: "bad_time", detail: "no time" });
  return { topic: quarantineTopic, key: Buffer.from(id), value, headers: { origin: "door", source: "sheet" } };
};

const fill = async (records: ReadonlyArray<LogRecord>): Promise<void> => {
  const opened = await openEngine({
    dataDir: join(folder, "data"),
    workspace: defaultWorkspace,
    nowMs,
    storePasswords: passwords,
    onNotice: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  await opened.right.append(records);
  await opened.right.settle();
  await opened.right.close();
};

const inStore = async (change: (store: Store) => Promise<void>): Promise<void> => {
  const opened = await openEmbeddedStore({
    directory: join(folder, "data", "clickhouse"),
    passwords,
    onChange: () => undefined,
  });
  if (isLeft(opened)) throw new Error(opened.left.detail);
  await change(opened.right.store);
  await opened.right.stop();
};

const command = async (store: Store, sql: string): Promise<void> => {
  const done = await store.command(`${sql} SETTINGS mutations_sync = 2`)();
  if (isLeft(done)) throw new Error(JSON.stringify(done.left));
};

const rowsOf = async (store: Store, sql: string): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
  const rows = await store.rows(sql)();
  if (isLeft(rows)) throw new Error(JSON.stringify(rows.left));
  return rows.right;
};

test("verify and ledger find and name what was changed behind their back", { timeout: 90_000 }, async () => {
  const broken: LogRecord = {
    ...recordOf(lead("x")),
    value: Buffer.from("no event at all"),
    headers: { source: "crm" },
  };
  const strayLead = lead("stray");
  const home = partitionOf(Buffer.from("stray"), partitions);
  const stray = { ...recordOf(strayLead), partition: (home + 1) % partitions };
  await fill([...["a", "b", "c"].map((id) => recordOf(lead(id))), stray, broken, asideRecord()]);

  const sound = await run("verify");
  expect(sound).toMatchObject({ code: 0, out: expect.stringContaining("Everything is the same, bit by bit.") });
  const balanced = await run("ledger");
  expect(balanced.code).toBe(0);
  expect(balanced.out).toMatch(/source +accepted +applied +duplicate +quarantined +pending +missing +forwarded/);
  expect(balanced.out).toMatch(/^web +4 +4 +0 +0 +0 +0 +1 /m);

  let ids: ReadonlyArray<string> = [];
  await inStore(async (store) => {
    const [[database] = []] = await rowsOf(
      store,
      "SELECT database FROM system.tables WHERE name = 'slices' AND engine != 'View'",
    );
    const where = "measure = 'leads_created' AND dimension = 'company' AND granularity = 'day'";
    await command(store, `ALTER TABLE ${String(database)}.slices UPDATE count = count + 1 WHERE ${where}`);
    const rows = await rowsOf(store, "SELECT DISTINCT id FROM leadwire_log.quarantine ORDER BY id");
    ids = rows.map(([id]) => String(id));
    await command(store, "ALTER TABLE leadwire_log.quarantine DELETE WHERE 1");
  });
  expect(ids.length).toBe(2);

  const found = await run("verify");
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/leads_created \| company \| .* \| day \| .*: the log gives count \d+, .* has count \d+/);
  for (const id of ids) expect(found.out).toContain(`${id}: the log gives source`);
  const unbalanced = await run("ledger");
  expect(unbalanced.code).toBe(1);
  expect(unbalanced.out).toMatch(/^sheet +1 +0 +0 +0 +0 +1 /m);
});
