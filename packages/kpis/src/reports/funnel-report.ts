import { type FactKind, type FactOutcome, noValue, type Pipeline } from "@leadwire/funnel";
import { divide } from "../division.ts";
import { smallSample } from "../small-sample.ts";
import { integerOf } from "../sql/integer-of.ts";
import { groupOf, inGroups, type ReportRow, type ReportScope } from "./report-scope.ts";

/** Of the visits to a stage that ended in the window, in seconds; wall clock and business hours. */
export interface TimeInStage {
  readonly count: number;
  readonly p50: number | null;
  readonly mean: number | null;
  readonly business_p50: number | null;
  readonly business_mean: number | null;
}

/** What happened at one stage of one pipeline in the window. */
export interface FunnelStage {
  readonly stage: string;
  /** Deals that came into it for the first time, or went past it without a stop (`skipped`). */
  readonly entries: number;
  readonly skipped: number;
  /** Later entries of deals that had been in it or past it. */
  readonly entered_again: number;
  readonly exits: number;
  /** Deals that went past it for the first time, a win included. */
  readonly advances: number;
  readonly advanced_again: number;
  /** Moves to an earlier stage. */
  readonly regressions: number;
  readonly lost: number;
  readonly no_decision: number;
  /** advances / entries; null without an entry. */
  readonly conversion: number | null;
  /** entries / entries of the first stage. */
  readonly share_of_first: number | null;
  readonly time_in_stage: TimeInStage;
  readonly flags: ReadonlyArray<"small_sample">;
}

/** One pipeline of one group, stage by stage in their order. */
export interface FunnelPipeline {
  readonly group: Readonly<Record<string, string>>;
  readonly pipeline: string;
  readonly stages: ReadonlyArray<FunnelStage>;
}

/** What the queries answered: values of the group, pipeline and stage, then as the query says. */
export interface FunnelRows {
  readonly counts: ReadonlyArray<ReportRow>;
  readonly visits: ReadonlyArray<ReportRow>;
  readonly businessVisits: ReadonlyArray<ReportRow>;
}

interface Bin {
  readonly bin: number;
  readonly count: bigint;
  readonly sum: bigint;
}

const msPerSecond = 1000n;

/** Nearest rank over bins, and the mean, in seconds (kpis.md, "Percentiles"). */
const timesOf = (rows: ReadonlyArray<ReportRow>, at: number) => {
  const bins = rows
    .map((row): Bin => ({ bin: Number(row[at]), count: integerOf(row[at + 1]), sum: integerOf(row[at + 2]) }))
    .sort((a, b) => a.bin - b.bin);
  const count = bins.reduce((n, bin) => n + bin.count, 0n);
  if (count === 0n) return { count, p50: null, mean: null };
  const sum = bins.reduce((all, bin) => all + bin.sum, 0n);
  const rank = (count + 1n) / 2n;
  let passed = 0n;
  const middle = bins.find((bin) => {
    passed += bin.count;
    return passed >= rank;
  });
  const p50 = middle === undefined ? null : divide(middle.sum, middle.count * msPerSecond);
  return { count, p50, mean: divide(sum, count * msPerSecond) };
};

/** The pipeline that a fact's stage stands in: the lead's, else the first that has the stage, as the fold reads it. */
const pipelineWith = (pipelines: ReadonlyArray<Pipeline>, pipeline: string, stage: string): string => {
  const has = (one: Pipeline): boolean => one.stages.some(({ id }) => id === stage);
  const own = pipelines.find((one) => one.id === pipeline && has(one));
  return own?.id ?? pipelines.find(has)?.id ?? noValue;
};

const ofStage = (scope: ReportScope, pipelines: ReadonlyArray<Pipeline>, pipeline: string, stage: string) => {
  const at = scope.by.length;
  return (row: ReportRow): boolean =>
    row[at + 1] === stage && pipelineWith(pipelines, String(row[at]), stage) === pipeline;
};

const stageOf = (stage: string, rows: FunnelRows, at: number, firstEntries: number | undefined): FunnelStage => {
  const counted = (kind: FactKind, outcome: FactOutcome): number =>
    rows.counts
      .filter((row) => row[at] === kind && row[at + 1] === outcome)
      .reduce((sum, row) => sum + Number(integerOf(row[at + 2])), 0);
  const left = (outcome: FactOutcome): number => counted("stage_left", outcome);
  const skipped = counted("stage_entered", "skipped");
  const entries = counted("stage_entered", "entered") + skipped;
  const [advances, advancedAgain, regressions] = [left("advanced"), left("advanced_again"), left("regressed")];
  const [lost, noDecision] = [left("lost"), left("no_decision")];
  const first = firstEntries ?? entries;
  const wall = timesOf(rows.visits, at);
  const business = timesOf(rows.businessVisits, at);
  return {
    stage,
    entries,
    skipped,
    entered_again: counted("stage_entered", "again"),
    exits: advances + advancedAgain + regressions + lost + noDecision,
    advances,
    advanced_again: advancedAgain,
    regressions,
    lost,
    no_decision: noDecision,
    conversion: entries === 0 ? null : divide(BigInt(advances), BigInt(entries)),
    share_of_first: first === 0 ? null : divide(BigInt(entries), BigInt(first)),
    time_in_stage: {
      count: Number(wall.count),
      p50: wall.p50,
      mean: wall.mean,
      business_p50: business.p50,
      business_mean: business.mean,
    },
    flags: entries < smallSample ? ["small_sample"] : [],
  };
};

/**
 * Each pipeline's stages in their order, with what happened there in the window. Advances are of the same window as
 * the entries, not of the same deals: in a short window there can be more of them.
 */
export const funnelReport = (
  scope: ReportScope,
  rows: FunnelRows,
  pipelines: ReadonlyArray<Pipeline>,
  only: string | undefined,
): ReadonlyArray<FunnelPipeline> => {
  const at = scope.by.length;
  const shown = pipelines.filter(({ id }) => only === undefined || id === only);
  const groups = inGroups(rows.counts, scope.by);
  const inGroup = (values: ReadonlyArray<string>) => (row: ReportRow) =>
    values.every((value, index) => row[index] === value);
  return groups.flatMap(([values, counts]) => {
    const visits = rows.visits.filter(inGroup(values));
    const businessVisits = rows.businessVisits.filter(inGroup(values));
    return shown.flatMap((pipeline) => {
      const stages: FunnelStage[] = [];
      for (const { id } of pipeline.stages) {
        const here = ofStage(scope, pipelines, pipeline.id, id);
        const own = {
          counts: counts.filter(here),
          visits: visits.filter(here),
          businessVisits: businessVisits.filter(here),
        };
        stages.push(stageOf(id, own, at + 2, stages[0]?.entries));
      }
      const isEmpty = stages.every(({ entries, exits, entered_again }) => entries + exits + entered_again === 0);
      if (isEmpty && values.length > 0) return [];
      return [{ group: groupOf(scope.by, values), pipeline: pipeline.id, stages }];
    });
  });
};
