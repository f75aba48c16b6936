import type { AlertChanged, AlertRecord, NotificationPlanned } from "@leadwire/events";
import type { Evaluator } from "../alert/observation.ts";
import { RuleSetEngine } from "../alert/rule-set-engine.ts";
import type { AlertRule, RuleSet } from "../rule/rule.ts";
import type { PartitionBook } from "./partition-book.ts";

/** What the owner of a partition decides. Synchronous; what takes long is spread over calls. */
export interface Decisions {
  /**
   * What follows at this instant, in the order in which it is to be written: transitions, and what is to be told of them.
   * The partition's book learns of them once they are in the log; until then there is no other step. While the numbers
   * are not complete (`isLive` false) rules about data hold their state.
   */
  readonly step: (nowMs: number, isLive: boolean) => ReadonlyArray<AlertRecord>;
  /** When time alone may bring something; the past where there was too much for one step. +Infinity for never. */
  readonly nextDueMs: () => number;
  /** Other rules hold from here on; alerts go on. */
  readonly reload: (ruleSets: ReadonlyArray<RuleSet>, evaluators: ReadonlyArray<Evaluator>) => void;
  readonly end: () => void;
}

export interface DecisionParts {
  /** Read up to the owner's own claim. */
  readonly partition: PartitionBook;
  readonly ruleSets: ReadonlyArray<RuleSet>;
  /** Of these rules alone. */
  readonly evaluators: ReadonlyArray<Evaluator>;
  readonly generation: string;
}

/** What has no answer yet (ClickHouse is away) keeps nobody from being told of the rest for longer. */
const wholeWithinMs = 60_000;

const changedRecord = (record: AlertChanged): AlertRecord => ({ name: "alert-changed", record });
const plannedRecord = (record: NotificationPlanned): AlertRecord => ({ name: "notification-planned", record });

/** Decides on a partition from its owner's claim on. */
export const openDecisions = ({ partition, generation, ...given }: DecisionParts): Decisions => {
  const { alerts, planner } = partition;
  let { evaluators } = given;
  let unwhole: ReadonlyArray<AlertRule> = given.ruleSets.flatMap(({ rules }) => rules);
  let planFromMs = Number.POSITIVE_INFINITY;
  const engine = new RuleSetEngine({ book: alerts, epoch: alerts.epoch, generation, ...given });
  partition.decidedBy(engine);

  /** What ended while nobody looked is held to be firing until its rule was looked at: nobody is told before. */
  const mayPlan = (nowMs: number): boolean => {
    if (unwhole.length === 0) return true;
    unwhole = unwhole.filter((rule) => !evaluators.every((evaluator) => evaluator.isWhole(rule)));
    planFromMs = Math.min(planFromMs, nowMs + wholeWithinMs);
    if (nowMs >= planFromMs) unwhole = [];
    return unwhole.length === 0;
  };

  const step = (nowMs: number, isLive: boolean): ReadonlyArray<AlertRecord> => {
    const changed = engine.step(nowMs, isLive);
    const isPlanning = isLive ? mayPlan(nowMs) : unwhole.length === 0;
    const plans = isPlanning ? planner.plan(nowMs, changed) : [];
    return [...changed.map(changedRecord), ...[...plans, ...partition.takeResends(nowMs)].map(plannedRecord)];
  };

  return {
    step,
    nextDueMs: () => {
      if (partition.hasResends) return Number.NEGATIVE_INFINITY;
      return Math.min(engine.nextDueMs(), unwhole.length === 0 ? planner.nextDueMs() : planFromMs);
    },
    reload: (ruleSets, next) => {
      evaluators = next;
      unwhole = ruleSets.flatMap(({ rules }) => rules);
      planFromMs = Number.POSITIVE_INFINITY;
      engine.reload(ruleSets, next);
    },
    end: () => partition.decidedBy(undefined),
  };
};
