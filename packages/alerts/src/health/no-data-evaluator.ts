import { BusinessHours, type Workspace, type ZoneCalendar } from "@leadwire/funnel";
import type { LiveOpenSet, SourceHeard } from "@leadwire/stream";
import { Deadlines } from "../absence/deadlines.ts";
import type { Evaluator, Observation } from "../alert/observation.ts";
import type { AlertRule, NoDataCondition, Patience } from "../rule/rule.ts";

/** How often it is looked who was heard of: everything that happens would be news. */
const everyMs = 1_000;
const never = Number.POSITIVE_INFINITY;
/** Longer than usual is half of it more. */
const usualTimes = 1.5;
/** A source that never pauses is given this long, in business time. */
const usualMsMin = 5 * 60_000;

export interface NoDataOptions {
  /** Rules with other conditions are passed by. */
  readonly rules: Iterable<AlertRule>;
  readonly sources: Pick<LiveOpenSet, "sourceNames" | "sourceHeard">;
  readonly calendar: ZoneCalendar;
  readonly workspace: Workspace;
}

/** Finds source systems that are silent for too long, from the time that the log got something from them last. */
export class NoDataEvaluator implements Evaluator {
  private readonly rules: ReadonlyArray<readonly [AlertRule, NoDataCondition]>;
  private readonly sources: NoDataOptions["sources"];
  private readonly deadlines: Deadlines;
  /** Rule and source of what was said to be silent. */
  private readonly silent = new Set<string>();
  private nextMs = Number.NEGATIVE_INFINITY;

  constructor({ rules, sources, calendar, workspace }: NoDataOptions) {
    this.rules = [...rules].flatMap((rule) =>
      rule.condition._tag === "NoData" ? [[rule, rule.condition] as const] : [],
    );
    this.sources = sources;
    const hours = new BusinessHours(calendar, workspace.businessHours, workspace.holidays);
    this.deadlines = new Deadlines(hours, calendar);
  }

  observe(atMs: number): ReadonlyArray<Observation> {
    if (atMs < this.nextMs || this.rules.length === 0) return [];
    this.nextMs = atMs + everyMs;
    const names = this.sources.sourceNames();
    const found: Array<Observation> = [];
    for (const [rule, { source, patience }] of this.rules)
      for (const name of source === null ? names : [source]) this.look(rule, patience, name, atMs, found);
    return found;
  }

  nextDueMs(): number {
    return this.rules.length === 0 ? never : this.nextMs;
  }

  isWhole({ condition }: AlertRule): boolean {
    return condition._tag !== "NoData" || this.nextMs > Number.NEGATIVE_INFINITY;
  }

  private look(
    rule: AlertRule,
    patience: NoDataCondition["patience"],
    source: string,
    atMs: number,
    found: Array<Observation>,
  ): void {
    const heard = this.sources.sourceHeard(source, atMs);
    const taken = heard === undefined ? undefined : patienceWith(patience, heard);
    if (heard === undefined || taken === undefined) return;
    const dueMs = this.deadlines.after(heard.lastMs, taken);
    const key = `${rule.id}\0${source}`;
    const isSilent = dueMs <= atMs;
    if (!isSilent && !this.silent.delete(key)) return;
    if (isSilent) this.silent.add(key);
    found.push({
      rule,
      group: { source },
      identity: { source },
      standing: isSilent ? "fires" : "clear",
      atMs: isSilent ? dueMs : heard.lastMs,
      step: 0,
      cause: isSilent ? "time" : "data",
      value: (atMs - heard.lastMs) / 1000,
      numerator: null,
      denominator: null,
      threshold: taken._tag === "BusinessDays" ? null : taken.ms / 1000,
      unit: "s",
      events: [],
    });
  }
}

const patienceWith = (patience: NoDataCondition["patience"], { usualSilenceMs }: SourceHeard): Patience | undefined => {
  if (patience._tag !== "Usual") return patience;
  if (usualSilenceMs === null) return undefined;
  return { _tag: "BusinessTime", ms: Math.max(usualMsMin, usualSilenceMs * usualTimes) };
};
