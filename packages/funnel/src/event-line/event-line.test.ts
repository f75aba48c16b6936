import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { defaultWorkspace } from "../workspace.ts";
import { parseEventLine } from "./event-line.ts";

const bucharest = { ...defaultWorkspace, timeZone: "Europe/Bucharest" };
const read = (line: string) => {
  const found = parseEventLine(line, { workspace: bucharest, sourceSystem: "golden", number: 7 });
  if (isLeft(found)) throw new Error(found.left);
  return found.right;
};
const event = (line: string) => read(line).event;

test("reads local times in the workspace's zone and those with a Z as UTC", () => {
  expect(event("2026-03-02 lead-created L1").occurred_at).toBe(Date.parse("2026-03-01T22:00:00Z"));
  expect(event("2026-07-02 09:00:30.250 lead-created L1").occurred_at).toBe(Date.parse("2026-07-02T06:00:30.250Z"));
  expect(event("2026-07-02 09:00Z lead-created L1").occurred_at).toBe(Date.parse("2026-07-02T09:00:00Z"));
});

test("numbers an event by its line, unless it names its id, source and revision", () => {
  expect(event("2026-03-02 lead-created L1")).toMatchObject({ event_id: "e7", source_system: "golden", revision: 0 });
  expect(event("2026-03-02 lead-created L1 id=x source=crm revision=3 voided")).toMatchObject({
    event_id: "x",
    source_system: "crm",
    revision: 3,
    voided: true,
  });
});

test("reads money exactly, by the digits of its currency", () => {
  expect(event('2026-03-02 deal-closed L1 won 0.10 EUR owner="Ana Maria" lines="GTX Pro:2:0.10:0.05"')).toMatchObject({
    amount_minor: 10,
    currency: "EUR",
    owner: "Ana Maria",
    lines: [{ product: "GTX Pro", quantity: 2, amount_minor: 10, cost_minor: 5 }],
  });
  expect(event("2026-03-02 deal-closed L1 won 1000 JPY")).toMatchObject({ amount_minor: 1000 });
  expect(() => event("2026-03-02 deal-closed L1 won 1.005 EUR")).toThrow("1.005 is no amount of EUR");
});

test("reads when a deal is expected to close, and what its contract brings", () => {
  const april30 = Date.parse("2026-04-30T00:00:00Z") / 86_400_000;
  expect(event("2026-03-02 lead-created L1 closes=2026-04-30")).toMatchObject({ expected_close_on: april30 });
  expect(event("2026-03-02 stage-changed L1 to proposal closes=2026-04-30")).toMatchObject({
    to_stage: "proposal",
    expected_close_on: april30,
  });
  expect(event("2026-03-02 deal-closed L1 won 5000 EUR term=24 recurring=4800.50")).toMatchObject({
    amount_minor: 500_000,
    term_months: 24,
    recurring_amount_minor: 480_050,
  });
});

test("reads targets, forecasts and surveys by their scope or account", () => {
  expect(event("2026-01-01 target-set team:north sales 2026-Q1 5000 USD")).toMatchObject({
    scope: "team:north",
    metric: "sales",
    period: "2026-Q1",
    value: 500_000,
  });
  expect(event("2026-01-01 target-set company win_rate 2026 0.4")).toMatchObject({ metric: "win_rate", value: 0.4 });
  expect(event("2026-02-27 forecast-submitted rep:ana 2026-03 12000.50 USD")).toMatchObject({
    scope: "rep:ana",
    amount_minor: 1_200_050,
    currency: "USD",
  });
  expect(event("2026-03-05 survey-answered ACME nps 9")).toMatchObject({ account_id: "ACME", kind: "nps", score: 9 });
  expect(() => event("2026-03-05 survey-answered ACME ces 9")).toThrow("found ces");
  expect(() => event("2026-01-01 target-set company sales 2026-Q1 much")).toThrow("found much");
});

test("says what it does not understand", () => {
  expect(() => event("2026-03-02 lead-created L1 colour=red")).toThrow("colour");
  expect(() => event("2026-03-02 stage-changed L1 qualified")).toThrow("expected one of to, found qualified");
  expect(() => event("2026-03-02 activity-logged L1 fax")).toThrow("found fax");
  expect(() => event("2026-03-02 lead-cretaed L1")).toThrow("lead-cretaed");
});

test("an event arrives when it happened, or later, or by an import", () => {
  const nineMs = Date.parse("2026-03-02T07:00:00Z");
  expect(read("2026-03-02 09:00 lead-created L1").appendTimeMs).toBe(nineMs);
  expect(read('2026-03-02 09:00 lead-created L1 arrived="2026-03-02 09:10" backfill=i1')).toMatchObject({
    appendTimeMs: nineMs + 600_000,
    backfill: "i1",
  });
});

test("refuses what is no time, no date and no currency in words", () => {
  expect(() => event("2026-13-02 lead-created L1")).toThrow("found 2026-13-02");
  expect(() => event("2026-03-02 lead-created L1 arrived=soon")).toThrow("found soon");
  expect(() => event("2026-03-02 lead-created L1 closes=april")).toThrow("found april");
  expect(() => event("2026-03-02 deal-closed L1 won 10 XXQ")).toThrow("found XXQ");
});
