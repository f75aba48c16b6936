import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AlertRecord, alertCodec, alertsTopic, derivedRegistry } from "@leadwire/events";
import { alertsStartMs, sampleClaim, sampleTransition } from "@leadwire/events/testing";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BoardAlerts } from "./board-alerts.ts";

const partitions = 2;
const { encodeAlert } = alertCodec(derivedRegistry);

let folder: string;
let nowMs: number;
let log: EmbeddedLog;
let opened: Array<BoardAlerts>;
let failures: Array<unknown>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-board-alerts-"));
  nowMs = alertsStartMs + 60_000;
  [opened, failures] = [[], []];
  log = await openEmbeddedLog({ folder, nowMs: () => nowMs });
  await log.ensureTopics([{ name: alertsTopic, partitions }]);
});
afterEach(async () => {
  for (const alerts of opened) await alerts.stop();
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const open = async (): Promise<BoardAlerts> => {
  const onFailure = (cause: unknown): void => void failures.push(cause);
  const alerts = new BoardAlerts({ log, partitions, registry: derivedRegistry, nowMs: () => nowMs, onFailure });
  opened.push(alerts);
  await alerts.start();
  return alerts;
};
const append = (partition: number, ...records: ReadonlyArray<AlertRecord>) =>
  log.append(
    records.map((record) => ({ topic: alertsTopic, key: Buffer.from("k"), value: encodeAlert(record), partition })),
  );
const told = (alerts: BoardAlerts): ReadonlyArray<string> =>
  alerts.alerts().map(({ rule, fingerprint, status }) => `${rule} ${fingerprint} ${status}`);

/** Another alert than f1. */
const other = (fingerprint: string, epoch: number, stated: Parameters<typeof sampleTransition>[2] = {}): AlertRecord =>
  sampleTransition(0, epoch, {
    fingerprint,
    rule: "leads-wait",
    transition_id: `leads-wait/${fingerprint}/${alertsStartMs}/0`,
    ...stated,
  });

test("shows what stands in every partition, also to whoever comes later", async () => {
  const early = await open();
  expect(early.alerts()).toEqual([]);
  const changed = vi.fn();
  early.onChange(changed);
  await append(0, sampleClaim(1), sampleTransition(0, 1));
  await append(1, sampleClaim(1), other("f2", 1, { status: "pending", severity: "critical" }));
  const both = ["win-rate-low f1 firing", "leads-wait f2 pending"];
  await vi.waitFor(() => expect(told(early)).toEqual(both));
  expect(changed).toHaveBeenCalled();
  const [shown] = (await open()).alerts();
  expect(shown).toEqual({
    fingerprint: "f1",
    rule: "win-rate-low",
    severity: "warning",
    status: "firing",
    summary: "north wins 20 % of its deals",
    startedAtMs: alertsStartMs,
    labels: { team: "north", area: "sales" },
  });
  expect(early.alerts()).toBe(early.alerts());
});

test("what is resolved stays for a quarter of an hour; what was never more than pending goes at once", async () => {
  await append(0, sampleClaim(1), sampleTransition(0, 1), other("f2", 1, { status: "pending" }));
  const resolved = { former: "firing", status: "resolved", evaluated_at: nowMs } as const;
  await append(
    0,
    sampleTransition(1, 1, resolved),
    other("f2", 1, { former: "pending", status: "inactive", transition_id: `leads-wait/f2/${alertsStartMs}/1` }),
  );
  const alerts = await open();
  expect(told(alerts)).toEqual(["win-rate-low f1 resolved"]);
  nowMs += 15 * 60_000 - 1;
  expect(told(alerts)).toEqual(["win-rate-low f1 resolved"]);
  nowMs += 1;
  expect(told(alerts)).toEqual([]);
});

test("what an owner writes that was replaced is shown to nobody", async () => {
  const late = { former: "firing", status: "resolved", transition_id: `leads-wait/f2/${alertsStartMs}/1` } as const;
  await append(0, sampleClaim(1), sampleClaim(2), sampleTransition(0, 1), other("f2", 2), other("f2", 1, late));
  expect(told(await open())).toEqual(["leads-wait f2 firing"]);
});
