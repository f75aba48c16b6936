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
  expect(feed(driver, [touched("L", "late", fromMs + 200.5 * minuteMs)])).toEqual(["+activity"]);
  expect([...feed(driver, [touched("L", "in time", fromMs + 2 * minuteMs)])].sort()).toEqual([
    "+activity",
    "+lead_responded",
    "+lead_sla",
    "+lead_sla_business",
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

test("a late touch before the first meeting changes that one and tells of itself", () => {
  const driver = newDriver();
  feed(driver, [
    leadCreated("L", fromMs),
    touched("L", "first", fromMs + minuteMs),
    touched("L", "meeting", fromMs + 60 * minuteMs, { kind: "meeting_held" }),
  ]);
  expect(feed(driver, [touched("L", "late", fromMs + 30 * minuteMs)])).toEqual(["+first_meeting", "+activity"]);
  expect(feed(driver, [touched("L", "after", fromMs + 90 * minuteMs)])).toEqual(["+activity"]);
  expect(driver.facts().find(({ kind }) => kind === "first_meeting")).toMatchObject({ units: 2, bin: 2 });
});

test("what an event states of a deal comes through to its facts", () => {
  const driver = newDriver();
  const dueDay = 20_610;
  feed(driver, [
    leadCreated("L", fromMs, { expected_close_on: dueDay }),
    touched("L", "robot", fromMs + minuteMs, { automated: true, rep: "bogdan" }),
    stageChanged("L", "proposal", fromMs + 2 * minuteMs),
    stageChanged("L", "negotiation", fromMs + 3 * minuteMs, { expected_close_on: dueDay + 1 }),
    dealClosed("L", fromMs + 4 * minuteMs, 900, { term_months: 24, recurring_amount_minor: 600 }),
  ]);
  const facts = driver.facts();
  const inPipeline = facts.filter(({ kind, count }) => kind === "deal_pipeline" && count === 1);
  expect(new Map(inPipeline.map(({ dueAtMs, bin }) => [bin, dueAtMs]))).toEqual(
    new Map([
      [5000, dueDay * 86_400_000],
      [7500, (dueDay + 1) * 86_400_000],
    ]),
  );
  expect(facts.find(({ kind }) => kind === "contract")).toMatchObject({ amountMinor: 600, bin: 24, outcome: "stated" });
  expect(facts.find(({ kind }) => kind === "deal_closed")).toMatchObject({ termMonths: 24, businessMs: 4 * minuteMs });
  expect(facts.find(({ kind }) => kind === "activity")).toMatchObject({
    outcome: "automated",
    accountId: "L",
    dealId: "",
    dimensions: { owner: "bogdan" },
  });
  expect(facts.find(({ kind }) => kind === "stage_left")).toMatchObject({ dealId: "L" });
});

test("activities have the team last stated with their rep, also once the lead has changed hands", () => {
  const driver = newDriver();
  feed(driver, [
    leadCreated("L", fromMs, { owner: "ana", team: "north" }),
    stageChanged("L", "new", fromMs + minuteMs, { owner: "bogdan", team: "south" }),
  ]);
  const changes = feed(
    driver,
    Array.from({ length: 40 }, (_, n) => touched("L", `t${n}`, fromMs + (n + 10) * minuteMs, { rep: "ana" })),
  );
  expect(changes.filter((change) => change === "+activity")).toHaveLength(40);
  const teams = driver.facts().filter(({ kind }) => kind === "activity");
  expect(new Set(teams.map(({ dimensions }) => dimensions.team))).toEqual(new Set(["north"]));
  expect(feed(driver, [touched("L", "late", fromMs + 11.5 * minuteMs, { rep: "bogdan" })])).toEqual(["+activity"]);
});
