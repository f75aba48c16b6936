import type { AlertChanged, AlertRecord, NotificationPlanned } from "@leadwire/events";
import type { Evaluator } from "../alert/observation.ts";
import { RuleSetEngine } from "../alert/rule-set-engine.ts";
import type { RuleSet } from "../rule/rule.ts";
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
  let isPlanning = false;
  let planFromMs = Number.POSITIVE_INFINITY;
  const engine = new RuleSetEngine({ book: alerts, epoch: alerts.epoch, generation, ...given });
  partition.decidedBy(engine);

  /**
   * What ended while nobody looked is held to be firing until its rule was looked at: nobody is told before, but of the
   * engine's own health, which may be why it takes long.
   */
  const mayPlan = (nowMs: number, isLive: boolean): boolean => {
    if (isPlanning || !isLive) return isPlanning;
    planFromMs = Math.min(planFromMs, nowMs + wholeWithinMs);
    isPlanning = engine.isWhole || nowMs >= planFromMs;
    return isPlanning;
  };

  const step = (nowMs: number, isLive: boolean): ReadonlyArray<AlertRecord> => {
    const changed = engine.step(nowMs, isLive);
    const plans = planner.plan(nowMs, changed, mayPlan(nowMs, isLive) ? undefined : engine.isOfHealth);
    return [...changed.map(changedRecord), ...plans.map(plannedRecord)];
  };

  return {
    step,
    nextDueMs: () => Math.min(engine.nextDueMs(), isPlanning ? planner.nextDueMs() : planFromMs),
    reload: (ruleSets, evaluators) => {
      isPlanning = false;
      planFromMs = Number.POSITIVE_INFINITY;
      engine.reload(ruleSets, evaluators);
    },
    end: () => partition.decidedBy(undefined),
  };
};
