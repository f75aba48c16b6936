import { type AlertRecord, factsTopic, metricsTopic, type NotificationSettled } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue, Measure } from "@leadwire/kpis";
import { LiveOpenSet, LiveState, type ToldBatch, taskTopics } from "@leadwire/stream";
import type { Evaluator } from "../alert/observation.ts";
import { type Decisions, openDecisions } from "../decide/decisions.ts";
import { PartitionBook, type PartitionBookParts } from "../decide/partition-book.ts";
import { RuleEvaluators } from "../evaluate/rule-evaluators.ts";
import type { AlertsConfig } from "../notify/notification-config.ts";
import { Surroundings } from "../notify/surroundings.ts";
import type { AlertRule, RuleSet } from "../rule/rule.ts";
import { neededMeasures } from "./needed-measures.ts";
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

/** One rule set with all that decides on it: in the log it has a partition of its own. */
class StagedRuleSet {
  private readonly partition: PartitionBook;
  private readonly decisions: Decisions;

  constructor(ruleSet: RuleSet, evaluators: ReadonlyArray<Evaluator>, book: PartitionBookParts, generation: string) {
    this.partition = new PartitionBook(book);
    this.partition.apply({
      name: "alerts-claimed",
      record: { epoch, owner: "replay", generation, claimed_at: Number.NEGATIVE_INFINITY },
    });
    this.decisions = openDecisions({ partition: this.partition, ruleSets: [ruleSet], evaluators, generation });
  }

  nextDueMs(): number {
    return this.decisions.nextDueMs();
  }

  step(nowMs: number): ReadonlyArray<AlertRecord> {
    const decided = this.decisions.step(nowMs, true);
    for (const record of decided) this.partition.apply(record);
    // Receivers of a replay take everything at once.
    for (const { name, record } of decided)
      if (name === "notification-planned")
        this.partition.apply({ name: "notification-settled", record: settled(record, nowMs) });
    return decided;
  }
}

const settled = (
  { key, receiver }: Pick<NotificationSettled, "key" | "receiver">,
  settled_at: number,
): NotificationSettled => ({ key, epoch, receiver, outcome: "delivered", attempts: 1, detail: "", settled_at });

/** Rules on the engine's own health are left out: nothing that is played tells of it. */
const withoutHealth = ({ name, rules }: RuleSet): RuleSet => ({
  name,
  rules: rules.filter(({ condition }) => condition._tag !== "Engine"),
});

/** The live service's parts around tasks in memory: live view, evaluators, state machine, planner. */
export class AlertStage implements ReplayStage {
  readonly measures: ReadonlyArray<Measure>;
  private readonly options: AlertStageOptions;
  private readonly calendar: ZoneCalendar;
  private readonly live: LiveState;
  private readonly openSet: LiveOpenSet;
  private readonly facts: ReplayFacts;
  private readonly evaluators: Array<RuleEvaluators> = [];
  private readonly hasThresholds: boolean;
  private readonly sets: ReadonlyArray<StagedRuleSet>;
  private readonly metricsName: string;
  private readonly factsName: string;
  private nowMs = 0;

  constructor(options: AlertStageOptions) {
    const { config, workspace, catalogue, generation } = options;
    this.options = options;
    this.calendar = new ZoneCalendar(workspace.timeZone);
    const rules = config.ruleSets.flatMap((set) => set.rules);
    this.hasThresholds = rules.some(({ condition }) => condition._tag === "Threshold");
    this.measures = neededMeasures(rules, catalogue.measures, this.calendar, workspace);
    this.metricsName = metricsTopic(generation);
    this.factsName = factsTopic(generation);
    const tasks = taskTopics(generation).map((topic) => ({ topic, partition: 0 }));
    this.live = new LiveState({ workspace, catalogue, tasks });
    this.openSet = new LiveOpenSet({ workspace });
    this.facts = new ReplayFacts(workspace);
    const around = new Surroundings(config.notifications.inhibitions);
    const book = { config: config.notifications, calendar: this.calendar, around };
    this.sets = config.ruleSets
      .map(withoutHealth)
      .map((set) => new StagedRuleSet(set, this.evaluatorsOf(set.rules), book, generation));
  }

  tell(told: ToldBatch): void {
    if (told.topic === this.metricsName) this.live.applyBatches(told.bytes, told.baseOffset);
    if (told.topic !== this.factsName) return;
    this.openSet.applyBatches(told.bytes, told.baseOffset);
    if (this.hasThresholds) this.facts.apply(told);
  }

  step(nowMs: number): ReadonlyArray<AlertRecord> {
    this.nowMs = nowMs;
    this.live.slices.advance(nowMs);
    const change = this.live.takeChange();
    if (change !== undefined) for (const evaluators of this.evaluators) evaluators.noteNumbers(change);
    this.openSet.tell();
    return this.sets.flatMap((set) => set.step(nowMs));
  }

  nextDueMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.sets.map((set) => set.nextDueMs()));
  }

  private evaluatorsOf(rules: ReadonlyArray<AlertRule>): ReadonlyArray<Evaluator> {
    const { live, openSet, calendar, facts } = this;
    const evaluators = new RuleEvaluators({
      rules,
      live,
      openSet,
      calendar,
      workspace: this.options.workspace,
      askFacts: (question, answered) => answered(facts.answer(question, this.newestEventMs())),
    });
    this.evaluators.push(evaluators);
    openSet.onChange((touched) => evaluators.noteOpen(touched));
    return evaluators.all;
  }

  private newestEventMs(): number | null {
    return this.live.freshness(this.nowMs, true).completeThroughMs;
  }
}
