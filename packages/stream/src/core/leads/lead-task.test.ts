import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { Driver } from "../../testing/driver.ts";
import { dealClosed, leadCreated, stageChanged, touched } from "../../testing/sample-events.ts";

const minuteMs = 60_000;
const fromMs = Date.UTC(2026, 5, 1, 9);
const appendTimeMs = fromMs + 30 * 86_400_000;

const feed = (driver: Driver, events: ReadonlyArray<SalesEvent>): ReadonlyArray<string> => {
  const before = driver.changes.length;
  driver.feed(events.map((event) => ({ event, appendTimeMs })));
  return driver.changes.slice(before).map(({ present, fact }) => `${present ? "+" : "-"}${fact.kind}`);
};

const newDriver = (): Driver => new Driver(defaultWorkspace, catalogue.measures);

const counts = (driver: Driver) => driver.tasks.get("leadwire.funnel/0")?.ledger.entries()[0]?.counts;

test("a late touch in a long history puts out only what it changes", () => {
  const driver = newDriver();
  feed(driver, [leadCreated("L", fromMs)]);
  feed(
    driver,
    Array.from({ length: 500 }, (_, n) => touched("L", `t${n}`, fromMs + (n + 10) * minuteMs)),
  );
  expect(feed(driver, [touched("L", "late", fromMs + 200.5 * minuteMs)])).toEqual([]);
  expect([...feed(driver, [touched("L", "in time", fromMs + 2 * minuteMs)])].sort()).toEqual([
    "+lead_responded",
    "+lead_sla",
    "+lead_unanswered",
    "-lead_responded",
    "-lead_unanswered",
  ]);
});

test("a late touch that says nothing is there when the one that answered is voided", () => {
  const driver = newDriver();
  feed(driver, [
    leadCreated("L", fromMs),
    touched("L", "b", fromMs + 9 * minuteMs),
    touched("L", "x", fromMs + 30 * minuteMs),
  ]);
  feed(driver, [touched("L", "late", fromMs + 12 * minuteMs)]);
  feed(driver, [touched("L", "b", fromMs + 9 * minuteMs, { revision: 1, voided: true })]);
  const [response] = driver.facts().filter(({ kind }) => kind === "lead_responded");
  expect(response?.durationMs).toBe(12 * minuteMs);
});

test("the same event again, and the same content under its id, is a duplicate; other content is a conflict", () => {
  const driver = newDriver();
  const event = leadCreated("L", fromMs);
  feed(driver, [event, event, { ...event, owner: "bob" }]);
  expect(counts(driver)).toMatchObject({ applied: 1, duplicate: 2, conflict: 1 });
});

test("a revision replaces, also when the older one comes after it", () => {
  const old = dealClosed("L", fromMs + minuteMs, 100);
  const corrected = { ...old, revision: 1, amount_minor: 250 };
  for (const events of [
    [old, corrected],
    [corrected, old],
  ]) {
    const driver = newDriver();
    feed(driver, [leadCreated("L", fromMs), ...events]);
    expect(
      driver
        .facts()
        .filter(({ kind }) => kind === "deal_closed")
        .map(({ amountMinor }) => amountMinor),
    ).toEqual([250]);
    expect(counts(driver)).toMatchObject({ applied: 3, superseded: 1 });
  }
});

test("a reopened deal takes its win back", () => {
  const driver = newDriver();
  feed(driver, [leadCreated("L", fromMs), dealClosed("L", fromMs + minuteMs, 100)]);
  const changes = feed(driver, [stageChanged("L", "negotiation", fromMs + 2 * minuteMs)]);
  expect(changes).toEqual(expect.arrayContaining(["-deal_closed", "-sale", "-lead_won", "+deal_pipeline"]));
  expect(driver.facts().some(({ kind }) => kind === "deal_closed")).toBe(false);
});
