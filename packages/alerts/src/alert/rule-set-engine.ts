import type { AlertCause, AlertChanged } from "@leadwire/events";
import type { AlertRule, RuleSet } from "../rule/rule.ts";
import type { AlertBook } from "./alert-book.ts";
import { AlertDrafts } from "./alert-drafts.ts";
import { type Deciding, endedRecord, recordOf } from "./alert-record.ts";
import { type AlertState, isAlive } from "./alert-state.ts";
import { DueQueue } from "./due-queue.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { goneObservation } from "./gone-observation.ts";
import type { Evaluator, Observation } from "./observation.ts";
import { RuleFreshness, ruleKey } from "./rule-freshness.ts";
import {
  clearSinceAfter,
  dueMsOf,
  type Sight,
  type Transition,
  transitionBySight,
  transitionByTime,
} from "./transition.ts";

export interface RuleSetEngineOptions {
  /** Of the partition, read up to the owner's own claim. */
  readonly book: AlertBook;
  /** Those of the partition: none where it has only alerts of files that are gone. */
  readonly ruleSets: ReadonlyArray<RuleSet>;
  /** Of these rules alone; made anew with every engine. */
  readonly evaluators: ReadonlyArray<Evaluator>;
  /** Of the owner's claim. */
  readonly epoch: number;
  readonly generation: string;
}

/** What is kept of a living alert beside its state. */
interface LiveAlert {
  readonly observation: Observation;
  readonly clearSinceMs: number | null;
}

const rulesOf = (ruleSets: ReadonlyArray<RuleSet>): ReadonlyMap<string, AlertRule> =>
  new Map(ruleSets.flatMap(({ name, rules }) => rules.map((rule) => [ruleKey(name, rule.id), rule] as const)));

/**
 * Decides on the alerts of one partition's rule files. Synchronous and deterministic: the same book, rules and observations
 * give the same records. What `step` returns is decided once, and counts from `applied` on, when it is durable.
 */
export class RuleSetEngine {
  private readonly drafts: AlertDrafts;
  private readonly book: AlertBook;
  private readonly options: RuleSetEngineOptions;
  private readonly freshness = new RuleFreshness();
  private readonly live = new Map<string, LiveAlert>();
  private readonly due = new DueQueue();
  /** Of rules about the engine itself, whose time passes also while the numbers are not complete. */
  private readonly healthDue = new DueQueue();
  private rules: ReadonlyMap<string, AlertRule>;
  private evaluators: ReadonlyArray<Evaluator>;
  /** Alerts whose rule is gone. */
  private orphans: ReadonlyArray<string>;
  private decided: AlertChanged[] = [];

  constructor(options: RuleSetEngineOptions) {
    const { book, ruleSets, evaluators, generation } = options;
    this.options = options;
    this.book = book;
    this.drafts = new AlertDrafts(book);
    this.rules = rulesOf(ruleSets);
    this.evaluators = evaluators;
    const { formerGeneration } = book;
    const cause = formerGeneration !== null && formerGeneration !== generation ? "formula_changed" : null;
    this.freshness.begin(this.rules, this.drafts.alive(), () => cause);
    this.orphans = this.orphansOf();
  }

  /** The rules are others now, and so are their evaluators. Alerts go on by the new text; those of rules that are gone end. */
  reload(ruleSets: ReadonlyArray<RuleSet>, evaluators: ReadonlyArray<Evaluator>): void {
    const former = this.rules;
    this.rules = rulesOf(ruleSets);
    this.evaluators = evaluators;
    this.freshness.begin(this.rules, this.drafts.alive(), (key, rule) => {
      const unfinished = this.freshness.causeOf(key);
      return unfinished ?? (former.get(key)?.version === rule.version ? null : "rule_changed");
    });
    this.orphans = this.orphansOf();
  }

  /** Whether every rule was evaluated since the engine began or the rules were read anew: before, what fires may be over. */
  get isWhole(): boolean {
    return this.orphans.length === 0 && this.freshness.isOver;
  }

  /** Whether the alert is one about the engine itself, and was looked at since the engine began. */
  readonly isOfHealth = ({ rule_set, rule, fingerprint }: AlertChanged): boolean => {
    const key = ruleKey(rule_set, rule);
    return this.rules.get(key)?.condition._tag === "Engine" && !this.freshness.isUnseen(key, fingerprint);
  };

  /** The next instant at which `step` may find something without any change of data; +Infinity for none. */
  nextDueMs(): number {
    if (this.orphans.length > 0) return Number.NEGATIVE_INFINITY;
    return Math.min(
      this.due.nextMs,
      this.healthDue.nextMs,
      ...this.evaluators.map((evaluator) => evaluator.nextDueMs()),
    );
  }

  /**
   * Looks at what the evaluators have and at what is due, in an order of its own: rules that are gone, observations as they
   * come, groups that are gone, time. `nowMs` never goes back. While the numbers are not complete (`isLive` false) only
   * rules about the engine itself are looked at: all others hold their state.
   */
  step(nowMs: number, isLive = true): ReadonlyArray<AlertChanged> {
    this.decided = [];
    const deciding = { epoch: this.options.epoch, generation: this.options.generation, nowMs };
    this.endOrphans(deciding);
    const looking = isLive ? this.evaluators : this.evaluators.filter(({ isAlways }) => isAlways === true);
    for (const evaluator of looking)
      for (const observation of evaluator.observe(nowMs)) this.see(observation, deciding);
    if (isLive) this.endUnseen(deciding);
    // While an evaluator has not said all, an alert may have been put right that would fire by time.
    if (looking.every((evaluator) => evaluator.nextDueMs() > nowMs)) {
      this.passTime(this.healthDue, deciding);
      if (isLive) this.passTime(this.due, deciding);
    }
    return this.decided;
  }

  /** A record of `step` is in the log, and goes over into the book. Whether it counts there. */
  applied(record: AlertChanged): boolean {
    return this.drafts.applied(record);
  }

  private orphansOf(): ReadonlyArray<string> {
    return [...this.drafts.alive()]
      .filter(({ record }) => !this.rules.has(ruleKey(record.rule_set, record.rule)))
      .map(({ record }) => record.fingerprint)
      .sort();
  }

  private endOrphans(deciding: Deciding): void {
    for (const fingerprint of this.orphans) {
      const state = this.drafts.state(fingerprint);
      if (state !== undefined) this.end(state, "rule_removed", `The rule ${state.record.rule} was removed.`, deciding);
    }
    this.orphans = [];
  }

  private endUnseen(deciding: Deciding): void {
    const whole = this.freshness.takeWhole((rule) => this.evaluators.every((evaluator) => evaluator.isWhole(rule)));
    for (const { rule, cause, unseen } of whole)
      for (const fingerprint of [...unseen].sort()) {
        const state = this.drafts.state(fingerprint);
        if (state === undefined) continue;
        if (cause === "rule_changed" || state.record.rule_version !== rule.version)
          this.end(state, "rule_changed", `The rule ${rule.id} watches this no more: ${rule.when}`, deciding);
        else this.decide(rule, fingerprint, goneObservation(rule, state, deciding.nowMs), cause, deciding);
      }
  }

  private see(observation: Observation, deciding: Deciding): void {
    const { ruleSet, id } = observation.rule;
    const key = ruleKey(ruleSet, id);
    const rule = this.rules.get(key);
    if (rule === undefined) return;
    const fingerprint = fingerprintOf(rule, observation.identity);
    const state = this.drafts.state(fingerprint);
    if (state === undefined && observation.standing !== "fires") return;
    const isEdited = this.freshness.isUnseen(key, fingerprint) && state?.record.rule_version !== rule.version;
    this.freshness.saw(key, fingerprint);
    const cause = this.freshness.causeOf(key) ?? (isEdited ? "rule_changed" : null);
    this.decide(rule, fingerprint, observation, cause, deciding);
  }

  /** Lets the alert go through all that the observation makes of it; `cause` where it is not what was observed. */
  private decide(
    rule: AlertRule,
    fingerprint: string,
    observation: Observation,
    cause: AlertCause | null,
    deciding: Deciding,
  ): void {
    const clearSinceMs = clearSinceAfter(this.live.get(fingerprint)?.clearSinceMs ?? null, observation);
    const sight: Sight = { clearSinceMs, isAcknowledged: this.book.acknowledgement(fingerprint) !== undefined };
    let state = this.drafts.state(fingerprint);
    for (;;) {
      const transition = transitionBySight(rule, state, observation, sight);
      if (transition === null) break;
      const laid = cause === null ? transition : { ...transition, cause };
      state = this.write(rule, fingerprint, state, laid, observation, deciding);
      if (state === undefined) return;
    }
    if (state === undefined) return;
    this.live.set(fingerprint, { observation, clearSinceMs });
    this.queue(rule, fingerprint, dueMsOf(rule, state, sight));
  }

  /** The state after the transition; undefined where it ends the episode. */
  private write(
    rule: AlertRule,
    fingerprint: string,
    former: AlertState | undefined,
    transition: Transition,
    observation: Observation,
    deciding: Deciding,
  ): AlertState | undefined {
    const ordinal =
      former === undefined ? this.drafts.firstOrdinal(fingerprint, transition.startedMs) : former.ordinal + 1;
    return this.draft(recordOf(rule, fingerprint, former, ordinal, transition, observation, deciding));
  }

  private end(state: AlertState, cause: AlertCause, summary: string, deciding: Deciding): void {
    this.draft(endedRecord(state, cause, summary, deciding));
  }

  private draft(record: AlertChanged): AlertState | undefined {
    this.decided.push(record);
    const state = this.drafts.add(record);
    if (isAlive(record)) return state;
    this.live.delete(record.fingerprint);
    return undefined;
  }

  private queue(rule: AlertRule, fingerprint: string, dueMs: number): void {
    if (dueMs === Number.POSITIVE_INFINITY) return;
    const queue = rule.condition._tag === "Engine" ? this.healthDue : this.due;
    queue.add(dueMs, fingerprint);
  }

  private passTime(queue: DueQueue, deciding: Deciding): void {
    for (
      let fingerprint = queue.take(deciding.nowMs);
      fingerprint !== undefined;
      fingerprint = queue.take(deciding.nowMs)
    ) {
      const state = this.drafts.state(fingerprint);
      const live = this.live.get(fingerprint);
      if (state === undefined || live === undefined) continue;
      const key = ruleKey(state.record.rule_set, state.record.rule);
      const rule = this.rules.get(key);
      // What nobody has seen yet waits until somebody has.
      if (rule === undefined || this.freshness.isUnseen(key, fingerprint)) continue;
      const heldUntilMs = this.heldUntilMs(rule, deciding.nowMs);
      if (heldUntilMs > deciding.nowMs) this.queue(rule, fingerprint, heldUntilMs);
      else this.pass(rule, state, live, deciding);
    }
  }

  private heldUntilMs(rule: AlertRule, nowMs: number): number {
    const held = this.evaluators.map((evaluator) => evaluator.heldUntilMs?.(rule, nowMs) ?? Number.NEGATIVE_INFINITY);
    return Math.max(...held);
  }

  private pass(rule: AlertRule, state: AlertState, { observation, clearSinceMs }: LiveAlert, deciding: Deciding): void {
    const { fingerprint } = state.record;
    const sight: Sight = { clearSinceMs, isAcknowledged: false };
    const transition = transitionByTime(rule, state, sight, deciding.nowMs);
    if (transition === null) {
      this.queue(rule, fingerprint, dueMsOf(rule, state, sight));
      return;
    }
    const next = this.write(rule, fingerprint, state, transition, observation, deciding);
    // It may have escalated while it was pending.
    if (next !== undefined) this.decide(rule, fingerprint, observation, null, deciding);
  }
}
