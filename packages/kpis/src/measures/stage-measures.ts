import { dimensions, type FactOutcome } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";

const ofStages = {
  value: "none",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions,
  // Most events of a lead make some: reps, teams and pipelines are left to facts.
  slicedBy: ["stage"],
} as const;

const left = (id: string, outcomes: ReadonlyArray<FactOutcome>): Measure => ({
  ...ofStages,
  id,
  kind: "stage_left",
  outcomes,
});

/** Deals that came into a stage for the first time, or past it. */
export const stageEntries: Measure = {
  ...ofStages,
  id: "stage_entries",
  kind: "stage_entered",
  outcomes: ["entered", "skipped"],
};
/** Deals that came back into a stage. */
export const stageReentries: Measure = {
  ...ofStages,
  id: "stage_reentries",
  kind: "stage_entered",
  outcomes: ["again"],
};

/** Deals that went past a stage for the first time, a win included. */
export const stageAdvances = left("stage_advances", ["advanced"]);
/** Moves from a stage to an earlier one. */
export const stageRegressions = left("stage_regressions", ["regressed"]);
/** Deals that were lost, or closed without a decision, in a stage. */
export const stageLosses = left("stage_losses", ["lost", "no_decision"]);

/** Milliseconds of each visit to a stage that has ended. */
export const stageVisits: Measure = {
  ...ofStages,
  id: "stage_visits",
  kind: "stage_left",
  value: "durationMs",
  binned: true,
  slicedBy: "none",
};
export const stageVisitsBusiness: Measure = {
  ...stageVisits,
  id: "stage_visits_business",
  value: "businessMs",
};

/** Milliseconds that won deals spent in a stage, all visits together, at the close. */
export const wonStageTimes: Measure = {
  ...ofStages,
  id: "won_stage_times",
  kind: "won_stage_time",
  value: "durationMs",
  binned: true,
  slicedBy: "none",
};
export const wonStageTimesBusiness: Measure = { ...wonStageTimes, id: "won_stage_times_business", value: "businessMs" };
