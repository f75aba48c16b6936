/** What has to hold between numbers, whatever the company: asked of the engine alone. */
import type { Dimension } from "@leadwire/funnel";
import { evaluateKpi, type KpiAnswer, type KpiContext } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { type HeldTwice, holdTwice } from "./difference-run.ts";
import { type Random, randomOf } from "./random.ts";
import { dimensionsOf, metricNames } from "./random-question.ts";
import { quarantineReason } from "./standing.ts";

const seeds = Array.from({ length: 10 }, (_, n) => 101 + n);
const dayMs = 86_400_000;
const companies = new Map<number, HeldTwice>();
const companyOf = (seed: number): HeldTwice => {
  const held = companies.get(seed) ?? holdTwice(seed);
  companies.set(seed, held);
  return held;
};

type Where = ReadonlyArray<readonly [string, string]>;

const ask = async (
  context: KpiContext,
  metric: string,
  window: string,
  atMs: number,
  by: ReadonlyArray<string> = [],
  where: Where = [],
): Promise<ReadonlyArray<KpiAnswer>> => {
  const found = await evaluateKpi({ metric, window, atMs, by, where }, context);
  if (isLeft(found)) throw new Error(found.left.message);
  return found.right;
};

const text = (ms: number): string => new Date(ms).toISOString();

/** A stretch of the company's time, and an instant after its end. */
const stretchOf = (random: Random, { company: { fromMs, toMs } }: HeldTwice) => {
  const from = random.whole(fromMs - 5 * dayMs, toMs);
  const to = random.whole(from + 1, toMs + 20 * dayMs);
  return { from, to, window: `${text(from)}..${text(to)}`, atMs: to + random.pick([0, 1, 40 * dayMs]) };
};

/** Any set of accounts or deals that a filter can name. */
const someOf = (random: Random): Where =>
  random.pick<Where>([
    [],
    [],
    [["channel", random.pick(["web", "fair", "(none)"])]],
    [["owner", random.pick(["ana", "bogdan", "(none)"])]],
    [
      ["team", random.pick(["north", "south"])],
      ["region", random.pick(["East", "(none)"])],
    ],
  ]);

describe.each(seeds)("over company %i", (seed) => {
  const valueOver = async (metric: string, window: string, atMs: number, where: Where = []): Promise<number | null> =>
    (await ask(companyOf(seed).context, metric, window, atMs, [], where))[0]?.value ?? null;

  test("the mrr of a window's start and its movements make that of its end, for any accounts", async () => {
    const random = randomOf(seed);
    for (let n = 0; n < 6; n += 1) {
      const { window, atMs } = stretchOf(random, companyOf(seed));
      const where = someOf(random);
      const [end, ...parts] = await Promise.all(
        ["level", "start", "new", "expansion", "contraction", "churn", "reactivation"].map((name) =>
          valueOver(`mrr.${name}`, window, atMs, where),
        ),
      );
      expect(
        parts.reduce<number>((sum, part) => sum + (part ?? 0), 0),
        `${window} ${JSON.stringify(where)}`,
      ).toBe(end);
    }
  });

  test("retention and churn make one whole, and what revenue keeps and loses another", async () => {
    const random = randomOf(seed);
    for (let n = 0; n < 6; n += 1) {
      const { window, atMs } = stretchOf(random, companyOf(seed));
      const [kept, lost, retained, churned] = await Promise.all(
        ["retention_rate", "churn_rate", "grr", "revenue_churn"].map((name) => valueOver(name, window, atMs)),
      );
      expect(kept === null).toBe(lost === null);
      expect(retained === null).toBe(churned === null);
      if (typeof kept === "number" && typeof lost === "number") expect(kept + lost).toBeCloseTo(1, 12);
      if (typeof retained === "number" && typeof churned === "number") expect(retained + churned).toBeCloseTo(1, 12);
    }
  });

  test("won, lost, undecided and open deals are those that ever became an opportunity", async () => {
    const { company, driver } = companyOf(seed);
    const atMs = company.toMs + 60 * dayMs;
    const counts = await Promise.all([
      ask(companyOf(seed).context, "win_rate", "all", atMs),
      ask(companyOf(seed).context, "pipeline_volume", "all", atMs),
    ]);
    const closed = counts[0][0]?.denominator ?? Number.NaN;
    const open = counts[1][0]?.value ?? Number.NaN;
    // A deal that became an opportunity came into the pipeline, or was won without having been in it.
    const deals = new Set(
      driver
        .facts()
        .filter(
          ({ kind, outcome }) => kind === "deal_pipeline" || (kind === "deal_closed" && outcome !== "disqualified"),
        )
        .map(({ leadId, dealId }) => `${leadId}/${dealId}`),
    );
    expect(closed + open).toBe(deals.size);
  });

  test("the pipeline of today is yesterday's with what entered and without what left", async () => {
    const random = randomOf(seed);
    const { driver, company } = companyOf(seed);
    for (let n = 0; n < 6; n += 1) {
      const today = random.whole(company.fromMs, company.toMs + 5 * dayMs);
      const yesterday = today - dayMs;
      const between = driver
        .facts()
        .filter(({ kind, atMs }) => kind === "deal_pipeline" && atMs >= yesterday && atMs < today);
      for (const [metric, take] of [
        ["pipeline_volume", "count"],
        ["pipeline_value", "amountMinor"],
      ] as const) {
        const [before, after] = await Promise.all([
          valueOver(metric, "all", yesterday),
          valueOver(metric, "all", today),
        ]);
        const entered = between.filter(({ count }) => count > 0).reduce((sum, fact) => sum + fact[take], 0);
        const left = between.filter(({ count }) => count < 0).reduce((sum, fact) => sum - fact[take], 0);
        expect((before ?? 0) + entered - left, `${metric} at ${text(today)}`).toBe(after);
      }
    }
  });

  test("each record of the log was applied, a duplicate or quarantined, and just as many as the definitions say", () => {
    const { driver, company } = companyOf(seed);
    const counts = [...driver.tasks.values()]
      .filter(({ topic }) => !topic.includes("account-log"))
      .flatMap(({ ledger }) => ledger.entries().map((entry) => entry.counts));
    const sumOf = (take: (count: (typeof counts)[number]) => number): number =>
      counts.reduce((sum, count) => sum + take(count), 0);
    expect(sumOf(({ applied, duplicate, quarantined }) => applied + duplicate + quarantined)).toBe(
      company.events.length,
    );
    const refused = company.events.filter((record) => quarantineReason(record, company.workspace) !== null);
    expect(sumOf(({ quarantined }) => quarantined)).toBe(refused.length);
  });

  test("the weighted pipeline is never above the pipeline, nor below nothing", async () => {
    const random = randomOf(seed);
    const { context, company } = companyOf(seed);
    for (let n = 0; n < 4; n += 1) {
      const atMs = random.whole(company.fromMs, company.toMs);
      for (const by of ["company", "owner", "stage"]) {
        const worth = await ask(context, "pipeline_value", "all", atMs, [by]);
        const weighted = await ask(context, "weighted_pipeline", "all", atMs, [by]);
        expect(weighted.map(({ group }) => group)).toEqual(worth.map(({ group }) => group));
        for (const [at, { value }] of weighted.entries()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(worth[at]?.value ?? 0);
        }
      }
    }
  });
});

/** Numbers that add up over groups. */
const additive = metricNames.filter((name) =>
  /^(new_leads|sales_qualified_leads|unanswered_leads(\.count)?|win_rate\.disqualified|sales(\.units|\.cost)?|pipeline_(value|volume|coverage\.overdue)|weighted_pipeline|stage_flow.*|sales_activity.*|conversion_rate\.regressions|annual_contract_value\.without_term|mrr.*|arr|active_customers|new_customers)$/.test(
    name,
  ),
);

describe.each(seeds.slice(0, 5))("over company %i", (seed) => {
  test("the groups of every number that adds up make the company's, by every dimension", async () => {
    const random = randomOf(seed);
    const held = companyOf(seed);
    for (const metric of additive) {
      const { window, atMs } = stretchOf(random, held);
      const [company] = await ask(held.context, metric, window, atMs);
      for (const dimension of dimensionsOf(metric) as ReadonlyArray<Dimension>) {
        const groups = await ask(held.context, metric, window, atMs, [dimension]);
        const sum = groups.reduce((total, { value }) => total + (value ?? 0), 0);
        expect(sum, `${metric} by ${dimension} in ${window}`).toBeCloseTo(company?.value ?? 0, 6);
      }
    }
  });
});
