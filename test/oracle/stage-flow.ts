import type { StageChanged } from "@leadwire/events";
import type { FactOutcome } from "@leadwire/funnel";
import { businessMsBetween } from "./business-time.ts";
import type { Counted } from "./counted.ts";
import { closeDimensions, dealsOf, type Step, standingClosesOf } from "./deal.ts";
import { attributeOf, type Lead } from "./lead.ts";
import { dealOf, dimensionsAt } from "./ownership.ts";

interface Visit {
  readonly stage: string;
  readonly sinceMs: number;
}

/** Where one deal came in and went out, and how long it stayed. */
interface Walk {
  readonly entered: Array<Counted>;
  readonly left: Array<Counted>;
  readonly visits: Array<{ readonly stage: string; readonly fromMs: number; readonly toMs: number }>;
}

/** The stages of the lead's pipeline in order, of the first one where it names none that exists. */
const ownStages = (lead: Lead): ReadonlyArray<string> => {
  const { pipelines } = lead.workspace;
  const own = pipelines.find(({ id }) => id === attributeOf(lead, "pipeline")) ?? pipelines[0];
  return (own?.stages ?? []).map(({ id }) => id);
};

/** Walks a deal through its stages, one step after another. */
class DealWalk implements Walk {
  readonly entered: Array<Counted> = [];
  readonly left: Array<Counted> = [];
  readonly visits: Array<{ readonly stage: string; readonly fromMs: number; readonly toMs: number }> = [];
  private readonly lead: Lead;
  private readonly stages: ReadonlyArray<string>;
  /** Stages it has come into or past, and those it has gone past. */
  private readonly reached = new Set<string>();
  private readonly passed = new Set<string>();
  private current: Visit | null = null;

  constructor(lead: Lead, steps: ReadonlyArray<Step>) {
    this.lead = lead;
    this.stages = ownStages(lead);
    for (const step of steps) {
      if (step.type === "stage-changed") this.moves(step);
      else this.closes(step);
    }
  }

  private moves(step: StageChanged): void {
    const from = this.current;
    const index = this.stages.indexOf(step.to_stage);
    // A stage of another pipeline has no place in this one: the deal stands still meanwhile.
    if (index < 0 || from?.stage === step.to_stage) return;
    if (from !== null) {
      if (index > this.stages.indexOf(from.stage)) this.goesPast(step, from.stage);
      else this.leaves(step, from.stage, "regressed");
    }
    for (const stage of this.stages.slice(0, index)) this.passes(step, stage);
    this.enters(step, step.to_stage, this.reached.has(step.to_stage) ? "again" : "entered");
    this.current = { stage: step.to_stage, sinceMs: step.occurred_at };
  }

  private closes(step: Exclude<Step, StageChanged>): void {
    const from = this.current;
    if (step.outcome === "won") {
      if (from !== null) this.goesPast(step, from.stage);
      for (const stage of this.stages) this.passes(step, stage);
    } else if (from !== null) {
      this.leaves(step, from.stage, step.outcome);
    }
    this.current = null;
  }

  /** A stage that now lies behind the deal, whether it stopped there or not. */
  private passes(step: Step, stage: string): void {
    if (!this.passed.has(stage)) this.goesPast(step, stage);
    if (!this.reached.has(stage)) this.enters(step, stage, "skipped");
  }

  private goesPast(step: Step, stage: string): void {
    this.leaves(step, stage, this.passed.has(stage) ? "advanced_again" : "advanced");
    this.passed.add(stage);
  }

  private enters(step: Step, stage: string, outcome: FactOutcome): void {
    this.reached.add(stage);
    this.entered.push({ atMs: step.occurred_at, outcome, dimensions: this.dimensions(step, stage) });
  }

  private leaves(step: Step, stage: string, outcome: FactOutcome): void {
    const counted = { atMs: step.occurred_at, outcome, dimensions: this.dimensions(step, stage) };
    const visit = this.current;
    if (visit === null || visit.stage !== stage) {
      this.left.push(counted);
      return;
    }
    const [fromMs, toMs] = [visit.sinceMs, step.occurred_at];
    this.visits.push({ stage, fromMs, toMs });
    const businessMs = businessMsBetween(fromMs, toMs, this.lead.workspace);
    this.left.push({ ...counted, durationMs: toMs - fromMs, businessMs });
    this.current = null;
  }

  private dimensions(step: Step, stage: string) {
    return dimensionsAt({ lead: this.lead, scope: { deal: dealOf(step) }, stage }, step);
  }
}

const walksOf = (lead: Lead): ReadonlyArray<DealWalk> => dealsOf(lead).map(({ steps }) => new DealWalk(lead, steps));

export const stageEntriesOf = (lead: Lead): ReadonlyArray<Counted> => walksOf(lead).flatMap(({ entered }) => entered);
export const stageExitsOf = (lead: Lead): ReadonlyArray<Counted> => walksOf(lead).flatMap(({ left }) => left);

/** At the standing close of a won deal: all the time that it spent in each stage it stopped in. */
export const wonStageTimesOf = (lead: Lead): ReadonlyArray<Counted> =>
  standingClosesOf(lead)
    .filter(({ close }) => close.outcome === "won")
    .flatMap((standing) => {
      const { close, before } = standing;
      const { visits } = new DealWalk(lead, [...before, close]);
      return [...Map.groupBy(visits, ({ stage }) => stage)].map(([stage, inStage]) => ({
        atMs: close.occurred_at,
        durationMs: inStage.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0),
        businessMs: inStage.reduce((sum, v) => sum + businessMsBetween(v.fromMs, v.toMs, lead.workspace), 0),
        dimensions: { ...closeDimensions(standing), stage },
      }));
    });
