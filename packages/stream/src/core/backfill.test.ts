import { encodeEvent, type SalesEvent, type SurveyAnswered } from "@leadwire/events";
import { defaultWorkspace, type FactKind } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { Driver } from "../testing/driver.ts";
import { dealClosed, leadCreated, spent, touched } from "../testing/sample-events.ts";

const atMs = Date.UTC(2026, 5, 1, 9);
const imported = { backfill: "import-1" };

const survey: SurveyAnswered = {
  type: "survey-answered",
  event_id: "s1",
  source_system: "crm",
  occurred_at: atMs,
  revision: 0,
  voided: false,
  account_id: "L1",
  kind: "nps",
  score: 9,
};

/** Which kinds of facts were told by live records, and which by a backfill's. */
const told = (arrivals: ReadonlyArray<readonly [SalesEvent, Readonly<Record<string, string>>?]>) => {
  const driver = new Driver(defaultWorkspace, catalogue.measures);
  driver.feed(
    arrivals.map(([event, headers = {}], n) => ({
      event,
      value: encodeEvent(event),
      appendTimeMs: atMs + n,
      headers,
    })),
    1,
  );
  const of = (isBackfill: boolean): ReadonlyArray<FactKind> => [
    ...new Set(driver.changes.filter((change) => change.isBackfill === isBackfill).map(({ fact }) => fact.kind)),
  ];
  return { live: of(false), backfill: of(true) };
};

test("a fact says whether the record that changed it came by a backfill", () => {
  const { live, backfill } = told([
    [leadCreated("L1", atMs), imported],
    [touched("L1", "t1", atMs + 60_000), { source: "crm" }],
  ]);
  expect(backfill).toEqual(expect.arrayContaining(["lead_created", "lead_unanswered"]));
  expect(live).toEqual(expect.arrayContaining(["lead_responded", "activity", "lead_unanswered"]));
  expect(live).not.toContain("lead_created");
});

test("an empty backfill header is none", () => {
  expect(told([[leadCreated("L1", atMs), { backfill: "" }]]).backfill).toEqual([]);
});

test("facts of spend and of accounts say it too, wherever they are folded", () => {
  const events: ReadonlyArray<SalesEvent> = [
    leadCreated("L1", atMs),
    dealClosed("L1", atMs + 1, 500),
    spent("p1", atMs, 100, [20_605, 20_605]),
    survey,
  ];
  const all = told(events.map((event) => [event, imported]));
  expect(all.live).toEqual([]);
  expect(all.backfill).toEqual(expect.arrayContaining(["customer_new", "customer_active", "survey", "spend_day"]));
  expect(told(events.map((event) => [event])).backfill).toEqual([]);
});
