import type { ForecastSubmitted, SalesEvent, SurveyAnswered, TargetSet } from "@leadwire/events";
import { defaultWorkspace, type Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { Driver } from "../../testing/driver.ts";
import { spent, subscribed } from "../../testing/sample-events.ts";

const fromMs = Date.UTC(2026, 5, 1);
const day = fromMs / 86_400_000;
const appendTimeMs = fromMs + 30 * 86_400_000;

const run = (events: ReadonlyArray<SalesEvent>, workspace: Workspace = defaultWorkspace): Driver => {
  const driver = new Driver(workspace, catalogue.measures);
  driver.feed(events.map((event) => ({ event, appendTimeMs })));
  return driver;
};
const amounts = (driver: Driver) =>
  driver.facts().map(({ atMs, amountMinor }) => [(atMs - fromMs) / 86_400_000, amountMinor]);

test("spend is one fact a day, the remainder on the first days", () => {
  expect(amounts(run([spent("s", fromMs, 11, [day, day + 2])]))).toEqual([
    [0, 4],
    [1, 4],
    [2, 3],
  ]);
});

test("a correction retracts the days that are no longer there", () => {
  const event = spent("s", fromMs, 10, [day, day + 4]);
  const corrected = { ...event, revision: 1, period_end: day + 1 };
  for (const events of [
    [event, corrected],
    [corrected, event],
  ]) {
    const driver = run(events);
    expect(amounts(driver)).toEqual([
      [0, 5],
      [1, 5],
    ]);
    expect(driver.tasks.get("leadwire.spend/0")?.ledger.entries()[0]?.counts).toMatchObject({
      applied: 2,
      superseded: 1,
    });
  }
});

test("a voided event leaves nothing behind", () => {
  const event = spent("s", fromMs, 10, [day, day]);
  const driver = run([event, { ...event, revision: 1, voided: true }]);
  expect(driver.facts()).toEqual([]);
  expect(driver.slices()).toEqual([]);
});

test("the same event of another source is another event", () => {
  const event = spent("s", fromMs, 10, [day, day]);
  expect(run([event, event, { ...event, source_system: "ads" }]).facts()).toHaveLength(2);
});

const head = { source_system: "crm", revision: 0, voided: false, occurred_at: fromMs };
const targetSet = (id: string, more: Partial<TargetSet> = {}): TargetSet => ({
  ...head,
  type: "target-set",
  event_id: id,
  metric: "sales",
  scope: "company",
  period: "2026-Q3",
  value: 1_250_000,
  ...more,
});
const forecast = (id: string, more: Partial<ForecastSubmitted> = {}): ForecastSubmitted => ({
  ...head,
  type: "forecast-submitted",
  event_id: id,
  scope: "company",
  period: "2026",
  amount_minor: 100,
  currency: "USD",
  ...more,
});
const reasons = (driver: Driver) =>
  [...driver.tasks.values()].flatMap(({ ledger }) => ledger.entries().map(({ counts }) => counts.reasons));

test("a target is a fact of its metric, period and scope", () => {
  const facts = run([
    targetSet("c"),
    targetSet("t", { scope: "team:north" }),
    targetSet("u", { scope: "rep:ana:x" }),
  ]).facts();
  expect(
    facts.map(({ factId, atMs, subject, period, units, dimensions: { team, owner } }) => ({
      said: [factId, atMs, subject, period, units],
      scope: [team, owner],
    })),
  ).toEqual([
    { said: ["crm/c/target/0", fromMs, "sales", "2026-Q3", 1_250_000], scope: ["(none)", "(none)"] },
    { said: ["crm/t/target/0", fromMs, "sales", "2026-Q3", 1_250_000], scope: ["north", "(none)"] },
    { said: ["crm/u/target/0", fromMs, "sales", "2026-Q3", 1_250_000], scope: ["(none)", "ana:x"] },
  ]);
});

test("a target that is corrected or voided leaves only what counts", () => {
  const corrected = targetSet("c", { revision: 1, value: 7 });
  expect(
    run([corrected, targetSet("c")])
      .facts()
      .map(({ units }) => units),
  ).toEqual([7]);
  expect(run([targetSet("c"), { ...corrected, voided: true }]).facts()).toEqual([]);
});

test("a forecast is money in the workspace's currency, by the rate of the day it was made", () => {
  const rates = [{ currency: "EUR", fromDay: day, rate: "1.5" }];
  const [fact] = run([forecast("f", { currency: "EUR", scope: "rep:ana" })], { ...defaultWorkspace, rates }).facts();
  expect(fact).toMatchObject({ kind: "forecast", amountMinor: 150, period: "2026", subject: "", atMs: fromMs });
  expect(fact?.dimensions.owner).toBe("ana");
});

test("what cannot count is put aside with its reason, before an account hears of it", () => {
  const nps: SurveyAnswered = {
    ...head,
    type: "survey-answered",
    event_id: "n",
    account_id: "acme",
    kind: "nps",
    score: 11,
  };
  const refused: ReadonlyArray<readonly [SalesEvent, string]> = [
    [targetSet("a", { scope: "everyone" }), "bad_value"],
    [targetSet("b", { period: "2026-13" }), "bad_value"],
    [targetSet("c", { value: Number.POSITIVE_INFINITY }), "malformed_avro"],
    [forecast("d", { currency: "EUR" }), "missing_rate"],
    [subscribed("acme", "e", fromMs, { currency: "EUR" }), "missing_rate"],
    [nps, "bad_value"],
  ];
  for (const [event, reason] of refused) {
    const driver = run([event]);
    expect([event.event_id, ...reasons(driver)]).toEqual([event.event_id, { [reason]: 1 }]);
    expect(driver.facts()).toEqual([]);
  }
});

test("subscriptions and surveys go on to their account, with the time that the log got them", () => {
  const survey: SurveyAnswered = {
    ...head,
    type: "survey-answered",
    event_id: "n",
    account_id: "acme",
    kind: "nps",
    score: 9,
  };
  const driver = run([survey, subscribed("acme", "e", fromMs)]);
  expect(driver.facts().map(({ kind, accountId }) => `${kind} ${accountId}`)).toEqual([
    "customer_new acme",
    "customer_active acme",
    "mrr_moved acme",
    "survey acme",
  ]);
  expect(new Set(driver.changes.map((change) => change.appendTimeMs))).toEqual(new Set([appendTimeMs]));
});
