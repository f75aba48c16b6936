import type { FactRecord } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";
import { planEntryOf } from "../plan-book.ts";
import type { BinPartial, GroupPartial, PartialQuery, PartialSource } from "./partial.ts";

const isTimed = ({ value }: Measure): boolean => value === "durationMs" || value === "businessMs";

/** What a measure sums of a fact; null where the fact has none, and is left out. */
const summedValue = ({ value }: Measure, fact: FactRecord): number | null => {
  switch (value) {
    case "none":
      return 0;
    case "costMinor":
      return fact.costMinor ?? 0;
    case "unitsMilli":
      return Math.round(fact.units * 1000);
    default:
      return fact[value];
  }
};

/** Whether a fact is one that the measure counts. */
export const isMeasured = (measure: Measure, fact: FactRecord): boolean =>
  fact.kind === measure.kind &&
  (measure.outcomes === undefined || measure.outcomes.includes(fact.outcome)) &&
  (measure.positiveAmountOnly === undefined || fact.amountMinor > 0) &&
  (measure.knownCostOnly === undefined || fact.costMinor !== null) &&
  summedValue(measure, fact) !== null &&
  (!measure.binned || isTimed(measure) || fact.bin !== null);

/** Where a measure places a fact; null where it belongs to no cohort. */
export const placedAtMs = (measure: Measure, fact: FactRecord): number | null =>
  measure.placedBy === "cohort" ? fact.cohortAtMs : fact.atMs;

const isDue = ({ dueAtMs }: FactRecord, { fromMs, toMs }: NonNullable<PartialQuery["due"]>): boolean =>
  dueAtMs !== null && (fromMs === null || dueAtMs >= fromMs) && (toMs === null || dueAtMs < toMs);

const holds = (query: PartialQuery, fact: FactRecord): boolean => {
  const { measure, toMs, due } = query;
  // Of two ends everything before the later one is asked for.
  const fromMs = query.want === "ends" ? null : query.fromMs;
  if (!isMeasured(measure, fact) || fact.atMs > query.upToMs) return false;
  const placedMs = placedAtMs(measure, fact);
  if (placedMs === null) return false;
  if ((fromMs !== null && placedMs < fromMs) || (toMs !== null && placedMs >= toMs)) return false;
  if (due !== undefined && !isDue(fact, due)) return false;
  return query.where.every(([dimension, value]) => fact.dimensions[dimension] === value);
};

const summedOf = (measure: Measure, fact: FactRecord): bigint => BigInt(summedValue(measure, fact) ?? 0);

const binOf = ({ value }: Measure, fact: FactRecord): number =>
  (value === "businessMs" ? fact.businessBin : fact.bin) ?? 0;

const binsOf = (measure: Measure, facts: ReadonlyArray<FactRecord>): ReadonlyArray<BinPartial> =>
  [...Map.groupBy(facts, (fact) => binOf(measure, fact))]
    .sort(([a], [b]) => a - b)
    .map(([bin, inBin]) => [bin, countOf(inBin), sumOf(measure, inBin)]);

const countOf = (facts: ReadonlyArray<FactRecord>): bigint =>
  facts.reduce((count, fact) => count + BigInt(fact.count), 0n);
const sumOf = (measure: Measure, facts: ReadonlyArray<FactRecord>): bigint =>
  facts.reduce((sum, fact) => sum + summedOf(measure, fact), 0n);

/** Each account that stands before `fromMs`, and what it is at the end. */
const endsOf = ({ measure, fromMs }: PartialQuery, facts: ReadonlyArray<FactRecord>): Omit<GroupPartial, "group"> => {
  let [count, sum, kept, endSum, lesserSum] = [0n, 0n, 0n, 0n, 0n];
  for (const ofAccount of Map.groupBy(facts, accountOf).values()) {
    const before = ofAccount.filter((fact) => fromMs !== null && fact.atMs < fromMs);
    if (countOf(before) <= 0n) continue;
    const [atStart, atEnd] = [sumOf(measure, before), sumOf(measure, ofAccount)];
    count += 1n;
    sum += atStart;
    if (countOf(ofAccount) > 0n) kept += 1n;
    endSum += atEnd;
    if (atStart < atEnd) lesserSum += atStart;
    else lesserSum += atEnd;
  }
  return { count, sum, ends: { kept, endSum, lesserSum } };
};

/** An account is the account's id, else the lead. */
const accountOf = ({ accountId, leadId }: FactRecord): string => (accountId === "" ? leadId : accountId);

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
  if (query.want === "ends") return endsOf(query, facts);
  return {
    count: countOf(facts),
    sum: sumOf(query.measure, facts),
    ...(query.want === "bins" ? { bins: binsOf(query.measure, facts) } : {}),
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
export const arraySource = (facts: ReadonlyArray<FactRecord>): Required<PartialSource> => ({
  partials: async (query) => partialsOfFacts(facts, query),
  planEntries: async () => facts.map(planEntryOf).filter((entry) => entry !== undefined),
});
