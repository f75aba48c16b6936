import type { SurveyAnswered } from "@leadwire/events";
import { defaultWorkspace, type FactKind } from "@leadwire/funnel";
import { measures } from "@leadwire/kpis";
import { expect, test } from "vitest";
import { type AccountEventRecord, AccountLog, type WinRecord } from "../../testing/account-log.ts";
import { subscribed } from "../../testing/sample-events.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const fromMs = Date.UTC(2026, 5, 1);
const appendTimeMs = fromMs + 1000 * dayMs;
const onDay = (day: number) => fromMs + day * dayMs;

const paid = (day: number, mrr: number, id = `e${day}`, subscription = "s1", more = {}): AccountEventRecord => ({
  event: subscribed("acme", id, onDay(day), { mrr_minor: mrr, subscription_id: subscription, ...more }),
  appendTimeMs,
});
const answered = (id: string, kind: SurveyAnswered["kind"], score: number, more = {}): AccountEventRecord => ({
  event: {
    type: "survey-answered",
    event_id: id,
    source_system: "crm",
    revision: 0,
    voided: false,
    occurred_at: onDay(1),
    account_id: "acme",
    kind,
    score,
    ...more,
  },
  appendTimeMs,
});
let version = 0;
const won = (day: number, more: Partial<WinRecord> = {}): WinRecord => {
  version += 1;
  return { event: `w${day}`, account: "acme", atMs: onDay(day), present: true, version, appendTimeMs, ...more };
};

const logOf = (records: ReadonlyArray<WinRecord | AccountEventRecord>, workspace = defaultWorkspace): AccountLog => {
  const log = new AccountLog(workspace, measures);
  for (const record of records) log.feed([record], appendTimeMs);
  return log;
};
const factsOf = (log: AccountLog, kind: FactKind) =>
  log
    .facts()
    .filter((fact) => fact.kind === kind)
    .sort((a, b) => a.atMs - b.atMs || a.units - b.units);
const movements = (log: AccountLog) =>
  factsOf(log, "mrr_moved").map(({ atMs, outcome, count, amountMinor }) => [
    (atMs - fromMs) / dayMs,
    outcome,
    count,
    amountMinor,
  ]);
const active = (log: AccountLog) =>
  factsOf(log, "customer_active").map(({ factId, atMs, count }) => [factId, (atMs - fromMs) / dayMs, count]);

test("an account's mrr moves by the sum of its subscriptions", () => {
  const log = logOf([
    paid(1, 100),
    paid(2, 50, "e2", "s2"),
    paid(3, 70),
    paid(4, 0),
    paid(5, 0, "e5", "s2"),
    paid(6, 10, "e6", "s3"),
    paid(7, 10, "e7", "s3"),
  ]);
  expect(movements(log)).toEqual([
    [1, "new", 1, 100],
    [2, "expansion", 0, 50],
    [3, "contraction", 0, -30],
    [4, "contraction", 0, -70],
    [5, "churn", -1, -50],
    [6, "reactivation", 1, 10],
  ]);
  expect(factsOf(log, "mrr_moved")[0]?.factId).toBe("crm/e1/mrr_moved/0");
});

test("a late event moves what comes after it, and two of one instant are folded one after the other", () => {
  expect(movements(logOf([paid(3, 80), paid(1, 100)]))).toEqual([
    [1, "new", 1, 100],
    [3, "contraction", 0, -20],
  ]);
  expect(movements(logOf([paid(1, 0, "b"), paid(1, 100, "a")]))).toEqual([
    [1, "new", 1, 100],
    [1, "churn", -1, -100],
  ]);
});

test("mrr is converted at its event's date", () => {
  const rates = [
    { currency: "EUR", fromDay: 0, rate: "1.1" },
    { currency: "EUR", fromDay: onDay(2) / dayMs, rate: "1.2" },
  ];
  const log = logOf([paid(1, 100, "a", "s1", { currency: "EUR" }), paid(2, 100, "b", "s1", { currency: "EUR" })], {
    ...defaultWorkspace,
    rates,
  });
  expect(movements(log)).toEqual([
    [1, "new", 1, 110],
    [2, "expansion", 0, 10],
  ]);
});

test("a win makes a customer for its term or for a year, and what touches is one stretch", () => {
  expect(active(logOf([won(0)]))).toEqual([
    ["crm/w0/customer_active/0/acme", 0, 1],
    ["crm/w0/customer_active/1/acme", 365, -1],
  ]);
  const touching = [won(0, { termMonths: 1 }), won(30, { termMonths: 1 }), won(100, { termMonths: 1 })];
  expect(active(logOf(touching))).toEqual([
    ["crm/w0/customer_active/0/acme", 0, 1],
    ["crm/w30/customer_active/1/acme", 61, -1],
    ["crm/w100/customer_active/0/acme", 100, 1],
    ["crm/w100/customer_active/1/acme", 130, -1],
  ]);
  expect(active(logOf(touching.toReversed()))).toEqual(active(logOf(touching)));
});

test("of wins that begin and end together the first in order names the facts, whichever came first", () => {
  const both = [won(0, { event: "b" }), won(0, { event: "a" })];
  const ids = ["crm/a/customer_active/0/acme", "crm/a/customer_active/1/acme"];
  expect(active(logOf(both)).map(([id]) => id)).toEqual(ids);
  expect(active(logOf(both.toReversed())).map(([id]) => id)).toEqual(ids);
});

test("an entry that comes again is not kept again", () => {
  const log = logOf([won(0), paid(1, 100)]);
  const bytes = () => log.task.fold.state.arenas.map(({ endBytes }) => endBytes);
  const before = bytes();
  const stale = { ...won(0), version: version - 1 };
  log.feed([stale, paid(1, 100)], appendTimeMs);
  expect(bytes()).toEqual(before);
});

test("a term's months are those of the workspace's zone", () => {
  const atMs = Date.parse("2026-01-31T23:30:00+02:00");
  const log = logOf([won(0, { atMs, termMonths: 1 })], { ...defaultWorkspace, timeZone: "Europe/Bucharest" });
  expect(factsOf(log, "customer_active").map(({ atMs: at }) => new Date(at).toISOString())).toEqual([
    "2026-01-31T21:30:00.000Z",
    "2026-02-28T21:30:00.000Z",
  ]);
});

test("a subscriber is active while any subscription costs something", () => {
  const running = [paid(1, 100), paid(2, 50, "e2", "s2"), paid(3, 0)];
  expect(active(logOf(running))).toEqual([["crm/e1/customer_active/0/acme", 1, 1]]);
  expect(active(logOf([...running, paid(4, 0, "e4", "s2")])).at(-1)).toEqual(["crm/e4/customer_active/1/acme", 4, -1]);
});

test("a subscription and a win that meet are one stretch, until the later of both ends", () => {
  const term = won(2, { termMonths: 1 });
  expect(active(logOf([paid(1, 100), term, paid(5, 0)]))).toEqual([
    ["crm/e1/customer_active/0/acme", 1, 1],
    ["crm/w2/customer_active/1/acme", 32, -1],
  ]);
  expect(active(logOf([paid(5, 0), term, paid(1, 100)]))).toEqual(active(logOf([paid(1, 100), term, paid(5, 0)])));
});

test("a subscription that begins and ends in one instant leaves nobody active", () => {
  expect(active(logOf([paid(1, 100, "a"), paid(1, 0, "b")]))).toEqual([]);
});

test("a deal of several of one lead stands in the ids of its facts", () => {
  expect(active(logOf([won(0, { deal: "D/7" })])).map(([id]) => id)).toEqual([
    "crm/w0/customer_active/0/D/7/acme",
    "crm/w0/customer_active/1/D/7/acme",
  ]);
});

test("surveys are counted by what they answer", () => {
  const log = logOf([
    ...[10, 9, 8, 7, 6].map((score) => answered(`n${score}`, "nps", score)),
    answered("c", "csat", 4.5),
  ]);
  expect(factsOf(log, "survey").map(({ units, outcome }) => [units, outcome])).toEqual([
    [4.5, "csat"],
    [6, "detractor"],
    [7, "passive"],
    [8, "passive"],
    [9, "promoter"],
    [10, "promoter"],
  ]);
});

test("a corrected survey counts once, a voided one not at all", () => {
  const corrected = answered("n", "nps", 3, { revision: 1 });
  expect(factsOf(logOf([answered("n", "nps", 9), corrected]), "survey").map(({ outcome }) => outcome)).toEqual([
    "detractor",
  ]);
  const voided = answered("n", "nps", 9, { revision: 1, voided: true });
  expect(logOf([answered("n", "nps", 9), voided]).facts()).toEqual([]);
  expect(logOf([voided, answered("n", "nps", 9)]).facts()).toEqual([]);
});

test("all facts of an account stand under its latest win, and without one under none", () => {
  const records = [paid(1, 100), answered("n", "nps", 9), won(2, { dimensions: { owner: "ana", segment: "large" } })];
  const owners = (log: AccountLog) => new Set(log.facts().map(({ dimensions }) => dimensions.owner));
  expect(owners(logOf(records.slice(0, 2)))).toEqual(new Set(["(none)"]));
  expect(owners(logOf(records))).toEqual(new Set(["ana"]));
  const later = won(3, { dimensions: { owner: "bogdan" } });
  expect(owners(logOf([...records, later]))).toEqual(new Set(["bogdan"]));
  expect(owners(logOf([...records, later, { ...later, present: false, version: version + 1 }]))).toEqual(
    new Set(["ana"]),
  );
});

test("a fact's append time is that of what caused it, not of its copy in the account log", () => {
  const log = new AccountLog(defaultWorkspace, measures);
  const changes = log.feed(
    [{ ...paid(1, 100), appendTimeMs: 5_000 }, won(2, { appendTimeMs: 7_000, dimensions: { owner: "ana" } })],
    9_000,
  );
  expect(new Set(changes.map((change) => `${change.version} ${change.appendTimeMs}`))).toEqual(
    new Set(["0 5000", "1 7000"]),
  );
});

test("thousands of entries of an account that come in order read none of the others", () => {
  const log = new AccountLog(defaultWorkspace, []);
  const entries = Array.from({ length: 10_000 }, (_, n) =>
    n % 2 === 0 ? won(n / 50, { event: `w${n}` }) : paid(n / 50, n, `e${n}`, `s${n % 7}`),
  );
  // A whole fold each would take a minute. Told is what changes: a movement each time, and the first of the rest.
  expect(log.feed(entries, appendTimeMs).length).toBe(5_000 + 4);
});

test("thousands of wins of an account that come in no order are no whole fold each", () => {
  const log = new AccountLog(defaultWorkspace, []);
  const days = Array.from({ length: 10_000 }, (_, n) => ((n * 3_701) % 10_000) / 50);
  log.feed(
    days.map((day, n) => won(day, { event: `w${n}`, termMonths: 1 })),
    appendTimeMs,
  );
  expect(active(log).map(([, day]) => day)).toEqual([0, expect.any(Number)]);
});
