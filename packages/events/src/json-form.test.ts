import { describe, expect, test } from "vitest";
import { doorMessage } from "./door-fault.ts";
import { eventFromJson, eventToJson } from "./json-form.ts";

const parsed = (text: string) => eventFromJson(JSON.parse(text));
const fault = (value: unknown) => {
  const read = eventFromJson(value);
  if (read._tag === "Right") throw new Error(`accepted ${JSON.stringify(read.right)}`);
  return read.left;
};

const lead = {
  type: "lead-created",
  event_id: "e1",
  occurred_at: "2026-03-02T08:00:00Z",
  source_system: "web",
  lead_id: "L1",
};
const deal = {
  type: "deal-closed",
  event_id: "e4",
  occurred_at: "2026-03-20T15:30:00Z",
  source_system: "crm",
  lead_id: "L1",
  outcome: "won",
  amount_minor: 1_200_000,
  currency: "EUR",
};
const spend = {
  type: "spend",
  event_id: "e5",
  occurred_at: "2026-03-31T23:59:59Z",
  source_system: "ads",
  channel: "google-ads",
  category: "advertising",
  amount_minor: 310_000,
  currency: "EUR",
  period_start: "2026-03-01",
  period_end: "2026-03-31",
};

describe("the JSON form", () => {
  test.each([
    `{"type":"lead-created","event_id":"e1","occurred_at":"2026-03-02T08:00:00Z","source_system":"web","lead_id":"L1","channel":"google-ads","owner":"ana","team":"north"}`,
    `{"type":"activity-logged","event_id":"e2","occurred_at":"2026-03-02T08:04:10Z","source_system":"phone","lead_id":"L1","kind":"call","rep":"ana","direction":"outbound","automated":false}`,
    `{"type":"stage-changed","event_id":"e3","occurred_at":"2026-03-04T09:00:00Z","source_system":"crm","lead_id":"L1","to_stage":"qualified","amount_minor":1250000,"currency":"EUR"}`,
    `{"type":"deal-closed","event_id":"e4","occurred_at":"2026-03-20T15:30:00Z","source_system":"crm","lead_id":"L1","outcome":"won","amount_minor":1200000,"currency":"EUR","owner":"ana","lines":[{"product":"GTX Pro","quantity":2,"amount_minor":1200000,"cost_minor":700000}]}`,
    `{"type":"spend","event_id":"e5","occurred_at":"2026-03-31T23:59:59Z","source_system":"ads","channel":"google-ads","category":"advertising","amount_minor":310000,"currency":"EUR","period_start":"2026-03-01","period_end":"2026-03-31"}`,
  ])("the guide's example is accepted: %s", (text) => {
    expect(parsed(text)._tag).toBe("Right");
  });

  test("an event comes out with its defaults, its instant and its days as numbers", () => {
    expect(eventFromJson(spend)).toEqual({
      _tag: "Right",
      right: {
        event: {
          ...spend,
          occurred_at: Date.UTC(2026, 2, 31, 23, 59, 59),
          revision: 0,
          voided: false,
          period_start: Date.UTC(2026, 2, 1) / 86_400_000,
          period_end: Date.UTC(2026, 2, 31) / 86_400_000,
        },
      },
    });
  });

  test("null is the same as leaving an optional field out", () => {
    expect(eventFromJson({ ...lead, owner: null, revision: null })).toEqual(eventFromJson(lead));
  });

  test("a contact comes apart from the event, for sealing", () => {
    const read = eventFromJson({ ...lead, contact: { name: "Ana", phone: null } });
    expect(read).toMatchObject({ _tag: "Right", right: { contact: { name: "Ana" } } });
    expect(JSON.stringify(read)).toContain('"contact":{"name":"Ana"}');
    if (read._tag === "Right") expect(read.right.event).not.toHaveProperty("contact");
  });

  test("an instant with any offset is the same instant", () => {
    const at = (occurred_at: unknown) => eventFromJson({ ...lead, occurred_at });
    expect(at("2026-03-02T10:00:00+02:00")).toEqual(at("2026-03-02T08:00:00Z"));
    expect(at(Date.UTC(2026, 2, 2, 8))).toEqual(at("2026-03-02T08:00:00Z"));
  });

  test.each([
    ["malformed_json", "", [lead]],
    ["missing_field", "type", { ...lead, type: undefined }],
    ["unknown_type", "type", { ...lead, type: "lead-updated" }],
    ["unknown_type", "type", { ...lead, type: "constructor" }],
    ["unknown_field", "colour", { ...lead, colour: "red" }],
    ["unknown_field", "__proto__", JSON.parse(`{"__proto__":{"x":1},"type":"lead-created"}`)],
    ["unknown_field", "contact", { ...deal, contact: { name: "x" } }],
    ["unknown_field", "contact.nick", { ...lead, contact: { nick: "x" } }],
    ["wrong_type", "contact.name", { ...lead, contact: { name: 5 } }],
    ["wrong_type", "contact", { ...lead, contact: "Ana" }],
    ["bad_value", "contact", { ...lead, contact: { name: "x" }, contact_sealed: "AAEC" }],
    ["bad_value", "contact_sealed", { ...lead, contact_sealed: "not base64!" }],
    ["missing_field", "lead_id", { ...lead, lead_id: undefined }],
    ["bad_value", "lead_id", { ...lead, lead_id: "" }],
    ["wrong_type", "lead_id", { ...lead, lead_id: 7 }],
    ["nul_byte", "lead_id", { ...lead, lead_id: "a\0b" }],
    ["wrong_encoding", "lead_id", { ...lead, lead_id: "a\ud800" }],
    ["field_too_large", "lead_id", { ...lead, lead_id: "x".repeat(1025) }],
    ["field_too_large", "owner", { ...lead, owner: "ș".repeat(513) }],
    ["field_too_large", "reason", { ...deal, reason: "x".repeat(10_000_000) }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: "2026-03-02T08:00:00" }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: "2026-02-29T08:00:00Z" }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: "2026-03-02" }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: "yesterday" }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: 1.5 }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: 8.64e15 }],
    ["bad_time", "occurred_at", { ...lead, occurred_at: true }],
    ["bad_value", "revision", { ...lead, revision: -1 }],
    ["wrong_type", "revision", { ...lead, revision: "1" }],
    ["wrong_type", "voided", { ...lead, voided: "true" }],
    ["bad_date", "expected_close_on", { ...lead, expected_close_on: "2026-02-30" }],
    ["bad_date", "expected_close_on", { ...lead, expected_close_on: 20_000 }],
    ["bad_date", "expected_close_on", { ...lead, expected_close_on: "1899-12-31" }],
    ["negative_amount", "expected_value_minor", { ...lead, expected_value_minor: -5, currency: "EUR" }],
    ["wrong_type", "amount_minor", { ...deal, amount_minor: 12.5 }],
    ["wrong_type", "amount_minor", { ...deal, amount_minor: "12" }],
    ["negative_amount", "amount_minor", { ...deal, amount_minor: -1 }],
    ["amount_too_large", "amount_minor", { ...deal, amount_minor: 10 ** 13 + 1 }],
    ["amount_too_large", "amount_minor", { ...deal, amount_minor: 1e300 }],
    ["unknown_currency", "currency", { ...deal, currency: "eur" }],
    ["missing_field", "currency", { ...deal, currency: undefined }],
    ["bad_value", "outcome", { ...deal, outcome: "maybe" }],
    ["bad_value", "term_months", { ...deal, term_months: 0 }],
    ["wrong_type", "lines", { ...deal, lines: {} }],
    ["wrong_type", "lines[0]", { ...deal, lines: [5] }],
    ["missing_field", "lines[0].amount_minor", { ...deal, lines: [{ product: "A", quantity: 1 }] }],
    ["unknown_field", "lines[0].sku", { ...deal, lines: [{ product: "A", quantity: 1, amount_minor: 1, sku: 2 }] }],
    ["bad_value", "lines[0].quantity", { ...deal, lines: [{ product: "A", quantity: 0.0001, amount_minor: 1 }] }],
    ["field_too_large", "lines", { ...deal, lines: Array(1001).fill({ product: "A", quantity: 1, amount_minor: 1 }) }],
    ["bad_date", "period_end", { ...spend, period_end: "2026-02-28" }],
    ["bad_date", "period_end", { ...spend, period_end: "2036-03-31" }],
    ["bad_date", "period_end", { ...spend, period_end: "2026-13-05" }],
  ])("case %#: %s of the field %j is refused", (tag, field, value) => {
    expect(fault(value)).toMatchObject({ _tag: tag, field });
  });

  test("a discount line may be negative", () => {
    const lines = [{ product: "Discount", quantity: 1, amount_minor: -500 }];
    expect(eventFromJson({ ...deal, lines })._tag).toBe("Right");
  });

  test("eventToJson writes what eventFromJson reads", () => {
    const read = eventFromJson({ ...spend, revision: 3 });
    if (read._tag === "Left") throw new Error(doorMessage(read.left));
    expect(eventToJson(read.right.event)).toEqual({
      ...spend,
      occurred_at: "2026-03-31T23:59:59.000Z",
      revision: 3,
      voided: false,
    });
  });

  test("a message names the field, what was found and what was expected", () => {
    expect(doorMessage(fault({ ...spend, period_end: "2026-13-05" }))).toBe(
      'period_end is "2026-13-05": expected a real day as YYYY-MM-DD.',
    );
    expect(doorMessage(fault({ ...lead, lead_id: undefined }))).toBe(
      "lead_id is missing: expected a value: every event of this type has one.",
    );
    expect(doorMessage(fault({ ...deal, lines: [{ product: "A", quantity: 1, amount_minor: 1, sku: 2 }] }))).toBe(
      "lines[0].sku is not a field of this event: expected one of product, quantity, amount_minor, cost_minor.",
    );
    expect(doorMessage(fault("x"))).toBe('The event is "x": expected one JSON object per event.');
  });

  test("a message stays short however long the value is", () => {
    const message = doorMessage(fault({ ...deal, reason: "\u{1f600}".repeat(1_000_000) }));
    expect(message.length).toBeLessThan(300);
    expect(message.isWellFormed()).toBe(true);
  });
});
