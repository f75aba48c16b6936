import { expressionWords } from "../docs/expression-words.ts";
import type { Formula } from "../formula.ts";
import type { CompletedStatistic, Metric, Unit } from "../metric.ts";
import { fractionLeaves, type Leaf } from "./fraction-view.ts";
import type { ModelColumn } from "./model-view.ts";

type Fraction = Omit<Extract<Formula, { readonly _tag: "Fraction" }>, "_tag">;

const unitWords: Readonly<Record<Unit, string>> = {
  leads: "leads",
  deals: "deals",
  accounts: "accounts",
  activities: "activities",
  touches: "touches",
  units: "units",
  money: "minor units of the workspace's currency",
  money_per_day: "minor units of the workspace's currency a day",
  ratio: "0.63 is 63 %",
  x: "3 is 3 ×",
  months: "months",
  score: "score",
  s: "seconds",
};

const column = (name: string, type: string, comment: string): ModelColumn => ({ name, type, comment });

const group = "group_value";
const facts = column("facts", "Int64", "How many facts stand behind the value; fewer than 10 say little");

const valueColumn = (metric: Metric, { unit }: CompletedStatistic): ModelColumn =>
  column(
    "value",
    "Nullable(Float64)",
    `${metric.texts.en[1]} (${unitWords[unit]}); null where it has no answer. Never add it up`,
  );

const leafColumn = ({ node, name }: Leaf): ModelColumn => {
  const words = expressionWords(node).replaceAll("`", "");
  return column(name, node._tag === "Weighed" || node._tag === "Target" ? "Float64" : "Int64", words);
};

const partColumns = (fraction: Fraction | undefined): ReadonlyArray<ModelColumn> =>
  fraction === undefined
    ? [facts]
    : [
        ...(fraction.basis === undefined ? [] : [facts]),
        ...fractionLeaves(fraction).map(leafColumn),
        column("numerator", "Nullable(Float64)", "What is divided"),
        column("denominator", "Nullable(Float64)", "What it is divided by"),
      ];

/** The columns of a number by day and group; `fraction` where it is one of counts and sums. */
export const dayColumns = (
  metric: Metric,
  statistic: CompletedStatistic,
  fraction: Fraction | undefined,
): ReadonlyArray<ModelColumn> => [
  column("day", "Date", "Day in the workspace's zone; today so far"),
  column("dimension", "LowCardinality(String)", `company, or what the groups are: ${statistic.dimensions.join(", ")}`),
  column(group, "String", "The group; empty for the company. Groups of one dimension only are the whole"),
  ...partColumns(fraction),
  valueColumn(metric, statistic),
];

/** What every view of a number over a window shows; before the value stand the parts that it is made of. */
export const windowColumns = (metric: Metric, statistic: CompletedStatistic): ReadonlyArray<ModelColumn> => [
  column(group, "String", "The group of the dimension asked for; empty for the company"),
  valueColumn(metric, statistic),
];
