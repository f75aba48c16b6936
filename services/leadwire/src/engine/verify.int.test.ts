import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  accountLogTopic,
  encodeEvent,
  type LeadCreated,
  type SalesEvent,
  type SubscriptionChanged,
  topicOf,
} from "@leadwire/events";
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

const head = { source_system: "web", revision: 0, voided: false };

/** A deal that an account's tasks are told of. */
const wonRecord = (id: string): LogRecord => {
  const event: SalesEvent = {
    ...head,
    type: "deal-closed",
    event_id: `${id} won`,
    occurred_at: nowMs(),
    lead_id: id,
    deal_id: `${id} deal`,
    account_id: `account ${id}`,
    outcome: "won",
    amount_minor: 100,
    currency: defaultWorkspace.currency,
    lines: [],
  };
  return { topic: topicOf(event.type), key: Buffer.from(id), value: encodeEvent(event) };
};

const subscriptionRecord = (account: string): LogRecord => {
  const event: SubscriptionChanged = {
    ...head,
    type: "subscription-changed",
    event_id: `${account} subscribed`,
    occurred_at: nowMs(),
    account_id: account,
    subscription_id: "S",
    mrr_minor: 100,
    currency: defaultWorkspace.currency,
    reason: "started",
  };
  return { topic: topicOf(event.type), key: Buffer.from(account), value: encodeEvent(event) };
};

/** One that its task puts aside. */
const brokenRecord = (id: string): LogRecord => ({ ...leadRecord(id), value: Buffer.from(`broken ${id}`) });

test("finds no difference while events keep coming, and then the one record that no task sent", {
  timeout: 60_000,
}, async () => {
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
      await engine.append([
        ...[leadRecord(`lead ${sent}`), leadRecord(`same ${sent % 3}`), brokenRecord(`b${sent}`)],
        ...[wonRecord(`lead ${sent}`), subscriptionRecord(`account ${sent}`)],
      ]);
      await sleep(5);
    }
  })();
  for (let round = 0; round < 2; round += 1) {
    const before = sent;
    expect(await engine.verify()).toMatchObject({ ok: true, examples: [] });
    expect(sent).toBeGreaterThan(before);
  }
  goesOn = false;
  await feeding;
  expect((await engine.ledger()).balanced).toBe(true);

  // Nobody sent this one: the account it names never subscribed.
  const { generation } = await engine.status();
  await engine.append([{ ...subscriptionRecord("invented"), topic: accountLogTopic(generation) }]);
  const found = await engine.verify();
  expect(found.ok).toBe(false);
  expect(found.examples).toEqual([expect.stringContaining("subscription web/invented subscribed, revision 0")]);
  await engine.close();
  rmSync(folder, { recursive: true });
});
