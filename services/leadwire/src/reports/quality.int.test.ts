import { defaultWorkspace, type FactKind, type FactRecord } from "@leadwire/funnel";
import { plainFact } from "@leadwire/funnel/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReportStore, type ReportStore } from "../testing/report-store.ts";
import type { QualityDocument } from "./quality.ts";

const at = (text: string): number => Date.parse(`2026-${text}T09:00:00Z`);
type Part = Partial<Omit<FactRecord, "factId" | "kind" | "atMs">>;
let count = 0;
const fact = (kind: FactKind, leadId: string, on: string, part: Partial<Part> = {}): FactRecord => {
  count += 1;
  return plainFact({ factId: `crm/e${count}/${kind}/0`, kind, atMs: at(on), leadId, dealId: leadId, ...part });
};
const owned = { owner: "ana", channel: "google-ads" };

const facts: ReadonlyArray<FactRecord> = [
  fact("lead_created", "L1", "03-02", { dimensions: { ...plainDimensions(), ...owned } }),
  fact("activity", "L1", "03-03"),
  fact("lead_created", "L2", "03-04"),
  fact("lead_created", "L0", "02-04"),
  fact("stage_entered", "orphan", "03-05"),
  fact("lead_responded", "L1", "03-03", { outcome: "first_touch" }),
  fact("lead_responded", "L2", "03-04", { outcome: "early_touch" }),
  fact("deal_pipeline", "L1", "03-06", {
    amountMinor: 500,
    dueAtMs: at("03-08"),
    dimensions: { ...plainDimensions(), ...owned },
  }),
  fact("deal_pipeline", "L2", "03-06"),
  fact("deal_closed", "L3", "03-01", { outcome: "won", cohortAtMs: at("03-02") }),
  fact("deal_closed", "L4", "03-07", { outcome: "won", amountMinor: 9, cohortAtMs: at("03-02") }),
  fact("deal_closed", "L5", "03-07", { outcome: "lost" }),
  fact("contract", "L4", "03-07", { outcome: "no_term" }),
];

function plainDimensions(): FactRecord["dimensions"] {
  return plainFact({ factId: "", kind: "activity", atMs: 0 }).dimensions;
}

let store: ReportStore;
beforeAll(async () => {
  store = await openReportStore(defaultWorkspace, at("03-20"));
  await store.hold(facts);
});
afterAll(() => store.dispose());

const quality = (args: Record<string, string>): Promise<QualityDocument> =>
  store.report<QualityDocument>("quality", args);

test("each check tells how many of how many it finds fault with", async () => {
  const { checks } = await quality({ window: "2026-03" });
  expect(Object.fromEntries(checks.map((line) => [line.check, [line.count, line.of, line.share]]))).toEqual({
    leads_without_owner: [1, 2, 0.5],
    leads_without_channel: [1, 2, 0.5],
    orphans: [4, 6, 4 / 6],
    early_touches: [1, 2, 0.5],
    leads_without_activity: [1, 2, 0.5],
    stages_of_another_pipeline: [0, 0, null],
    silent_sources: [0, 0, null],
    deals_without_owner: [1, 2, 0.5],
    deals_without_amount: [1, 2, 0.5],
    deals_without_close_date: [1, 2, 0.5],
    overdue_closes: [1, 2, 0.5],
    wins_without_amount: [1, 2, 0.5],
    losses_without_amount: [1, 1, 1],
    negative_cycles: [1, 2, 0.5],
    contracts_without_term: [1, 1, 1],
  });
});

test("the trend is the difference to the share of the window before", async () => {
  const { checks } = await quality({ window: "2026-03" });
  expect(checks[0]).toMatchObject({ check: "leads_without_owner", prior_share: 1, trend: -0.5 });
  const all = await quality({});
  expect(all.checks.every(({ trend }) => trend === null)).toBe(true);
});

test("the list behind a check names what it found, and an unknown check those there are", async () => {
  const { list, checks } = await quality({ window: "2026-03", list: "overdue_closes" });
  expect(list).toEqual([
    { id: "L1", lead_id: "L1", owner: "ana", at: "2026-03-06T09:00:00.000Z", detail: "expected 2026-03-08" },
  ]);
  expect(checks).toHaveLength(1);
  expect((await quality({ list: "orphans", limit: "1" })).list).toHaveLength(1);
  await expect(quality({ list: "typos" })).rejects.toThrow('There is no check "typos": there are leads_without_owner');
});
