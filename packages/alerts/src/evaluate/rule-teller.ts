import type { Observation } from "../alert/observation.ts";
import type { GroupNumbers } from "./group-numbers.ts";
import type { RecentEvents } from "./threshold-numbers.ts";
import { type AskingRule, labelsOf, type SharedQuestion } from "./threshold-question.ts";
import { standingOf, thresholdOf } from "./threshold-standing.ts";

/** One group as it was found. */
export interface GroupLook {
  readonly key: string;
  readonly values: ReadonlyArray<string>;
  readonly nowMs: number;
  readonly cause: "data" | "time";
  /** Whether it was there before. */
  readonly was: boolean;
  readonly numbers: GroupNumbers;
  readonly planned: { readonly target: number | null; readonly pace: number | null };
}

type Told = Pick<Observation, "standing" | "value" | "threshold" | "events">;

const eventsMax = 10;
/** Looking through the newest facts costs as much as this many answers. */
const answersOfEvents = 100;

/** Holds groups against one rule, and tells what is new about them: a clear group that stays clear is no news. */
export class RuleTeller {
  private readonly asking: AskingRule;
  private readonly shared: SharedQuestion;
  private readonly recentEvents: RecentEvents | undefined;
  private readonly told = new Map<string, Told>();

  constructor(asking: AskingRule, shared: SharedQuestion, recentEvents: RecentEvents | undefined) {
    this.asking = asking;
    this.shared = shared;
    this.recentEvents = recentEvents;
  }

  startOver(): void {
    this.told.clear();
  }

  /** Adds what is new to what was found. Returns what it took beyond the group's answer itself, in answers. */
  tell(look: GroupLook, found: Array<Observation>): number {
    const { isThere, answer, facts, compared, past } = look.numbers;
    if (!isThere && !this.asking.always) {
      if (look.was) found.push(this.gone(look));
      this.told.delete(look.key);
      return 0;
    }
    const { condition } = this.asking;
    const parts = { ...look.planned, compared, past };
    const threshold = thresholdOf(condition.level, parts);
    const { value } = answer;
    const standing = standingOf(condition, value, facts, threshold, thresholdOf(condition.resolveLevel, parts));
    const before = this.told.get(look.key);
    if (before?.standing === standing) {
      if (standing === "clear" || (before.value === value && before.threshold === threshold)) return 0;
    }
    // They are looked for once: what made it fire.
    const begins = standing === "fires" && before?.standing !== "fires";
    const events = begins ? this.eventsOf(look) : standing === "fires" ? (before?.events ?? []) : [];
    this.told.set(look.key, { standing, value, threshold, events });
    found.push({
      ...this.head(look),
      standing,
      cause: look.cause,
      value,
      numerator: answer.numerator ?? null,
      denominator: answer.denominator ?? answer.count ?? null,
      threshold,
      ...(answer.currency === undefined ? {} : { currency: answer.currency }),
      events,
    });
    return begins && this.recentEvents !== undefined ? answersOfEvents : 0;
  }

  private gone(look: GroupLook): Observation {
    const nothing = { value: null, numerator: null, denominator: null, threshold: null, events: [] };
    return { ...this.head(look), ...nothing, standing: "unknown", cause: "gone" };
  }

  private head({
    values,
    nowMs,
  }: GroupLook): Pick<Observation, "rule" | "group" | "identity" | "atMs" | "step" | "unit"> {
    const group = labelsOf(this.asking, values);
    const { unit } = this.shared.question.statistic;
    return { rule: this.asking.rule, group, identity: group, atMs: nowMs, step: 0, unit };
  }

  private eventsOf({ key }: GroupLook): ReadonlyArray<string> {
    const { measures, question } = this.shared;
    const kinds = new Set(measures.map(({ kind }) => kind));
    if (this.recentEvents === undefined || question.by.length > 1) return [];
    return this.recentEvents(kinds, question.by[0]?.dimension ?? null, key).slice(0, eventsMax);
  }
}
