import { afterAll, beforeAll, expect, test } from "vitest";
import type { CohortsDocument } from "../reports/cohorts.ts";
import type { FunnelDocument } from "../reports/funnel.ts";
import type { MovementsDocument } from "../reports/movements.ts";
import type { QualityDocument } from "../reports/quality.ts";
import type { WaterfallDocument } from "../reports/waterfall.ts";
import { openTestCli, type TestCli } from "../testing/test-cli.ts";

/** From events to reports, through the whole engine. */

const at = (day: string): string => `2026-${day}T09:00:00Z`;
let count = 0;
const event = (type: string, on: string, fields: object): object => {
  count += 1;
  return { type, event_id: `e${count}`, source_system: "crm", occurred_at: at(on), ...fields };
};
const created = (lead: string, on: string, fields: object = {}): object =>
  event("lead-created", on, { lead_id: lead, owner: "ana", team: "north", channel: "google-ads", ...fields });
const moved = (lead: string, on: string, stage: string, fields: object = {}): object =>
  event("stage-changed", on, { lead_id: lead, to_stage: stage, ...fields });
const closed = (lead: string, on: string, outcome: string, amount: number): object =>
  event("deal-closed", on, { lead_id: lead, outcome, amount_minor: amount, currency: "USD", lines: [] });
const amount = (minor: number, due?: string): object => ({
  amount_minor: minor,
  currency: "USD",
  ...(due === undefined ? {} : { expected_close_on: `2026-${due}` }),
});
const mrr = (account: string, on: string, minor: number): object =>
  event("subscription-changed", on, {
    account_id: account,
    subscription_id: "s",
    mrr_minor: minor,
    currency: "USD",
    reason: minor === 0 ? "cancelled" : "changed",
  });

const story: ReadonlyArray<object> = [
  created("L1", "01-05"),
  moved("L1", "01-06", "contacted"),
  moved("L1", "01-08", "proposal", amount(1_000, "02-15")),
  closed("L1", "02-10", "won", 1_500),
  created("L2", "01-07"),
  moved("L2", "01-08", "proposal", amount(700, "02-20")),
  moved("L2", "02-03", "qualified"),
  closed("L2", "02-12", "lost", 0),
  created("L3", "02-01"),
  moved("L3", "02-02", "negotiation", amount(300, "02-25")),
  moved("L3", "02-14", "negotiation", amount(350, "05-01")),
  created("L4", "02-05", { owner: undefined, pipeline: "partners" }),
  moved("L4", "02-06", "contacted"),
  moved("orphan", "02-07", "proposal"),
  mrr("A", "01-10", 100),
  mrr("A", "02-10", 150),
  mrr("B", "02-11", 40),
  mrr("A", "03-10", 0),
];

let cli: TestCli;
let end: () => void;
let ended: Promise<void>;
beforeAll(async () => {
  cli = openTestCli();
  cli.write(
    "leadwire.yaml",
    [
      "pipelines:",
      "  - id: default",
      "    stages:",
      "      - { id: new, probability: 0.05 }",
      "      - { id: contacted, probability: 0.1 }",
      "      - { id: qualified, probability: 0.25, qualified: true }",
      "      - { id: proposal, probability: 0.5, opportunity: true }",
      "      - { id: negotiation, probability: 0.75 }",
      "  - id: partners",
      "    stages:",
      "      - { id: signed, probability: 0.9, qualified: true, opportunity: true }",
    ].join("\n"),
  );
  cli.write("story.jsonl", story.map((one) => JSON.stringify(one)).join("\n"));
  const opened = new Promise<void>((resolve) => {
    const stopped = new Promise<void>((stop) => {
      end = stop;
    });
    ended = cli.whileOpen(async () => {
      resolve();
      await stopped;
    });
  });
  await opened;
  expect(await cli.answered("import", "story.jsonl")).toMatchObject({ events: { applied: story.length } });
}, 60_000);
afterAll(async () => {
  end();
  await ended;
  cli.remove();
}, 60_000);

test("the funnel counts each deal once, also where it skips a stage or goes back", async () => {
  const { pipelines } = await cli.answered<FunnelDocument>("funnel", "--window", "2026", "--pipeline", "default");
  const told = pipelines[0]?.stages.map((stage) => [
    stage.stage,
    stage.entries,
    stage.advances,
    stage.regressions,
    stage.lost,
    stage.conversion,
  ]);
  expect(told?.slice(2)).toEqual([
    ["qualified", 4, 4, 0, 1, 1],
    ["proposal", 4, 2, 1, 0, 0.5],
    ["negotiation", 2, 1, 0, 0, 0.5],
  ]);
  expect(pipelines[0]?.stages[3]?.time_in_stage.count).toBe(2);
});

test("the waterfall tells what happened to each deal of the pipeline, and adds up", async () => {
  const document = await cli.answered<WaterfallDocument>("waterfall", "--window", "2026-02", "--deals");
  expect(Object.fromEntries((document.deals ?? []).map((deal) => [deal.lead_id, deal.steps]))).toEqual({
    L1: { changed: 500, won: -1_500 },
    L2: { lost: -700 },
    L3: { created: 350 },
    orphan: { created: 0 },
  });
  expect(document.waterfalls).toMatchObject([{ start_minor: 1_700, end_minor: 350, end_deals: 2, adds_up: true }]);
  const closing = ["--closing", "2026-Q1", "--deals"];
  const first = await cli.answered<WaterfallDocument>("waterfall", "--window", "2026-02-01..2026-02-13", ...closing);
  expect(first.waterfalls).toMatchObject([{ end_minor: 300, adds_up: true }]);
  const second = await cli.answered<WaterfallDocument>("waterfall", "--window", "2026-02-13..2026-03-01", ...closing);
  expect(second.deals).toMatchObject([{ lead_id: "L3", steps: { slipped: -300 } }]);
});

test("cohorts and movements follow leads and accounts from where they began", async () => {
  const won = await cli.answered<CohortsDocument>("cohorts", "conversion_rate", "--window", "2026-Q1", "--ages", "2");
  expect(won.cohorts.slice(0, 2).map(({ size, values }) => [size, ...values])).toEqual([
    [2, 0, 0.5],
    [2, 0, 0],
  ]);
  const { periods } = await cli.answered<MovementsDocument>("movements", "--window", "2026-Q1");
  expect(periods.map(({ end_minor, end_accounts, adds_up }) => [end_minor, end_accounts, adds_up])).toEqual([
    [100, 1, true],
    [190, 2, true],
    [40, 1, true],
  ]);
  expect(periods[1]?.movements).toMatchObject({ new: { amount_minor: 40 }, expansion: { amount_minor: 50 } });
});

test("quality finds what is missing or odd, with the list behind it", async () => {
  const { checks } = await cli.answered<QualityDocument>("quality");
  const found = Object.fromEntries(checks.map(({ check, count: faults, of }) => [check, [faults, of]]));
  expect(found).toMatchObject({
    leads_without_owner: [1, 4],
    orphans: [1, 5],
    leads_without_activity: [4, 4],
    stages_of_another_pipeline: [1, 8],
    silent_sources: [1, 1],
    deals_without_amount: [1, 2],
    overdue_closes: [1, 2],
  });
  const { list } = await cli.answered<QualityDocument>("quality", "--list", "stages_of_another_pipeline");
  expect(list).toMatchObject([{ lead_id: "L4", detail: "contacted is no stage of partners" }]);
  expect((await cli.run("quality", "--list", "typos")).code).toBe(2);
});

test("as of an earlier time, a report is what it was then, whatever was imported since", async () => {
  const commands = [
    ["waterfall", "--window", "2026-02", "--deals"],
    ["funnel", "--window", "2026"],
    ["movements", "--window", "2026-Q1"],
    ["cohorts", "conversion_rate", "--window", "2026-Q1"],
  ];
  const at = "2026-07-01";
  const ask = (more: ReadonlyArray<string>) =>
    Promise.all(commands.map((command) => cli.answered<object>(...command, "--at", at, ...more)));
  const before = await ask([]);
  const then = new Date(performance.timeOrigin + performance.now()).toISOString();
  const late = [
    moved("L3", "02-15", "negotiation", amount(999)),
    closed("L4", "02-20", "won", 10),
    mrr("B", "02-20", 90),
  ];
  cli.write("late.jsonl", late.map((one) => JSON.stringify(one)).join("\n"));
  await cli.answered("import", "late.jsonl");
  const now = await ask([]);
  const asOf = await ask(["--as-of", then]);
  for (const [index, report] of before.entries()) {
    expect(now[index]).not.toEqual(report);
    expect(asOf[index]).toEqual({ ...report, as_of: then });
  }
  const nothing = await cli.answered<object>("movements", "--window", "2026-Q1", "--as-of", "2020-01-01");
  expect(nothing).toMatchObject({ as_of: "2020-01-01T00:00:00.000Z", known_since: expect.any(String) });
  expect((await cli.run("quality", "--as-of", "2020-01-01")).code).toBe(2);
});
