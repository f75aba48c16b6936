import { encodeEvent, eventCodec, type QuarantinedRecord, type SalesEvent } from "@leadwire/events";
import { numberedRegistry } from "@leadwire/events/testing";
import { defaultWorkspace } from "@leadwire/funnel";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { eventJudge } from "../engine/event-judge.ts";
import { identityOf, lostContact, type ReadRecord, readBack } from "./read-back.ts";
import { type RepairRequest, repairedEvent } from "./repair.ts";
import { replayedRecord } from "./replay.ts";

const event: SalesEvent = {
  type: "stage-changed",
  event_id: "e1",
  source_system: "crm",
  occurred_at: Date.UTC(2026, 2, 2, 8),
  revision: 3,
  voided: false,
  lead_id: "L1",
  to_stage: "propsal",
  amount_minor: 1_200,
  currency: "EUR",
};

const withEvent = (record: QuarantinedRecord): ReadRecord => {
  const read = readBack(record);
  return read === undefined ? record : { ...record, event: read };
};
const put = (bytes: Uint8Array): ReadRecord => withEvent(plain(bytes));
const plain = (bytes: Uint8Array, more: Partial<QuarantinedRecord> = {}): QuarantinedRecord => ({
  id: "q-1",
  source_system: "crm",
  origin: "leadwire.funnel",
  partition: 4,
  position: 7,
  reason: "unknown_stage",
  detail: "to_stage is propsal",
  bytes,
  ...more,
});
const row = (text: string): ReadRecord => {
  const { partition: _, ...rest } = plain(Buffer.from(text), { origin: "deals.csv" });
  return withEvent(rest);
};
const set = (...fields: ReadonlyArray<string>): RepairRequest => ({ _tag: "Set", fields });
const repaired = (record: ReadRecord, request: RepairRequest) => {
  const found = repairedEvent(record, request);
  return isLeft(found) ? found.left : found.right.event;
};

describe("a repair", () => {
  test("keeps what it does not set, and is the next revision of the same event", () => {
    expect(repaired(put(encodeEvent(event)), set("to_stage=proposal"))).toEqual({
      ...event,
      to_stage: "proposal",
      revision: 4,
    });
  });

  test("reads a value as its field is written, and takes a field out where the value is empty", () => {
    const found = repaired(
      put(encodeEvent(event)),
      set("to_stage=42", "amount_minor=900", "expected_close_on=2026-05-01", "owner=ana=b", "voided=true"),
    );
    expect(found).toMatchObject({ to_stage: "42", amount_minor: 900, owner: "ana=b", voided: true });
    const without = repaired(put(encodeEvent(event)), set("amount_minor=", "currency=", "to_stage=proposal"));
    expect(without).not.toHaveProperty("amount_minor");
  });

  test("reads Avro whose values are refused", () => {
    const negative = put(encodeEvent({ ...event, amount_minor: -1_200 }));
    expect(repaired(negative, set("amount_minor=1200"))).toMatchObject({ amount_minor: 1_200, revision: 4 });
    expect(repaired(negative, set("owner=ana"))).toContain("amount_minor is -1200");
  });

  test("of a line of JSON keeps its identity, too, and a whole event may take its place", () => {
    const line = row(JSON.stringify({ type: "stage-changed", event_id: "e1", source_system: "crm", lead_id: "L1" }));
    const fields = ["to_stage=proposal", "occurred_at=2026-03-02T08:00:00Z"];
    expect(repaired(line, set(...fields))).toMatchObject({ event_id: "e1", revision: 1 });
    const whole = { type: "stage-changed", event_id: "e1", source_system: "crm", lead_id: "L2", to_stage: "new" };
    const json = { ...whole, occurred_at: "2026-03-02T08:00:00Z", revision: 9 };
    expect(repaired(line, { _tag: "Whole", json })).toMatchObject({ lead_id: "L2", revision: 9 });
    expect(repaired(line, { _tag: "Whole", json: { ...json, event_id: "e2" } })).toContain(
      'expected source_system "crm"',
    );
  });

  test("of what is no event needs the whole event, and says so", () => {
    expect(repaired(row("L1;propsal;12"), set("to_stage=proposal"))).toContain("import the file again");
    expect(repaired(put(Buffer.from("nonsense")), set("to_stage=proposal"))).toContain("--file");
    expect(repaired(put(encodeEvent(event)), set("to_stage"))).toContain("write FIELD=VALUE");
  });
});

describe("a replay", () => {
  test("appends the original bytes under the event's key, marked with what brought them back", () => {
    const bytes = encodeEvent(event);
    const found = replayedRecord(put(bytes), () => null, "replay-1");
    if (isLeft(found)) throw new Error(found.left);
    const { topic, key, value, headers } = found.right;
    expect([topic, String(key), headers]).toEqual(["leadwire.funnel", "L1", { source: "crm", backfill: "replay-1" }]);
    expect(Buffer.from(value)).toEqual(bytes);
  });

  test("appends nothing that would only come back", () => {
    const judged = replayedRecord(put(encodeEvent(event)), () => ({ reason: "unknown_stage", detail: "propsal" }), "r");
    expect(judged).toMatchObject({ left: "still unknown_stage: propsal" });
    const judge = eventJudge(defaultWorkspace);
    const good = { ...event, to_stage: "proposal" };
    const replay = (one: SalesEvent) =>
      replayedRecord(put(encodeEvent(one)), (read) => judge(read, good.occurred_at), "r");
    expect(isRight(replay({ ...good, currency: "USD" }))).toBe(true);
    expect(replay(good)).toMatchObject({ left: expect.stringContaining("still missing_rate") });
    expect(replay({ ...good, currency: "USD", amount_minor: -1 })).toMatchObject({
      left: expect.stringContaining("still negative_amount"),
    });
    expect(replayedRecord(row('{"type":"stage-changed"}'), () => null, "r")).toMatchObject({
      left: expect.stringContaining("still missing_field"),
    });
  });

  test("a contact that quarantine did not keep is neither sent nor hidden", () => {
    const text = `{"type":"lead-created","event_id":"e","source_system":"w","occurred_at":0,"lead_id":"L","contact":"(removed)"}`;
    expect(lostContact(row(text))).toBe(true);
    const found = replayedRecord(row(text), () => null, "r");
    expect(isRight(found)).toBe(true);
  });
});

test("a record under a registry's own schema ids is read by that registry", () => {
  const registry = numberedRegistry(1_000);
  const record = plain(eventCodec(registry).encodeEvent(event));
  expect(readBack(record)).toBeUndefined();
  expect(readBack(record, registry)).toMatchObject({ event_id: "e1", revision: 3 });
});

test("an event's identity is known from any bytes that say it", () => {
  const found = readBack(put(encodeEvent({ ...event, amount_minor: -1 })));
  expect(identityOf(found ?? {})).toEqual({ source: "crm", eventId: "e1", revision: 3 });
  expect(identityOf({ event_id: "e1" })).toBeUndefined();
});
