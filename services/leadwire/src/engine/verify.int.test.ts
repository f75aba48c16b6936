import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, type LeadCreated, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import type { LogRecord } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { openEngine } from "./open-engine.ts";

const nowMs = (): number => Math.floor(performance.timeOrigin + performance.now());

const leadRecord = (id: string): LogRecord => {
  const event: LeadCreated = {
    type: "lead-created",
    event_id: id,
    source_system: "web",
    occurred_at: nowMs(),
    revision: 0,
    voided: false,
    lead_id: id,
  };
  return { topic: topicOf(event.type), key: Buffer.from(id), value: encodeEvent(event) };
};

/** One that its task puts aside. */
const brokenRecord = (id: string): LogRecord => ({ ...leadRecord(id), value: Buffer.from(`broken ${id}`) });

test("finds no difference while events keep coming", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-verify-"));
  const opened = await openEngine({
    dataDir: folder,
    workspace: defaultWorkspace,
    nowMs,
    storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
    onNotice: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  const engine = opened.right;
  let goesOn = true;
  let sent = 0;
  const feeding = (async () => {
    for (; goesOn; sent += 1) {
      await engine.append([leadRecord(`lead ${sent}`), leadRecord(`same ${sent % 3}`), brokenRecord(`b${sent}`)]);
      await sleep(5);
    }
  })();
  for (let round = 0; round < 3; round += 1) {
    const before = sent;
    expect(await engine.verify()).toMatchObject({ ok: true, examples: [] });
    expect(sent).toBeGreaterThan(before);
  }
  goesOn = false;
  await feeding;
  expect((await engine.ledger()).balanced).toBe(true);
  await engine.close();
  rmSync(folder, { recursive: true });
});
