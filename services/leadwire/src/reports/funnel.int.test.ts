import { defaultWorkspace, type FactOutcome, type FactRecord } from "@leadwire/funnel";
import { plainFact } from "@leadwire/funnel/testing";
import { binOf } from "@leadwire/kpis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReportStore, type ReportStore } from "../testing/report-store.ts";
import type { FunnelDocument } from "./funnel.ts";

const march = (day: number): number => Date.UTC(2026, 2, day, 9);
let count = 0;
const fact = (
  kind: "stage_entered" | "stage_left",
  stage: string,
  outcome: FactOutcome,
  durationMs: number | null = null,
  atMs = march(5),
): FactRecord => {
  count += 1;
  const bin = durationMs === null ? null : binOf(durationMs);
  return plainFact({
    factId: `crm/e${count}/${kind}/0`,
    kind,
    outcome,
    atMs,
    durationMs,
    bin,
    businessMs: durationMs === null ? null : durationMs / 4,
    businessBin: durationMs === null ? null : binOf(durationMs / 4),
    dimensions: { stage, team: "north" },
  });
};
const hour = 3_600_000;

const facts: ReadonlyArray<FactRecord> = [
  ...[1, 2, 3, 4].map(() => fact("stage_entered", "new", "entered")),
  fact("stage_left", "new", "advanced", 4 * hour),
  fact("stage_left", "new", "advanced", 8 * hour),
  fact("stage_left", "new", "lost", 24 * hour),
  fact("stage_entered", "contacted", "entered"),
  fact("stage_entered", "contacted", "skipped"),
  fact("stage_left", "contacted", "advanced"),
  fact("stage_entered", "qualified", "entered"),
  fact("stage_left", "qualified", "regressed", 2 * hour),
  fact("stage_entered", "contacted", "again"),
  fact("stage_left", "contacted", "no_decision", hour),
  // Not in the window.
  fact("stage_entered", "new", "entered", null, march(31)),
];

const two = {
  ...defaultWorkspace,
  pipelines: [
    ...defaultWorkspace.pipelines,
    { id: "partners", stages: [{ id: "signed", probability: 9_000 }], qualifiedFrom: 0, opportunityFrom: 0 },
  ],
};

let store: ReportStore;
beforeAll(async () => {
  store = await openReportStore(two, march(20));
  await store.hold(facts);
});
afterAll(() => store.dispose());

test("each stage of a pipeline counts what came, went on, went back and was lost, and how long visits took", async () => {
  const document = await store.report<FunnelDocument>("funnel", { window: "2026-03", pipeline: "default" });
  const [pipeline, ...others] = document.pipelines;
  expect(others).toEqual([]);
  expect(pipeline?.stages.map(({ stage }) => stage)).toEqual([
    "new",
    "contacted",
    "qualified",
    "proposal",
    "negotiation",
  ]);
  expect(pipeline?.stages.slice(0, 4)).toMatchObject([
    { entries: 4, exits: 3, advances: 2, lost: 1, regressions: 0, conversion: 0.5, share_of_first: 1 },
    { entries: 2, skipped: 1, entered_again: 1, exits: 2, advances: 1, no_decision: 1, conversion: 0.5 },
    { entries: 1, exits: 1, advances: 0, regressions: 1, conversion: 0, share_of_first: 0.25 },
    { entries: 0, exits: 0, conversion: null, time_in_stage: { count: 0, p50: null, mean: null } },
  ]);
  expect(pipeline?.stages[0]?.time_in_stage).toEqual({
    count: 3,
    p50: 8 * 3_600,
    mean: 12 * 3_600,
    business_p50: 2 * 3_600,
    business_mean: 3 * 3_600,
  });
});

test("pipelines stand apart, groups too, and a pipeline that is not there is refused", async () => {
  const all = await store.report<FunnelDocument>("funnel", { window: "2026-03" });
  expect(all.pipelines.map(({ pipeline }) => pipeline)).toEqual(["default", "partners"]);
  const byTeam = await store.report<FunnelDocument>("funnel", { window: "2026-03", by: "team" });
  expect(byTeam.pipelines.map(({ group, pipeline }) => [group, pipeline])).toEqual([[{ team: "north" }, "default"]]);
  await expect(store.report("funnel", { window: "2026-03", pipeline: "sales" })).rejects.toThrow(
    'There is no pipeline "sales": there are default, partners.',
  );
  await expect(store.report("funnel", { window: "2026-03", by: "stage" })).rejects.toThrow("no dimension");
});
