import type { FactRecord } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";
import type { BinPartial, GroupPartial, PartialQuery, PartialSource } from "./partial.ts";

/** Whether a fact is one that the measure counts. */
export const isMeasured = (measure: Measure, fact: FactRecord): boolean =>
  fact.kind === measure.kind &&
  (measure.outcomes === undefined || measure.outcomes.includes(fact.outcome)) &&
  (measure.positiveAmountOnly === undefined || fact.amountMinor > 0) &&
  (measure.value !== "durationMs" || fact.durationMs !== null);

/** Where a measure places a fact; null where it belongs to no cohort. */
export const placedAtMs = (measure: Measure, fact: FactRecord): number | null =>
  measure.placedBy === "cohort" ? fact.cohortAtMs : fact.atMs;

const holds = (query: PartialQuery, fact: FactRecord): boolean => {
  const { measure, fromMs, toMs } = query;
  if (!isMeasured(measure, fact) || fact.atMs > query.upToMs) return false;
  const placedMs = placedAtMs(measure, fact);
  if (placedMs === null) return false;
  if ((fromMs !== null && placedMs < fromMs) || (toMs !== null && placedMs >= toMs)) return false;
  return query.where.every(([dimension, value]) => fact.dimensions[dimension] === value);
};

const summedOf = (measure: Measure, fact: FactRecord): bigint => {
  if (measure.value === "none") return 0n;
  return BigInt(measure.value === "amountMinor" ? fact.amountMinor : (fact.durationMs ?? 0));
};

const binsOf = (facts: ReadonlyArray<FactRecord>): ReadonlyArray<BinPartial> =>
  [...Map.groupBy(facts, (fact) => fact.bin ?? 0)]
    .sort(([a], [b]) => a - b)
    .map(([bin, inBin]) => [
      bin,
      inBin.reduce((count, fact) => count + BigInt(fact.count), 0n),
      inBin.reduce((sum, fact) => sum + BigInt(fact.durationMs ?? 0), 0n),
    ]);

/** The ages at `atMs` of the leads that are open: those whose facts add up to one. */
const agesOf = (facts: ReadonlyArray<FactRecord>, atMs: number): ReadonlyArray<number> =>
  [...Map.groupBy(facts, (fact) => fact.leadId).values()]
    .filter((ofLead) => ofLead.reduce((count, fact) => count + fact.count, 0) > 0)
    .map((ofLead) => atMs - (ofLead[0]?.cohortAtMs ?? atMs))
    .sort((a, b) => a - b);

const partialOf = (query: PartialQuery, facts: ReadonlyArray<FactRecord>): Omit<GroupPartial, "group"> => {
  if (query.want === "ages") {
    const ages = agesOf(facts, query.toMs ?? query.upToMs);
    return { count: BigInt(ages.length), sum: 0n, ages };
  }
  return {
    count: facts.reduce((count, fact) => count + BigInt(fact.count), 0n),
    sum: facts.reduce((sum, fact) => sum + summedOf(query.measure, fact), 0n),
    ...(query.want === "bins" ? { bins: binsOf(facts) } : {}),
  };
};

/** Answers from a list of facts, plainly: what other sources are held against, and what the open set is asked. */
export const partialsOfFacts = (facts: ReadonlyArray<FactRecord>, query: PartialQuery): ReadonlyArray<GroupPartial> => {
  const held = facts.filter((fact) => holds(query, fact));
  const groups = Map.groupBy(held, (fact) => JSON.stringify(query.by.map((dimension) => fact.dimensions[dimension])));
  return [...groups.values()].map((inGroup) => ({
    group: query.by.map((dimension) => inGroup[0]?.dimensions[dimension] ?? ""),
    ...partialOf(query, inGroup),
  }));
};

/** Answers from plain facts: the definition that every other source is held against. */
export const arraySource = (facts: ReadonlyArray<FactRecord>): PartialSource => ({
  partials: async (query) => partialsOfFacts(facts, query),
});
