import { type FactRecord, noValue } from "@leadwire/funnel";

/** Whom a target or a forecast is for. */
export type ScopeLevel = "company" | "team" | "owner";

/** A target or a forecast as its fact states it. */
export interface PlanEntry {
  readonly kind: "target" | "forecast";
  readonly factId: string;
  readonly atMs: number;
  /** Of a target: the metric's id, or a statistic's name. */
  readonly subject: string;
  /** 2017, 2017-Q3 or 2017-07. */
  readonly period: string;
  readonly level: ScopeLevel;
  /** Of the team or the rep; empty for the company. */
  readonly name: string;
  /** Of a target in the metric's own unit, money in minor units; of a forecast in minor units. */
  readonly value: number;
}

/** The scope that a plan fact's dimensions name. */
export const scopeOf = (owner: string, team: string): Pick<PlanEntry, "level" | "name"> => {
  if (owner !== noValue) return { level: "owner", name: owner };
  return team === noValue ? { level: "company", name: "" } : { level: "team", name: team };
};

/** Undefined where the fact is no target or forecast. */
export const planEntryOf = (fact: FactRecord): PlanEntry | undefined => {
  const { kind, factId, atMs, subject, period, dimensions } = fact;
  if (kind !== "target" && kind !== "forecast") return undefined;
  const value = kind === "target" ? fact.units : fact.amountMinor;
  return { kind, factId, atMs, subject, period, ...scopeOf(dimensions.owner, dimensions.team), value };
};

/** A fact's id is `source/event id/kind/ordinal`: what decides between two of one instant. */
const sourceAndEvent = (factId: string): readonly [source: string, eventId: string] => {
  const slash = factId.indexOf("/");
  const end = factId.lastIndexOf("/", factId.lastIndexOf("/") - 1);
  return [factId.slice(0, slash), factId.slice(slash + 1, end)];
};

/** By time, then source, then event: the last one counts. */
export const planOrder = (a: PlanEntry, b: PlanEntry): number => {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  const [[sourceA, eventA], [sourceB, eventB]] = [sourceAndEvent(a.factId), sourceAndEvent(b.factId)];
  if (sourceA !== sourceB) return sourceA < sourceB ? -1 : 1;
  return eventA < eventB ? -1 : eventA > eventB ? 1 : 0;
};

/**
 * Targets and forecasts by what they are for: the last of each counts, corrections stay in the log. It changes nothing
 * in what order entries come.
 */
export class PlanBook {
  readonly #entries: ReadonlyArray<PlanEntry>;
  readonly #targets = new Map<string, Map<string, PlanEntry>>();

  constructor(entries: ReadonlyArray<PlanEntry>) {
    this.#entries = [...entries].sort(planOrder);
    for (const entry of this.#entries) {
      if (entry.kind !== "target") continue;
      const key = JSON.stringify([entry.subject, entry.level, entry.period]);
      const byName = this.#targets.get(key) ?? new Map<string, PlanEntry>();
      byName.set(entry.name, entry);
      this.#targets.set(key, byName);
    }
  }

  /** The targets of one level for a period, by the name of their scope; the first subject that has any of the name. */
  targets(subjects: ReadonlyArray<string>, level: ScopeLevel, period: string): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const subject of subjects) {
      for (const [name, { value }] of this.#targets.get(JSON.stringify([subject, level, period])) ?? []) {
        if (!found.has(name)) found.set(name, value);
      }
    }
    return found;
  }

  /** The last forecasts before an instant, in minor units, by the name of their scope. */
  forecasts(level: ScopeLevel, period: string, beforeMs: number): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const entry of this.#entries) {
      const counts = entry.kind === "forecast" && entry.level === level && entry.period === period;
      if (counts && entry.atMs < beforeMs) found.set(entry.name, entry.value);
    }
    return found;
  }
}

/** Nothing planned. */
export const emptyPlanBook = new PlanBook([]);
