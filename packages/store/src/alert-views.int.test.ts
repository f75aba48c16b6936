import type { AlertRecord } from "@leadwire/events";
import {
  sampleTransition as changed,
  sampleClaim as claim,
  samplePlanned as planned,
  sampleSettled,
  sampleSilence as silence,
  alertsStartMs as startMs,
} from "@leadwire/events/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openTemporaryStore, type TemporaryStore } from "./testing/temporary-store.ts";
import { AlertWriter } from "./writers/alert-writer.ts";

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterEach(() => temporary.truncate());
afterAll(() => temporary.dispose());

/** Records of one partition, at the offsets 0, 1, 2, …; stored twice, as after a crash. */
const store = async (...records: ReadonlyArray<AlertRecord>): Promise<void> => {
  for (let times = 0; times < 2; times += 1) {
    const writer = new AlertWriter();
    records.forEach((record, offset) => {
      writer.add(record, { partition: 3, offset, appendTimeMs: startMs + offset });
    });
    const outcome = await writer.insert(temporary.store)();
    if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  }
};

const rows = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
  const outcome = await temporary.store.rows(sql)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

test("what a fenced owner wrote after another's claim shows nowhere", async () => {
  await store(claim(1), changed(0, 1), claim(2), changed(1, 1, { status: "resolved" }), changed(2, 2));
  expect(await rows("SELECT transition_id, status FROM leadwire.alert_history ORDER BY offset")).toEqual([
    [`win-rate-low/f1/${startMs}/0`, "firing"],
    [`win-rate-low/f1/${startMs}/2`, "firing"],
  ]);
  expect(await rows("SELECT fingerprint, status, offset FROM leadwire.alerts")).toEqual([["f1", "firing", "4"]]);
});

test("a transition is told whole, with its labels and the events behind it", async () => {
  await store(claim(1), changed(0, 1));
  expect(
    await rows(
      "SELECT labels['team'], events, value, threshold, toUnixTimestamp64Milli(at) FROM leadwire.alert_history",
    ),
  ).toEqual([["north", ["crm/e1", "crm/e2"], 0.2, 0.25, String(startMs)]]);
});

test("a notification says what became of it, and one under way says nothing yet", async () => {
  await store(claim(1), planned("k1"), planned("k2"), sampleSettled("k1"));
  expect(
    await rows("SELECT key, outcome, attempts, isNull(settled_at) FROM leadwire.alert_notifications ORDER BY key"),
  ).toEqual([
    ["k1", "dead", 7, 0],
    ["k2", "", 0, 1],
  ]);
});

test("the newest word on a silence counts", async () => {
  await store(silence(startMs + 1_000), silence(startMs + 5));
  expect(await rows("SELECT matchers, toUnixTimestamp64Milli(ends_at) FROM leadwire.alert_silences")).toEqual([
    [["team=~no.*"], String(startMs + 5)],
  ]);
});
