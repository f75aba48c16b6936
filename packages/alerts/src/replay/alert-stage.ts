import { type AlertRecord, factsTopic, metricsTopic, type NotificationSettled } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import { LiveState, type ToldBatch, taskTopics } from "@leadwire/stream";
import { AlertBook } from "../alert/alert-book.ts";
import { RuleSetEngine } from "../alert/rule-set-engine.ts";
import { ThresholdEvaluator } from "../evaluate/threshold-evaluator.ts";
import type { AlertsConfig } from "../notify/notification-config.ts";
import { NotificationPlanner } from "../notify/notification-planner.ts";
import { Surroundings } from "../notify/surroundings.ts";
import type { RuleSet } from "../rule/rule.ts";
import { ReplayFacts } from "./replay-facts.ts";
import type { ReplayStage } from "./replay-stage.ts";

export interface AlertStageOptions {
  readonly config: AlertsConfig;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  /** A part of the derived topics' names, as the topology has it. */
  readonly generation: string;
}

const epoch = 1;

/** One rule set with all that decides on it. */
class StagedRuleSet {
  readonly thresholds: ThresholdEvaluator;
  private readonly rules: RuleSet["rules"];
  private readonly engine: RuleSetEngine;
  private readonly planner: NotificationPlanner;
  private isWhole = false;

  constructor(
    ruleSet: RuleSet,
    { config, generation }: AlertStageOptions,
    thresholds: ThresholdEvaluator,
    planner: NotificationPlanner,
  ) {
    const book = new AlertBook();
    const claim: AlertRecord = {
      name: "alerts-claimed",
      record: { epoch, owner: "replay", generation, claimed_at: Number.NEGATIVE_INFINITY },
    };
    this.rules = ruleSet.rules;
    this.thresholds = thresholds;
    this.planner = planner;
    for (const fold of [book, planner]) fold.apply(claim);
    this.engine = new RuleSetEngine({ book, ruleSets: [ruleSet], evaluators: [thresholds], epoch, generation });
  }

  nextDueMs(): number {
    return Math.min(this.engine.nextDueMs(), this.planner.nextDueMs());
  }

  step(nowMs: number): ReadonlyArray<AlertRecord> {
    const changed = this.engine.step(nowMs);
    this.isWhole ||= this.rules.every((rule) => this.thresholds.isWhole(rule));
    const planned = this.isWhole ? this.planner.plan(nowMs, changed) : [];
    for (const record of changed)
      if (this.engine.applied(record)) this.planner.apply({ name: "alert-changed", record });
    const records: AlertRecord[] = changed.map((record) => ({ name: "alert-changed", record }));
    for (const record of planned) {
      const plan: AlertRecord = { name: "notification-planned", record };
      this.planner.apply(plan);
      // Receivers of a replay take everything at once.
      this.planner.apply({ name: "notification-settled", record: settled(record, nowMs) });
      records.push(plan);
    }
    return records;
  }
}

const settled = (
  { key, receiver }: Pick<NotificationSettled, "key" | "receiver">,
  settled_at: number,
): NotificationSettled => ({ key, epoch, receiver, outcome: "delivered", attempts: 1, detail: "", settled_at });

/** The live service's parts around tasks in memory: live view, evaluators, state machine, planner. */
export class AlertStage implements ReplayStage {
  private readonly options: AlertStageOptions;
  private readonly live: LiveState;
  private readonly facts: ReplayFacts;
  private readonly sets: ReadonlyArray<StagedRuleSet>;
  private readonly metrics: string;
  private readonly factsName: string;
  private readonly keepsFacts: boolean;

  constructor(options: AlertStageOptions) {
    const { config, workspace, catalogue, generation } = options;
    this.options = options;
    this.metrics = metricsTopic(generation);
    this.factsName = factsTopic(generation);
    this.live = new LiveState({
      workspace,
      catalogue,
      tasks: taskTopics(generation).map((topic) => ({ topic, partition: 0 })),
    });
    this.facts = new ReplayFacts(workspace);
    this.keepsFacts = config.ruleSets.some(({ rules }) => rules.some(({ condition }) => condition._tag === "Threshold"));
    const around = new Surroundings(config.notifications.inhibitions);
    const calendar = new ZoneCalendar(workspace.timeZone);
    this.sets = config.ruleSets.map((ruleSet) => {
      const planner = new NotificationPlanner({ config: config.notifications, calendar, around });
      return new StagedRuleSet(ruleSet, options, this.thresholdsOf(ruleSet, calendar), planner);
    });
  }

  tell(told: ToldBatch): void {
    if (told.topic === this.metrics) this.live.applyBatches(told.bytes, told.baseOffset);
    if (told.topic === this.factsName && this.keepsFacts) this.facts.apply(told);
  }

  step(nowMs: number): ReadonlyArray<AlertRecord> {
    this.live.slices.advance(nowMs);
    const change = this.live.takeChange();
    if (change !== undefined) for (const { thresholds } of this.sets) thresholds.note(change);
    return this.sets.flatMap((set) => set.step(nowMs));
  }

  nextDueMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.sets.map((set) => set.nextDueMs()));
  }

  private thresholdsOf({ rules }: RuleSet, calendar: ZoneCalendar): ThresholdEvaluator {
    const thresholds: ThresholdEvaluator = new ThresholdEvaluator({
      rules,
      live: this.live,
      calendar,
      workspace: this.options.workspace,
      askFacts: (question) => thresholds.factsAnswered(question, this.facts.answer(question, this.newestEventMs())),
    });
    return thresholds;
  }

  private newestEventMs(): number | null {
    return this.live.freshness(this.live.slices.newestAppendMs, true).completeThroughMs;
  }
}
