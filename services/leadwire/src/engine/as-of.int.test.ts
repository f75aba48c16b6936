import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { findStatistic } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExplainDocument } from "../reports/explain/explain.ts";
import { type ClockedEngine, openClockedEngine } from "../testing/clocked-engine.ts";
import type { LocalEngine } from "./local-engine.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it.
const startMs = Date.UTC(2060, 2, 1);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
let clocked: ClockedEngine;
let engine: LocalEngine;

type Part = Partial<SalesEvent> & Pick<SalesEvent, "type"> & Readonly<Record<string, unknown>>;
let ids = 0;
const event = (atMs: number, part: Part): SalesEvent => {
  ids += 1;
  return {
    event_id: `e${ids}`,
    source_system: "crm",
    occurred_at: atMs,
    revision: 0,
    voided: false,
    ...part,
  } as SalesEvent;
};

const stages = ["contacted", "qualified", "proposal", "negotiation"];
const outcomes = ["won", "lost", "no_decision"] as const;

/** The life of one lead: as far as its number says. */
const lifeOf = (n: number): ReadonlyArray<SalesEvent> => {
  const lead_id = `L${n}`;
  const createdMs = startMs + n * 5 * hourMs;
  const owner = n % 2 === 0 ? "ana" : "bogdan";
  const activity = { type: "activity-logged", lead_id, rep: owner, automated: false } as const;
  const close = {
    type: "deal-closed",
    lead_id,
    outcome: outcomes[n % 3] ?? "won",
    currency: "USD",
    lines: [],
  } as const;
  return [
    event(createdMs, { type: "lead-created", lead_id, owner, team: "north", channel: n % 4 === 0 ? "ads" : "mail" }),
    ...(n % 5 === 0 ? [] : [event(createdMs + n * 60_000, { ...activity, kind: "call", direction: "outbound" })]),
    ...stages.slice(0, n % 5).map((to_stage, index) =>
      event(createdMs + (index + 1) * 7 * hourMs, {
        type: "stage-changed",
        lead_id,
        to_stage,
        amount_minor: 1_000 * n,
        currency: "USD",
      }),
    ),
    ...(n % 5 < 3 ? [] : [event(createdMs + 40 * hourMs, { ...close, amount_minor: 1_100 * n })]),
  ];
};

const spend = (day: number): SalesEvent =>
  event(startMs + day * dayMs, {
    type: "spend",
    channel: "ads",
    category: "advertising",
    amount_minor: 7_001,
    currency: "USD",
    period_start: Date.UTC(2060, 2, 1) / dayMs,
    period_end: Date.UTC(2060, 2, 10) / dayMs,
  });

const mrr = (account: number, day: number, mrr_minor: number): SalesEvent =>
  event(startMs + day * dayMs, {
    type: "subscription-changed",
    account_id: `A${account}`,
    subscription_id: `S${account}`,
    mrr_minor,
    currency: "USD",
    reason: mrr_minor === 0 ? "cancelled" : "changed",
  });
const survey = (account: number, day: number, score: number): SalesEvent =>
  event(startMs + day * dayMs, { type: "survey-answered", account_id: `A${account}`, kind: "nps", score });

/** In an order of its own: what was last happens first. */
const first = [
  ...[...Array(24).keys()].flatMap(lifeOf),
  spend(3),
  ...[1, 2, 3].flatMap((account) => [mrr(account, 1, 900 * account), survey(account, 6, 3 * account)]),
].reverse();
/** Late leads, reopened deals, a corrected amount and a voided creation. */
const second: ReadonlyArray<SalesEvent> = [
  ...[24, 25, 26, 27, 28, 29].flatMap(lifeOf),
  ...[3, 9, 14].map((n) =>
    event(startMs + n * 5 * hourMs + 60 * hourMs, { type: "stage-changed", lead_id: `L${n}`, to_stage: "proposal" }),
  ),
  ...first
    .filter((one) => one.type === "deal-closed" && one.outcome === "won")
    .slice(0, 2)
    .map((one) => ({ ...one, revision: 1, amount_minor: 77_777 }) as SalesEvent),
  ...first
    .filter((one) => one.type === "lead-created")
    .slice(0, 2)
    .map((one) => ({ ...one, revision: 1, voided: true }) as SalesEvent),
  spend(5),
  // Churned before it was told of, grown, and a new one.
  mrr(1, 4, 0),
  mrr(2, 9, 5_000),
  mrr(4, 2, 100),
  survey(4, 3, 10),
];

const iso = (ms: number): string => new Date(ms).toISOString();

beforeAll(async () => {
  clocked = await openClockedEngine(defaultWorkspace, startMs + 20 * dayMs);
  engine = clocked.engine;
});
afterAll(() => clocked.dispose());

/** Every metric, by rep where it can be; some other statistics beside. */
const others = ["lead_response_time.p90", "unanswered_leads.age_p50", "win_rate.by_value"];
const questions = [...[...catalogue.metrics.keys()], ...others].map((metric) => {
  const found = findStatistic(catalogue, metric);
  const grouped = !isLeft(found) && found.right.statistic.dimensions.includes("owner");
  return { metric, window: "2060-03", by: grouped ? ["owner"] : [], where: [], at: iso(startMs + 19 * dayMs) };
});

/** Several at a time, as ClickHouse likes it. */
const eachOf = async <T, U>(all: ReadonlyArray<T>, work: (one: T) => Promise<U>): Promise<ReadonlyArray<U>> => {
  const done: U[] = [];
  for (let from = 0; from < all.length; from += 8)
    done.push(...(await Promise.all(all.slice(from, from + 8).map(work))));
  return done;
};

const answersOf = async (asked: Parameters<LocalEngine["kpi"]>[0]) => {
  const answers = await engine.kpi(asked);
  if (isLeft(answers)) throw new Error(`${asked.metric}: ${answers.left.message}`);
  return answers.right;
};

test("as of a time every metric is what it was answered with then", { timeout: 60_000 }, async () => {
  const { nowMs, at, append } = clocked;
  const beforeMs = nowMs();
  at(beforeMs + 60_000);
  await append(first);
  const then = await eachOf(questions, answersOf);
  const thenMs = nowMs();
  at(thenMs + dayMs);
  await append(second);

  const as_of = iso(thenMs);
  const again = await eachOf(questions, (asked) => answersOf({ ...asked, asOf: as_of }));
  for (const [index, { metric }] of questions.entries())
    expect(again[index], metric).toEqual(then[index]?.map((answer) => ({ ...answer, as_of })));
  const today = await eachOf(questions, answersOf);
  const moved = today.filter((answers, index) => JSON.stringify(answers) !== JSON.stringify(then[index])).length;
  // Otherwise nothing was shown.
  expect(moved).toBeGreaterThan(10);

  const [unknown] = await answersOf({
    metric: "new_leads",
    window: "all",
    by: [],
    where: [],
    at: "now",
    asOf: iso(beforeMs),
  });
  expect(unknown).toMatchObject({ value: null, as_of: iso(beforeMs), complete_through: null });
  const known = Date.parse(String(Reflect.get(unknown ?? {}, "known_since")));
  expect(known).toBeGreaterThanOrEqual(beforeMs + 60_000);
  expect(known).toBeLessThanOrEqual(thenMs);

  const ahead = await engine.kpi({ metric: "sales", window: "all", by: [], where: [], at: "now", asOf: "2090-01-01" });
  expect(ahead).toMatchObject({ _tag: "Left", left: { _tag: "BadInstant" } });
});

test("every metric is explained by facts that add up to it", { timeout: 60_000 }, async () => {
  const at = iso(startMs + 19 * dayMs);
  await eachOf(questions, async ({ metric }) => {
    const made = await engine.report("explain", { metric, window: "2060-03", at, limit: "3" });
    if (isLeft(made)) throw new Error(`${metric}: ${made.left.message}`);
    const document = made.right as ExplainDocument;
    expect(document, metric).toMatchObject({ adds_up: true });
    for (const part of document.parts) {
      expect(part.shown, metric).toBe(Math.min(3, part.facts_count));
      for (const fact of part.facts) expect(fact.events.length, fact.fact_id).toBeGreaterThan(0);
    }
  });
});

test("each fact names the events that it rests on", async () => {
  const made = await engine.report("explain", {
    metric: "win_rate",
    window: "2060-03",
    at: iso(startMs + 19 * dayMs),
    group: "rep=ana",
    limit: "100",
  });
  if (isLeft(made)) throw new Error(made.left.message);
  const { answer, parts } = made.right as ExplainDocument;
  const [won, ...closed] = parts;
  expect(won).toMatchObject({ part: "numerator", total: answer.numerator });
  expect(new Set(closed.map(({ part }) => part))).toEqual(new Set(["denominator"]));
  expect(closed.reduce((sum, { total }) => sum + total, 0)).toBe(answer.denominator);
  expect(won?.facts_count).toBe(answer.numerator);
  for (const fact of won?.facts ?? []) {
    expect(fact).toMatchObject({ kind: "deal_closed", outcome: "won", owner: "ana", group: { rep: "ana" }, value: 1 });
    const types = fact.events.map(({ type }) => type);
    expect(types).toContain("deal-closed");
    expect(fact.events.map(({ occurred_at }) => occurred_at)).toEqual(
      fact.events.map(({ occurred_at }) => occurred_at).toSorted(),
    );
  }
});

test("a target is explained with its event, for the scope that was asked for", async () => {
  const target = event(startMs, {
    type: "target-set",
    metric: "sales",
    scope: "rep:ana",
    period: "2060-03",
    value: 90_000,
  });
  await clocked.append([target]);
  const args = { metric: "quota_attainment", window: "2060-03", at: iso(startMs + 19 * dayMs), group: ["rep=ana"] };
  const made = await engine.report("explain", args);
  if (isLeft(made)) throw new Error(made.left.message);
  const { answer, adds_up, parts, plan } = made.right as ExplainDocument;
  expect(adds_up).toBe(true);
  expect(answer).toMatchObject({ group: { rep: "ana" }, denominator: 90_000, numerator: parts[0]?.total });
  expect(plan).toMatchObject([
    {
      kind: "target",
      metric: "sales",
      scope: "rep:ana",
      value: 90_000,
      events: [{ type: "target-set", id: target.event_id }],
    },
  ]);
});

test("a group without facts says how to find the groups", async () => {
  const made = await engine.report("explain", { metric: "sales", window: "2060-03", group: "team=south" });
  expect(made).toMatchObject({ _tag: "Left", left: { message: expect.stringContaining("--by team") } });
});
