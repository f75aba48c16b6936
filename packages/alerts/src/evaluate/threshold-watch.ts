import { type AnswerMeta, type KpiAnswer, type KpiPlan, planKpi } from "@leadwire/kpis";
import type { Observation } from "../alert/observation.ts";
import { groupFromFacts, groupFromSlices, plannedOf } from "./group-numbers.ts";
import { type GroupLook, RuleTeller } from "./rule-teller.ts";
import type { FactAnswers, LiveNumbers, RecentEvents } from "./threshold-numbers.ts";
import { type Placement, type PlacementContext, placeQuestion } from "./threshold-placement.ts";
import { type AskingRule, groupKeyOf, type SharedQuestion } from "./threshold-question.ts";

/** What a watch is made with. */
export interface WatchContext extends PlacementContext {
  readonly live: LiveNumbers;
  readonly currency: string;
  readonly recentEvents?: RecentEvents;
}

/** Answers of facts, by group. */
interface HeldFacts {
  readonly answers: ReadonlyMap<string, KpiAnswer>;
  /** The calendar period that they are of: targets of another one say nothing. */
  readonly period: string;
}

const periodOf = ({ window: { period } }: KpiPlan): string => `${period?.unit} ${period?.startDay}`;

/** A shared question with the rules that ask it: how it is read now, and which of its groups have to be looked at. */
export class ThresholdWatch {
  readonly shared: SharedQuestion;
  /** Groups whose numbers changed, and those that only time has changed. */
  readonly touched = new Set<string>();
  readonly rolled = new Set<string>();
  factsAskedAtMs = Number.NEGATIVE_INFINITY;
  private placement: Placement | undefined;
  private facts: HeldFacts | undefined;
  private readonly context: WatchContext;
  private readonly ofAll: Array<RuleTeller> = [];
  private readonly byValue = new Map<string, Array<RuleTeller>>();
  /** Groups that were there when they were looked at last. */
  private readonly known = new Set<string>();
  /** The values of groups by several dimensions. */
  private readonly valuesByKey = new Map<string, ReadonlyArray<string>>();

  constructor(shared: SharedQuestion, context: WatchContext) {
    this.shared = shared;
    this.context = context;
  }

  add(asking: AskingRule): void {
    const teller = new RuleTeller(asking, this.shared, this.context.recentEvents);
    const ofValue = asking.only === null ? this.ofAll : this.byValue.get(asking.only);
    if (ofValue !== undefined) ofValue.push(teller);
    else if (asking.only !== null) this.byValue.set(asking.only, [teller]);
  }

  /** Notes that a group's number changed; false where no rule is about it. */
  touch(value: string): boolean {
    if (this.ofAll.length === 0 && !this.byValue.has(value)) return false;
    this.touched.add(value);
    return true;
  }

  /** Facts are asked anew, and until they answer all alerts that need them stay as they are. */
  forgetFacts(): void {
    this.facts = undefined;
    this.factsAskedAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Everything is looked at and told anew. */
  startOver(): void {
    for (const teller of this.ofAll) teller.startOver();
    for (const ofValue of this.byValue.values()) for (const teller of ofValue) teller.startOver();
    this.placement = undefined;
    for (const value of [...this.known, ...this.byValue.keys(), ...(this.facts?.answers.keys() ?? [])]) {
      this.rolled.add(value);
    }
  }

  get needsFacts(): boolean {
    return this.shared.needsTarget || this.placement === undefined;
  }

  /** Whether it could be looked at: until then all its alerts stay as they are. */
  get isReady(): boolean {
    return this.facts !== undefined || !this.needsFacts;
  }

  /** Reads the question as of now: every group is looked at again where that reads other slices than before. */
  place(nowMs: number): void {
    const before = this.placement?.signature;
    this.placement = this.shared.isSliceable ? placeQuestion(this.shared, nowMs, this.context) : undefined;
    if (this.placement !== undefined && this.placement.signature !== before) this.rollAll(this.placement);
  }

  /** Whether it has to be placed again, since a fact came that is newer than the placement allows for. */
  isOutrun(): boolean {
    const { placement, context, shared } = this;
    if (placement === undefined) return shared.isSliceable;
    return placement.reads.some(({ query, newestMaxMs }) => context.grid.newestMs(query.measure.id) > newestMaxMs);
  }

  /** Takes what facts answered to the question as it was asked at `atMs`. */
  hearFacts(atMs: number, answers: FactAnswers): void {
    const { by } = this.shared.question;
    const byKey = new Map<string, KpiAnswer>();
    for (const answer of answers) byKey.set(this.keyOf(by.map(({ name }) => answer.group[name] ?? "")), answer);
    this.facts = { answers: byKey, period: periodOf(this.plan(atMs)) };
    for (const value of [...this.known, ...byKey.keys(), ...this.byValue.keys()]) this.touch(value);
  }

  /** Looks at one group and tells of the rules about it what changed. Returns how many answers that took. */
  look(value: string, nowMs: number, cause: "data" | "time", found: Array<Observation>): number {
    const rules = this.byValue.get(value) ?? [];
    if (this.ofAll.length === 0 && rules.length === 0) return 0;
    const { placement } = this;
    const plan = placement?.own.plan ?? this.plan(nowMs);
    const facts = this.facts?.period === periodOf(plan) ? this.facts.answers : undefined;
    if (this.needsFacts && facts === undefined) return 0;
    const answered = facts?.get(value);
    const numbers =
      placement === undefined
        ? groupFromFacts(plan, answered, this.meta)
        : groupFromSlices(placement, value, this.context.live, this.meta);
    const was = this.known.has(value);
    if (numbers.isThere) this.known.add(value);
    else this.known.delete(value);
    const look: GroupLook = {
      key: value,
      values: this.valuesOf(value),
      nowMs,
      cause,
      was,
      numbers,
      planned: plannedOf(plan, answered),
    };
    let answers = placement === undefined ? 1 : 1 + placement.past.length;
    for (const teller of this.ofAll) answers += teller.tell(look, found);
    for (const teller of rules) answers += teller.tell(look, found);
    return answers;
  }

  private rollAll({ reads }: Placement): void {
    const { rolled } = this;
    for (const value of this.byValue.keys()) rolled.add(value);
    if (this.ofAll.length === 0) return;
    for (const value of this.known) rolled.add(value);
    if (this.shared.question.by.length === 0) rolled.add("");
    const { slices } = this.context.live;
    for (const { series, stretches } of reads) {
      for (const stretch of stretches) for (const value of slices.valuesIn(series, stretch)) rolled.add(value);
    }
  }

  private get meta(): AnswerMeta {
    const { live, currency } = this.context;
    return { currency, completeThroughMs: null, hasActivity: live.hasActivity };
  }

  private plan(nowMs: number): KpiPlan {
    const { calendar, rules } = this.context;
    return planKpi({ ...this.shared.question, atMs: nowMs }, calendar, rules);
  }

  private keyOf(values: ReadonlyArray<string>): string {
    const key = groupKeyOf(values);
    if (values.length > 1) this.valuesByKey.set(key, values);
    return key;
  }

  private valuesOf(key: string): ReadonlyArray<string> {
    return this.shared.question.by.length === 0 ? [] : (this.valuesByKey.get(key) ?? [key]);
  }
}
