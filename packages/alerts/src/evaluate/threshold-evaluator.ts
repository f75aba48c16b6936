import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { CheckedQuestion, SliceGrid } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { Evaluator, Observation } from "../alert/observation.ts";
import { ruleKey } from "../alert/rule-freshness.ts";
import type { AlertRule } from "../rule/rule.ts";
import type { AskFacts, FactAnswers, LiveNumbers, RecentEvents } from "./threshold-numbers.ts";
import { askedBy, factsKeyOf } from "./threshold-question.ts";
import { ThresholdWatch, type WatchContext } from "./threshold-watch.ts";

export interface ThresholdOptions {
  /** Rules with other conditions are passed by. */
  readonly rules: Iterable<AlertRule>;
  readonly live: LiveNumbers;
  readonly calendar: ZoneCalendar;
  readonly workspace: Workspace;
  readonly askFacts: AskFacts;
  readonly recentEvents?: RecentEvents;
  /** Until when numbers are not complete, since an import brings them: alerts hold their state until then. */
  readonly incompleteUntilMs?: (nowMs: number) => number;
  /** The most work of one call, in answers of a few µs each; time alone is spread over calls by it. */
  readonly answersMax?: number;
}

/** Facts are asked the same thing no more often than this. */
const factsEveryMs = 5 * 60_000;
/** About 4 ms. */
const answersMaxUsual = 500;
/** A question placed anew costs as much as this many answers. */
const answersOfPlacing = 10;

/**
 * Holds the groups of metrics against their rules. A change is looked up by the series and group that changed, so it
 * costs nothing for rules that it does not concern; rules that ask one question share its answer; a group is read from
 * sums that the live view keeps up, in a few look-ups whatever its window.
 */
export class ThresholdEvaluator implements Evaluator {
  private readonly options: ThresholdOptions;
  private readonly watches = new Map<string, ThresholdWatch>();
  private readonly watchByRule = new Map<string, ThresholdWatch>();
  /** By `measure/dimension`. */
  private readonly bySeries = new Map<string, Array<ThresholdWatch>>();
  private readonly byFacts = new Map<string, Array<ThresholdWatch>>();
  private readonly calendar: ZoneCalendar;
  /** Watches to place again, then those with groups to look at: what data changed goes first. */
  private readonly due = new Set<ThresholdWatch>();
  private readonly touched = new Set<ThresholdWatch>();
  private readonly rolled = new Set<ThresholdWatch>();
  private readonly newestMs = new Map<string, number>();
  private dueMs = Number.NEGATIVE_INFINITY;
  private atMs = Number.NEGATIVE_INFINITY;
  private left = 0;
  private isHeld = false;

  constructor(options: ThresholdOptions) {
    this.options = options;
    this.calendar = options.calendar;
    const context = this.contextOf(options);
    for (const rule of options.rules) {
      if (rule.condition._tag !== "Threshold") continue;
      const { shared, asking } = askedBy(rule, rule.condition);
      let watch = this.watches.get(shared.key);
      if (watch === undefined) {
        watch = new ThresholdWatch(shared, context);
        this.watches.set(shared.key, watch);
        this.index(watch);
      }
      watch.add(asking);
      this.watchByRule.set(ruleKey(rule.ruleSet, rule.id), watch);
    }
  }

  /** Notes what changed in the live view. */
  note(change: LiveChange): void {
    if (change.activity) for (const watch of this.watches.values()) this.startOver(watch);
    for (const [series, values] of change.groups) {
      const watches = this.bySeries.get(series);
      if (watches === undefined) continue;
      for (const watch of watches) {
        let any = false;
        for (const value of values) any = watch.touch(value) || any;
        if (any) this.touched.add(watch);
      }
    }
  }

  isWhole({ ruleSet, id }: AlertRule): boolean {
    const watch = this.watchByRule.get(ruleKey(ruleSet, id));
    if (watch === undefined) return true;
    return watch.isReady && !this.due.has(watch) && watch.touched.size + watch.rolled.size === 0;
  }

  /** What facts answered to `askFacts`: also from within it. */
  factsAnswered(question: CheckedQuestion, answers: FactAnswers): void {
    for (const watch of this.byFacts.get(factsKeyOf(question)) ?? []) {
      watch.hearFacts(question.atMs, answers);
      this.touched.add(watch);
    }
  }

  observe(atMs: number): ReadonlyArray<Observation> {
    const found: Array<Observation> = [];
    this.atMs = atMs;
    this.left = this.options.answersMax ?? answersMaxUsual;
    this.newestMs.clear();
    if (this.incompleteUntilMs(atMs) > atMs) {
      this.isHeld = true;
      return found;
    }
    if (this.isHeld) this.goOn();
    if (atMs >= this.dueMs) {
      for (const watch of this.watches.values()) this.due.add(watch);
      this.dueMs = this.calendar.minuteCeilMs(atMs + 1);
    }
    this.lookAt(this.touched, "touched", "data", found);
    for (const watch of this.due) {
      if (this.left <= 0) return found;
      this.place(watch);
    }
    // Facts may have answered at once.
    this.lookAt(this.touched, "touched", "data", found);
    this.lookAt(this.rolled, "rolled", "time", found);
    return found;
  }

  nextDueMs(): number {
    if (this.watches.size === 0) return Number.POSITIVE_INFINITY;
    if (this.isHeld) return Math.max(this.incompleteUntilMs(this.atMs), this.atMs + 1);
    return this.due.size + this.touched.size + this.rolled.size > 0 ? this.atMs : this.dueMs;
  }

  readonly heldUntilMs = ({ condition }: AlertRule, nowMs: number): number =>
    condition._tag === "Threshold" ? this.incompleteUntilMs(nowMs) : Number.NEGATIVE_INFINITY;

  private incompleteUntilMs(nowMs: number): number {
    return this.options.incompleteUntilMs?.(nowMs) ?? Number.NEGATIVE_INFINITY;
  }

  /** The numbers are complete again: what facts answered meanwhile was made of a part of them. */
  private goOn(): void {
    this.isHeld = false;
    for (const watch of this.watches.values()) {
      watch.forgetFacts();
      this.due.add(watch);
    }
  }

  private lookAt(
    watches: Set<ThresholdWatch>,
    which: "touched" | "rolled",
    cause: "data" | "time",
    found: Array<Observation>,
  ): void {
    for (const watch of watches) {
      if (this.left <= 0) return;
      if (this.due.has(watch) || watch.isOutrun()) this.place(watch);
      const groups = watch[which];
      for (const value of groups) {
        if (this.left <= 0) return;
        groups.delete(value);
        // Looked at for its data is looked at.
        if (which === "touched") watch.rolled.delete(value);
        this.left -= watch.look(value, this.atMs, cause, found);
      }
      watches.delete(watch);
    }
  }

  private place(watch: ThresholdWatch): void {
    this.due.delete(watch);
    this.left -= answersOfPlacing;
    watch.place(this.atMs);
    if (watch.rolled.size > 0) this.rolled.add(watch);
    if (!watch.needsFacts || this.atMs - watch.factsAskedAtMs < factsEveryMs) return;
    watch.factsAskedAtMs = this.atMs;
    const { question, isLevel } = watch.shared;
    const edgeMs = this.calendar.minuteCeilMs(this.atMs + 1);
    this.options.askFacts({ ...question, atMs: isLevel ? edgeMs : edgeMs - 1 });
  }

  private startOver(watch: ThresholdWatch): void {
    watch.startOver();
    this.due.add(watch);
  }

  private index(watch: ThresholdWatch): void {
    const { question, measures } = watch.shared;
    const put = (index: Map<string, Array<ThresholdWatch>>, key: string): void => {
      const known = index.get(key);
      if (known === undefined) index.set(key, [watch]);
      else known.push(watch);
    };
    put(this.byFacts, factsKeyOf(question));
    if (!watch.shared.isSliceable) return;
    const dimension = question.by[0]?.dimension ?? "company";
    for (const id of new Set(measures.map((measure) => measure.id))) put(this.bySeries, `${id}/${dimension}`);
  }

  private contextOf({ live, calendar, workspace, recentEvents }: ThresholdOptions): WatchContext {
    const { slices } = live;
    const grid: SliceGrid = {
      calendar,
      get minutesFromMs() {
        return slices.grid.minutesFromMs;
      },
      get hoursFromMs() {
        return slices.grid.hoursFromMs;
      },
      // The same for all groups that one call looks at, and dear to find out of cohorts.
      newestMs: (measureId) => {
        let newestMs = this.newestMs.get(measureId);
        if (newestMs === undefined) {
          newestMs = slices.grid.newestMs(measureId);
          this.newestMs.set(measureId, newestMs);
        }
        return newestMs;
      },
    };
    return {
      live,
      calendar,
      grid,
      rules: workspace,
      currency: workspace.currency,
      oldestDayMs: (measureId) => slices.oldestDayMs(measureId),
      ...(recentEvents === undefined ? {} : { recentEvents }),
    };
  }
}
