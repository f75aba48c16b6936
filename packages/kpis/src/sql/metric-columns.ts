import { expressionWords } from "../docs/expression-words.ts";
import type { Formula } from "../formula.ts";
import { toldScale } from "../measure.ts";
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

const quotient = "Nullable(Float64)";

/** A part of a fraction between two instants: exact, and so wider than by day. */
const exactLeafColumn = (leaf: Leaf): ModelColumn => {
  const { node } = leaf;
  const isDivided = node._tag === "Weighed" && node.by === "yearly";
  return { ...leafColumn(leaf), type: node._tag === "Target" ? quotient : isDivided ? "Float64" : "Int256" };
};

/** What stands between the group and the value, and the value's type. */
const windowParts = (formula: Formula): readonly [parts: ReadonlyArray<ModelColumn>, valueType: string] => {
  const divided = (type: string): ReadonlyArray<ModelColumn> => [
    column("numerator", type, "What is divided"),
    column("denominator", type, "What it is divided by"),
  ];
  switch (formula._tag) {
    case "Total": {
      const [first] = formula.of.measures;
      const isWhole = formula.of.take === "count" || first === undefined || toldScale(first) === 1;
      return [[facts], isWhole ? "Int64" : "Float64"];
    }
    case "Ratio":
      return [divided("Int64"), quotient];
    case "Mean":
      return [[facts, column("total", "Int64", "Sum over the facts, in minor units or milliseconds")], quotient];
    case "Growth":
      return [
        [column("current", "Int64", "In the window"), column("prior", "Int64", "In the window before, as far elapsed")],
        quotient,
      ];
    case "Percentile":
      return [[facts], "Float64"];
    case "Age":
      return [[{ ...facts, type: "UInt64" }], "Float64"];
    case "Fraction":
      return [
        [
          ...(formula.basis === undefined ? [] : [facts]),
          ...fractionLeaves(formula).map(exactLeafColumn),
          ...divided(quotient),
        ],
        quotient,
      ];
    case "Forecast":
      return [
        [
          column("scopes", "UInt64", "How many forecasts stand behind the value"),
          column("missing", "UInt64", "How many sold something that nobody forecast: they are not in the value"),
          ...divided(quotient),
        ],
        quotient,
      ];
  }
};

/** What a view of a number over a window shows; before the value stand the parts that it is made of. */
export const windowColumns = (metric: Metric, statistic: CompletedStatistic): ReadonlyArray<ModelColumn> => {
  const [parts, type] = windowParts(statistic.formula);
  return [
    column(group, "String", "The group of the dimension asked for; empty for the company"),
    ...parts,
    { ...valueColumn(metric, statistic), type },
  ];
};

/** What a percentile is found in; the views by window leave it out. */
const listColumns: Readonly<Partial<Record<Formula["_tag"], ReadonlyArray<ModelColumn>>>> = {
  Percentile: [
    column("bins", "Array(Tuple(Int32, Int64, Int64))", "Bins with their facts and sums, in order"),
    column("hit", "Tuple(Int32, Int64, Int64)", "The bin that the value lies in"),
  ],
  Age: [column("ages", "Array(Int64)", "All ages in milliseconds, in order")],
};

/** The columns of the view between instants. */
export const instantColumns = (metric: Metric, statistic: CompletedStatistic): ReadonlyArray<ModelColumn> => {
  const columns = windowColumns(metric, statistic);
  return [...columns.slice(0, -1), ...(listColumns[statistic.formula._tag] ?? []), ...columns.slice(-1)];
};
