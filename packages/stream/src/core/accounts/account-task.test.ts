import { accountLogTopic, encodeEvent, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { Driver } from "../../testing/driver.ts";
import { dealClosed, leadCreated, stageChanged, subscribed } from "../../testing/sample-events.ts";

const hourMs = 3_600_000;
const fromMs = Date.UTC(2026, 5, 1);

const run = (events: ReadonlyArray<SalesEvent>, batch = 10): Driver => {
  const driver = new Driver(defaultWorkspace, catalogue.measures, 2);
  driver.feed(
    events.map((event) => ({ event, appendTimeMs: fromMs + 1000 * hourMs })),
    batch,
  );
  return driver;
};

const customers = (driver: Driver) =>
  driver
    .facts()
    .filter(({ kind }) => kind === "customer_new")
    .map(({ accountId, atMs, dimensions: { owner } }) => [accountId, (atMs - fromMs) / hourMs, owner]);

const win = (lead: string, hour: number, owner: string, account = "acme"): ReadonlyArray<SalesEvent> => [
  leadCreated(lead, fromMs, { account_id: account, owner }),
  dealClosed(lead, fromMs + hour * hourMs, 500),
];

test("an account is a customer from its first win, under the dimensions of its latest", () => {
  expect(customers(run([...win("L1", 5, "ana"), ...win("L2", 3, "bob"), ...win("L3", 4, "eve")]))).toEqual([
    ["acme", 3, "ana"],
  ]);
});

test("a lead without an account is its own", () => {
  expect(customers(run([leadCreated("L1", fromMs), dealClosed("L1", fromMs + hourMs, 500)]))).toEqual([
    ["L1", 1, "ana"],
  ]);
});

test("what a stranger wrote to the account log is passed over", () => {
  const driver = new Driver(defaultWorkspace, catalogue.measures);
  const appendTimeMs = fromMs + 1000 * hourMs;
  const at = { topic: accountLogTopic("driver"), partition: 0 };
  const event = leadCreated("L1", fromMs);
  const strange = [Buffer.from("no entry"), Buffer.alloc(0), encodeEvent(event)];
  driver.feed(strange.map((value) => ({ event, at, value, appendTimeMs })));
  driver.feed(win("L1", 5, "ana").map((each) => ({ event: each, appendTimeMs })));
  expect(customers(driver)).toEqual([["acme", 5, "ana"]]);
});

test("a win that is taken back makes the next one the first, and the one before it the latest", () => {
  const reopened = stageChanged("L2", "proposal", fromMs + 9 * hourMs);
  const events = [...win("L1", 5, "ana"), ...win("L2", 3, "bob"), reopened];
  expect(customers(run(events))).toEqual([["acme", 5, "ana"]]);
  const latest = stageChanged("L1", "proposal", fromMs + 9 * hourMs);
  expect(customers(run([...win("L1", 5, "ana"), ...win("L2", 3, "bob"), latest]))).toEqual([["acme", 3, "bob"]]);
});

test("an account whose last win is taken back never was a customer", () => {
  const driver = run([...win("L1", 5, "ana"), stageChanged("L1", "proposal", fromMs + 9 * hourMs)]);
  expect(customers(driver)).toEqual([]);
  expect(driver.changes.filter(({ fact }) => fact.kind === "customer_new").map(({ present }) => present)).toEqual([
    true,
    false,
  ]);
});

test("a subscription makes a customer, a cancelled or voided one does not", () => {
  const at = (hour: number) => fromMs + hour * hourMs;
  expect(customers(run([subscribed("a1", "e1", at(2)), subscribed("a1", "e2", at(1), { mrr_minor: 0 })]))).toEqual([
    ["a1", 2, "(none)"],
  ]);
  const voided = subscribed("a1", "e1", at(2), { revision: 1, voided: true });
  expect(customers(run([subscribed("a1", "e1", at(2)), voided]))).toEqual([]);
  expect(customers(run([voided, subscribed("a1", "e1", at(2))]))).toEqual([]);
});

test("a repeated win changes nothing", () => {
  const events = [...win("L1", 5, "ana"), ...win("L2", 3, "bob")];
  const once = run(events);
  const twice = run([...events, ...events]);
  expect(twice.facts()).toEqual(once.facts());
  expect(twice.changes.length).toBe(once.changes.length);
});

test("any order of wins, reopenings and subscriptions gives the same customers", () => {
  const events = [
    ...Array.from({ length: 80 }, (_, n) => win(`L${n}`, 5 + ((n * 37) % 80), `rep${n % 7}`)).flat(),
    ...Array.from({ length: 20 }, (_, n) => stageChanged(`L${n * 3}`, "proposal", fromMs + 200 * hourMs)),
    subscribed("acme", "s", fromMs + 4 * hourMs),
  ];
  const expected = customers(run(events));
  expect(expected).toHaveLength(1);
  for (const step of [3, 7, 11, 59]) {
    const shuffled = events.map((_, n) => events[(n * step) % events.length] as SalesEvent);
    expect(new Set(shuffled).size).toBe(events.length);
    expect(customers(run(shuffled))).toEqual(expected);
  }
});

test("an account of thousands of wins is folded like any other", () => {
  const wins = 3_000;
  const driver = new Driver(defaultWorkspace, catalogue.measures, 1);
  const events = Array.from({ length: wins }, (_, n) => win(`L${n}`, 1 + n / 100, "ana", "mega")).flat();
  const arrivals = events.map((event) => ({ event, appendTimeMs: fromMs + 1000 * hourMs }));
  driver.feed(arrivals, 5000);
  const task = driver.tasks.get("leadwire.account-log.driver/0") ?? [...driver.tasks.values()].at(-1);
  if (task === undefined) throw new Error("no account task");
  expect(task.position).toBe(wins);
  expect(customers(driver)).toEqual([["mega", 1, "ana"]]);
});

test("a deal's term says until when it makes a customer", () => {
  const term = dealClosed("L1", fromMs, 500, { term_months: 3 });
  const facts = run([leadCreated("L1", fromMs - hourMs, { account_id: "acme" }), term]).facts();
  const ends = facts.filter(({ kind, count }) => kind === "customer_active" && count === -1);
  expect(ends.map(({ atMs }) => new Date(atMs).toISOString())).toEqual(["2026-09-01T00:00:00.000Z"]);
});

test("a win that a correction gives to another account makes that one the customer", () => {
  const closed = dealClosed("L1", fromMs, 500, { account_id: "acme" });
  const moved = { ...closed, account_id: "zeta", revision: 1 };
  const driver = run([leadCreated("L1", fromMs - hourMs), closed, moved]);
  const active = driver.facts().filter(({ kind }) => kind === "customer_active");
  expect(active.map(({ accountId, count }) => [accountId, count])).toEqual([
    ["zeta", 1],
    ["zeta", -1],
  ]);
});
