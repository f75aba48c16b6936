import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { encodeEvent } from "./avro-codec.ts";
import { checkEvent } from "./check-event.ts";
import { Fault } from "./decode-fault.ts";
import type { SalesEvent } from "./event.ts";
import { FlatCheck } from "./flat-check.ts";
import { decodeFlat } from "./flat-decoder.ts";
import { FlatEvent } from "./flat-event.ts";
import { dayMax, dayMin, instantMsMax, instantMsMin } from "./iso-time.ts";
import { salesEvents } from "./testing/events.ts";

const numbers = [-1, 0, 1, 1200, 1201, dayMin - 1, dayMin, dayMax, dayMax + 1, 10 ** 13, 10 ** 13 + 1, -(10 ** 13) - 1];
const instants = [instantMsMin - 1, instantMsMin, instantMsMax, instantMsMax + 1];
const texts = [
  "",
  "x".repeat(1024),
  "ș".repeat(513),
  "x".repeat(4096),
  "x".repeat(4097),
  "EURO",
  "eur",
  "HRK",
  "team:",
  "2026-13",
];
const quantities = [-0.001, 0.0005, 1e9, 1e9 + 1, 2.5];
const ints = new Set(["expected_close_on", "period_start", "period_end", "term_months"]);

/** One field of the event, or of its first line, changed to a value at a border of what is allowed. */
const atBorder = (event: SalesEvent, which: number, pick: number): SalesEvent => {
  const fields: Record<string, unknown> = { ...event };
  const names = Object.keys(fields).filter(
    (name) => name !== "type" && !["kind", "outcome", "category", "direction"].includes(name),
  );
  const name = names[which % names.length] ?? "event_id";
  const value = fields[name];
  if (name === "lines" && event.type === "deal-closed" && event.lines.length > 0) {
    const line = { ...event.lines[0], quantity: quantities[pick % quantities.length] };
    fields[name] = [pick % 2 === 0 ? line : { ...line, quantity: 1, cost_minor: numbers[pick % numbers.length] }];
  } else if (name === "occurred_at") fields[name] = instants[pick % instants.length];
  else if (typeof value === "number") fields[name] = numbers[pick % (ints.has(name) ? 9 : numbers.length)];
  else if (typeof value === "string" && !(event.type === "subscription-changed" && name === "reason"))
    fields[name] = texts[pick % texts.length];
  return fields as Record<string, unknown> & SalesEvent;
};

const soundness = (event: SalesEvent): boolean => {
  const record = encodeEvent(event);
  const flat = new FlatEvent();
  expect(decodeFlat(record, 0, record.length, flat)).toBe(Fault.none);
  return new FlatCheck().isSound(flat);
};

test("accepts every event that checkEvent accepts", () => {
  fc.assert(
    fc.property(salesEvents, (event) => {
      expect(checkEvent(event)).toEqual({ _tag: "Right", right: event });
      expect(soundness(event)).toBe(true);
    }),
  );
});

test("says the same as checkEvent at the borders of every field", () => {
  let refused = 0;
  fc.assert(
    fc.property(salesEvents, fc.nat(), fc.nat(), (event, which, pick) => {
      const changed = atBorder(event, which, pick);
      const accepted = isRight(checkEvent(changed));
      if (!accepted) refused++;
      expect(soundness(changed)).toBe(accepted);
    }),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(500);
});

test("a long period, a score off its scale and a bad line are refused", () => {
  const head = { event_id: "e", source_system: "s", occurred_at: 0, revision: 0, voided: false };
  const spend = { ...head, type: "spend", channel: "c", category: "other", amount_minor: 1, currency: "EUR" } as const;
  const survey = { ...head, type: "survey-answered", account_id: "a" } as const;
  const unsound: SalesEvent[] = [
    { ...spend, period_start: 2, period_end: 1 },
    { ...spend, period_start: 0, period_end: 3660 },
    { ...survey, kind: "nps", score: 10.5 },
    { ...survey, kind: "nps", score: 11 },
    { ...survey, kind: "csat", score: 100.5 },
  ];
  const deal = {
    ...head,
    type: "deal-closed",
    lead_id: "L",
    outcome: "won",
    amount_minor: 1,
    currency: "EUR",
  } as const;
  const line = { product: "A", quantity: 1, amount_minor: 1 };
  const lines = [
    { ...line, cost_minor: -1 },
    { ...line, cost_minor: 10 ** 13 + 1 },
    { ...line, amount_minor: 10 ** 13 + 1 },
    { ...line, amount_minor: -(10 ** 13) - 1 },
    { ...line, product: "" },
    { ...line, product: "x".repeat(1025) },
    { ...line, quantity: -1 },
  ];
  for (const unsoundLine of lines) unsound.push({ ...deal, lines: [line, unsoundLine] });
  unsound.push({ ...deal, lines: Array<typeof line>(1001).fill(line) });
  for (const event of unsound) {
    expect(isRight(checkEvent(event))).toBe(false);
    expect(soundness(event)).toBe(false);
  }
  expect(soundness({ ...spend, period_start: 1, period_end: 3660 })).toBe(true);
  expect(soundness({ ...survey, kind: "csat", score: 99.5 })).toBe(true);
});
