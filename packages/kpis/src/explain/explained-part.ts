import { expressionWords } from "../docs/expression-words.ts";
import { formulaWords } from "../docs/formula-words.ts";
import { termWords } from "../docs/term-words.ts";
import type { GroupPartial } from "../evaluate/partial.ts";
import type { KpiPlan } from "../evaluate/plan.ts";
import type { PlannedQuery } from "../evaluate/query-planner.ts";
import type { EndsTake, Expression } from "../expression.ts";
import type { Formula } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { FactLine, FactLineSum } from "../sql/facts-sql.ts";
import type { Term } from "../term.ts";

/** One number that an answer is made of, and the query that gives it. */
export interface ExplainedPart {
  /** numerator, denominator, window, prior, or value where the formula has one part. */
  readonly part: string;
  /** In words, from what evaluates it. */
  readonly what: string;
  readonly query: PlannedQuery["query"];
  readonly take: "count" | "sum" | EndsTake;
  /** Of what is taken: `s` are seconds, money is in minor units. */
  readonly unit: "count" | "money" | "s" | "units";
  /** Over bins: what each line's value is multiplied by. */
  readonly weigh?: "bin" | "yearly";
}

const valueUnits: Readonly<Record<Measure["value"], ExplainedPart["unit"]>> = {
  none: "count",
  amountMinor: "money",
  costMinor: "money",
  unitsMilli: "units",
  durationMs: "s",
  businessMs: "s",
};

const hasLeaves = (plan: KpiPlan, role: PlannedQuery["role"]): boolean =>
  plan.queries.some((planned) => planned.role === role);

const partNames = (plan: KpiPlan, formula: Formula): Readonly<Record<"first" | "second", string>> => {
  if (formula._tag === "Growth") return { first: "window", second: "prior" };
  const isQuotient = formula._tag === "Ratio" || (formula._tag === "Fraction" && hasLeaves(plan, "second"));
  return isQuotient ? { first: "numerator", second: "denominator" } : { first: "value", second: "denominator" };
};

/** The total of a weighed part is that of its values alone: the weights stand beside the facts. */
const weighedWords = (measure: Measure, by: "bin" | "yearly"): string =>
  `${termWords({ measures: [measure], take: "sum" })}, each then ${by === "bin" ? "× its probability" : "× 12 / its months"}`;

const wordsOf = (node: Expression | undefined, term: Term): string => {
  if (node === undefined || node._tag === "Taken") return termWords(term);
  return node._tag === "Weighed" ? weighedWords(node.of, node.by) : expressionWords(node);
};

const counts: ReadonlyArray<string> = ["started", "kept"];

const plainWords = (words: string): string => words.replaceAll("`", "");

/** The formula in words, from what evaluates it. */
export const explainedFormula = (plan: KpiPlan): string => plainWords(formulaWords(plan.question.statistic.formula));

/** A formula may name a number several times: it is told once. */
const eachOnce = (parts: ReadonlyArray<ExplainedPart>): ReadonlyArray<ExplainedPart> => [
  ...new Map(parts.map((part) => [JSON.stringify(part), part])).values(),
];

/** The numbers that facts give to an answer, in the order of the formula; targets and cautions have no facts here. */
export const explainedParts = (plan: KpiPlan): ReadonlyArray<ExplainedPart> => {
  const names = partNames(plan, plan.question.statistic.formula);
  const nodes = new Map<number, Expression>([...plan.leaves].map(([node, leaf]) => [leaf, node]));
  const parts = plan.queries.flatMap(({ role, leaf, take: planned, query }): ReadonlyArray<ExplainedPart> => {
    if (role !== "first" && role !== "second") return [];
    const node = nodes.get(leaf);
    const { measure } = query;
    const one = { measures: [measure], take: planned };
    const take = node?._tag === "Ends" ? node.take : planned;
    // Ages are taken of a level that sums nothing.
    const ofValue = query.want === "ages" ? "s" : valueUnits[measure.value];
    return [
      {
        part: names[role],
        what: plainWords(wordsOf(node, one)),
        query,
        take,
        unit: take === "count" || counts.includes(take) ? "count" : ofValue,
        ...(node?._tag === "Weighed" ? { weigh: node.by } : {}),
      },
    ];
  });
  return eachOnce(parts);
};

/** What a part takes of a line, or of all of them: a count, minor units, milliseconds or thousandths. */
export const takenOf = (
  { take }: ExplainedPart,
  line: Pick<FactLine, "count" | "sum" | "kept" | "endSum" | "lesserSum">,
): bigint => {
  switch (take) {
    case "count":
    case "started":
      return line.count;
    case "sum":
    case "startSum":
      return line.sum;
    default:
      return line[take];
  }
};

type Bins = ReadonlyMap<number | null, readonly [count: bigint, sum: bigint]>;

const sameBins = (a: Bins, b: Bins): boolean =>
  a.size === b.size &&
  [...a].every(([bin, [count, sum]]) => {
    const other = b.get(bin);
    return other !== undefined && other[0] === count && other[1] === sum;
  });

const isSomething = ([count, sum]: readonly [bigint, bigint]): boolean => count !== 0n || sum !== 0n;

/** Whether the lines, added up, are what the answer was made of. */
export const addsUp = (found: ReadonlyArray<GroupPartial>, sums: ReadonlyArray<FactLineSum>): boolean => {
  const add = (pick: (line: FactLineSum) => bigint): bigint => sums.reduce((total, line) => total + pick(line), 0n);
  const total = (pick: (partial: GroupPartial) => bigint): bigint =>
    found.reduce((sum, partial) => sum + pick(partial), 0n);
  if (total(({ count }) => count) !== add(({ count }) => count)) return false;
  // Ages are a list beside the sum.
  const ages = found.flatMap((partial) => partial.ages ?? []);
  const summed = ages.reduce(
    (sum, age) => sum + BigInt(age),
    total((partial) => partial.sum),
  );
  if (summed !== add(({ sum }) => sum)) return false;
  for (const name of ["kept", "endSum", "lesserSum"] as const)
    if (total(({ ends }) => ends?.[name] ?? 0n) !== add((line) => line[name])) return false;
  const bins: Bins = new Map(found.flatMap((partial) => partial.bins ?? []).map(([bin, n, sum]) => [bin, [n, sum]]));
  if (bins.size === 0) return true;
  const listed: Bins = new Map(sums.map(({ bin, count, sum }) => [bin, [count, sum]]));
  return sameBins(new Map([...bins].filter(([, bin]) => isSomething(bin))), listed);
};
