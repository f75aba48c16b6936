import { expect, test } from "vitest";
import { cohortsText } from "./commands/cohorts.ts";
import { qualityText } from "./commands/quality.ts";
import { waterfallText } from "./commands/waterfall.ts";
import { restatementsText } from "./restatements-text.ts";

const head = {
  window: { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" },
  at: "2026-04-02T00:00:00.000Z",
  complete_through: "2026-04-01T09:00:00.000Z",
};
const none = { amount_minor: 0, deals: 0 };

test("a waterfall leaves out what did not happen, and says whether it adds up", () => {
  const waterfall = {
    group: {},
    start_minor: 10_000,
    start_deals: 1,
    steps: {
      created: { amount_minor: 5_000, deals: 1 },
      reopened: none,
      pulled_in: none,
      transferred_in: none,
      changed: { amount_minor: 2_000, deals: 1 },
      transferred_out: none,
      slipped: none,
      won: { amount_minor: -12_000, deals: 1 },
      lost: none,
    },
    end_minor: 5_000,
    end_deals: 1,
    adds_up: true,
  };
  const deal = {
    group: [],
    lead_id: "L1",
    deal_id: "L1",
    start_minor: 10_000,
    steps: { won: -12_000, changed: 2_000 },
    end_minor: 0,
    open_at_start: true,
    open_at_end: false,
    outcome: "won" as const,
    due_before_ms: null,
    due_after_ms: null,
  };
  const document = {
    ...head,
    currency: "USD",
    read: { from: head.window.from, to: head.window.to },
    closing: "all" as const,
    waterfalls: [waterfall],
    deals: [deal],
    deals_total: 2,
  };
  const text = waterfallText(document, "UTC");
  expect(text).toMatch(/start +100\.00 USD +1\ncreated +50\.00 USD +1\nchanged +20\.00 USD +1\nwon +-120\.00 USD +1\n/);
  expect(text).not.toContain("slipped");
  expect(text).toContain("It adds up");
  expect(text).toMatch(/L1 +L1 +changed 20\.00 USD, won -120\.00 USD +100\.00 USD +– +-100\.00 USD/);
  expect(text).toContain("The 1 of 2 with the largest steps; --limit N shows more.");
  const wrong = { ...document, waterfalls: [{ ...waterfall, adds_up: false }] };
  expect(waterfallText(wrong, "UTC")).toContain("does NOT add up");
});

test("cohorts mark the age that is not over, and leave ages blank that have not begun", () => {
  const cohort = {
    group: {},
    cohort: "2026-03",
    from: "2026-03-01T00:00:00.000Z",
    to: "2026-04-01T00:00:00.000Z",
    size: 4,
    values: [0.25, 0.5, null],
    numerators: [1, 2, null],
    running_age: 1,
    flags: ["small_sample" as const],
  };
  const document = { ...head, metric: "conversion_rate", members: "leads", every: "month", cohorts: [cohort] };
  expect(cohortsText(document, "UTC")).toMatch(/2026-03 +4 +25\.00 % +50\.00 %\*\n/);
  expect(cohortsText({ ...document, cohorts: [{ ...cohort, size: 0 }] }, "UTC")).toContain("No leads began");
});

test("quality tells a trend in points, and shows the list with the fix", () => {
  const line = {
    check: "orphans",
    means: "Leads without a lead-created",
    count: 3,
    of: 4,
    of_what: "leads first seen",
    share: 0.75,
    prior_share: 0.5,
    trend: 0.25,
    fix: "Import the leads, too.",
  };
  expect(qualityText({ ...head, checks: [line] }, "UTC")).toMatch(
    /orphans +3 +75\.00 % +4 leads first seen +25 points worse/,
  );
  const all = qualityText({ ...head, checks: [{ ...line, prior_share: null, trend: null }] }, "UTC");
  expect(all).toContain("With --window 30d, or another one: whether it gets better.\n");
  const item = { id: "L1", lead_id: "L1", owner: "ana", at: "2026-03-02T09:00:00.000Z", detail: "2 facts" };
  const listed = qualityText({ ...head, checks: [line], list: [item] }, "UTC");
  expect(listed).toContain("Import the leads, too.");
  expect(listed).not.toContain("\n\n\n");
  expect(listed).toMatch(/L1 +L1 +ana +2026-03-02 09:00 +2 facts\nThe newest 1 of 3/);
});

test("a restatement of parts alone shows them in their unit, and names two events at most", () => {
  const window = { since: head.at, period: "month" as const, cut: false };
  const event = (id: string) => ({ type: "deal-closed", source: "crm", id, occurred_at: head.at });
  const one = {
    ...{ period: "2026-03", metric: "ltv_to_cac", unit: "x" as const, currency: "EUR", at: head.at },
    ...{ before: { value: null, denominator: 33_411.17 }, after: { value: null, denominator: 35_222.9 } },
    ...{ event_count: 5, events: ["e1", "e2", "e3"].map(event) },
  };
  const text = restatementsText({ ...window, restatements: [one] }, "UTC");
  expect(text).toMatch(
    /– \(– \/ 334\.11 EUR\) +– \(– \/ 352\.23 EUR\) +deal-closed crm\/e1, deal-closed crm\/e2 and 3 more/u,
  );
  const imported = { ...one, backfill: "import-1", event_count: 1 };
  expect(restatementsText({ ...window, restatements: [imported] }, "UTC")).toContain("import-1 (1 event)\n");
});
