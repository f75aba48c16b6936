import { defaultWorkspace } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { goldenRecord } from "./golden-line.ts";

const bucharest = { ...defaultWorkspace, timeZone: "Europe/Bucharest" };
const event = (line: string) => goldenRecord(line, 7, bucharest).event;

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

test("says what it does not understand", () => {
  expect(() => event("2026-03-02 lead-created L1 colour=red")).toThrow("colour");
  expect(() => event("2026-03-02 stage-changed L1 qualified")).toThrow("expected one of to, found qualified");
  expect(() => event("2026-03-02 activity-logged L1 fax")).toThrow("found fax");
  expect(() => event("2026-03-02 lead-cretaed L1")).toThrow("lead-cretaed");
});
