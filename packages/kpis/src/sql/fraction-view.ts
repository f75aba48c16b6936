import { type Expression, leavesOf } from "../expression.ts";
import type { Formula } from "../formula.ts";
import type { CompletedStatistic } from "../metric.ts";
import type { Term } from "../term.ts";
import {
  addSql,
  divideSql,
  multiplySql,
  positiveSql,
  quotientColumns,
  type SqlRational,
  wholeSql,
} from "./exact-quotient.ts";
import { leafName } from "./leaf-name.ts";
import { LeafRows } from "./leaf-rows.ts";
import { groupColumn, instant, type ViewParameter } from "./view-time.ts";

type Fraction = Extract<Formula, { readonly _tag: "Fraction" }>;

/** Everything in a tree, itself included. */
const nodesOf = (node: Expression): ReadonlyArray<Expression> => {
  if ("left" in node) return [node, ...nodesOf(node.left), ...nodesOf(node.right)];
  return node._tag === "Positive" ? [node, ...nodesOf(node.of)] : [node];
};

/** Whether anything in it lies between two instants; else levels and what leads up to them have only one. */
const hasWindow = (nodes: ReadonlyArray<Expression>, basis: Term | undefined): boolean =>
  basis?.measures.some(({ level }) => !level) === true ||
  nodes.some((node) => {
    if (node._tag === "Ends" || node._tag === "Months") return true;
    if (node._tag === "Due") return node.which === "in_period";
    if (node._tag === "Taken") return node.over === "window" && node.term.measures.some(({ level }) => !level);
    return "over" in node && node.over === "window" && !node.of.level;
  });

/** What the view of a fraction is asked with. */
export const fractionParameters = ({ numerator, denominator, basis }: Fraction): ReadonlyArray<ViewParameter> => {
  const nodes = [...nodesOf(numerator), ...nodesOf(denominator)];
  const has = (tag: Expression["_tag"]): boolean => nodes.some(({ _tag }) => _tag === tag);
  const window: ReadonlyArray<ViewParameter> = hasWindow(nodes, basis) ? ["since", "until"] : [];
  const isPrior = nodes.some((node) => "over" in node && node.over === "prior");
  return [
    "by",
    ...window,
    "at",
    ...(isPrior ? (["prior_since", "prior_until", "prior_at"] as const) : []),
    ...(has("Due") ? (["today"] as const) : []),
    ...(has("Target") ? (["period"] as const) : []),
    ...(has("Months") ? (["months"] as const) : []),
    ...(has("Elapsed") ? (["days_begun", "days_all"] as const) : []),
  ];
};

/** Whole calendar months as the caller states them, else by the window's length (window/business-days.ts). */
const monthsSql: SqlRational = {
  n: `if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli(${instant("until")}) - toUnixTimestamp64Milli(${instant("since")})), toInt256({months:UInt32}))`,
  d: "if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))",
};

/** The number of an expression over the columns of its leaves. */
const numberOf = (
  node: Expression,
  leafColumn: (leaf: Expression) => SqlRational,
  months: SqlRational,
): SqlRational => {
  switch (node._tag) {
    case "Whole":
      return wholeSql(`toInt256(${node.value})`);
    case "Elapsed":
      return { n: "toInt256({days_begun:UInt32})", d: "toInt256(nullIf({days_all:UInt32}, 0))" };
    case "Months":
      return months;
    case "Positive":
      return positiveSql(numberOf(node.of, leafColumn, months));
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide": {
      const [left, right] = [numberOf(node.left, leafColumn, months), numberOf(node.right, leafColumn, months)];
      if (node._tag === "Multiply") return multiplySql(left, right);
      if (node._tag === "Divide") return divideSql(left, right);
      return addSql(left, right, node._tag === "Add" ? "+" : "-");
    }
    default:
      return leafColumn(node);
  }
};

/** A leaf of a fraction: two that say the same are one number. */
export interface Leaf {
  readonly node: Expression;
  /** Of its column. */
  readonly name: string;
}

const leavesIn = (nodes: ReadonlyArray<Expression>): ReadonlyMap<string, Leaf> => {
  const leaves = new Map<string, Leaf>();
  for (const node of nodes) if (isLeaf(node)) leaves.set(JSON.stringify(node), { node, name: leafName(node) });
  return leaves;
};

const isLeaf = (node: Expression): boolean => node._tag === "Target" || leavesOf(node)[0] === node;

const nano = "toInt256(1000000000)";

/** A part without facts is 0; a target that nobody set is none. */
const madeColumns = ({ node, name }: Leaf, leaf: number): ReadonlyArray<string> => {
  const sum = `sumIf(n, leaf = ${leaf})`;
  if (node._tag === "Target") return [`if(countIf(leaf = ${leaf}) = 0, NULL, ${sum}) AS ${name}_nano`];
  if (node._tag !== "Weighed" || node.by === "bin") return [`${sum} AS ${name}`];
  return [`${sum} AS ${name}_times`, `greatest(maxIf(d, leaf = ${leaf}), toInt256(1)) AS ${name}_over`];
};

/** The number of a leaf over the columns made of it. */
const columnOf = ({ node, name }: Leaf): SqlRational => {
  if (node._tag === "Target") return { n: `${name}_nano`, d: nano };
  return node._tag === "Weighed" && node.by === "yearly" ? { n: `${name}_times`, d: `${name}_over` } : wholeSql(name);
};

/** As the view shows a leaf. */
const shownColumn = ({ node, name }: Leaf): string => {
  if (node._tag === "Target") return `toFloat64(${name}_nano) / 1000000000 AS ${name}`;
  if (node._tag !== "Weighed" || node.by === "bin") return name;
  return `toFloat64(${name}_times) / toFloat64(${name}_over) AS ${name}`;
};

const indented = (parts: ReadonlyArray<string>, separator: string): string => parts.join(`${separator}\n  `);

/** Where the numbers of a fraction's leaves come from, and what its rows are named by. */
export interface FractionRows {
  /** The columns of a group. */
  readonly keys: ReadonlyArray<string>;
  /** Selects of rows (keys, leaf, n, d) for each leaf. */
  readonly of: (node: Expression, leaf: number) => ReadonlyArray<string>;
  readonly ofTerm: (term: Term, leaf: number, over: "window") => ReadonlyArray<string>;
  readonly months: SqlRational;
}

/** The numbers that a fraction shows a column of, in their order. */
export const fractionLeaves = ({ numerator, denominator }: Omit<Fraction, "_tag">): ReadonlyArray<Leaf> => [
  ...leavesIn([...nodesOf(numerator), ...nodesOf(denominator)]).values(),
];

/**
 * A fraction as a view: a column for each number that it is made of, its parts as doubles and the exact quotient, one
 * row per group.
 */
export const fractionSelect = (statistic: CompletedStatistic, fraction: Fraction): string => {
  const nodes = [...nodesOf(fraction.numerator), ...nodesOf(fraction.denominator)];
  const rows = new LeafRows(hasWindow(nodes, fraction.basis), groupColumn(statistic.dimensions));
  return fractionOver(fraction, {
    keys: ["group_value"],
    of: (node, leaf) => rows.of(node, leaf),
    ofTerm: (term, leaf, over) => rows.ofTerm(term, leaf, over),
    months: monthsSql,
  });
};

/** The same over rows from elsewhere. */
export const fractionOver = ({ numerator, denominator, basis }: Omit<Fraction, "_tag">, rows: FractionRows): string => {
  const byText = leavesIn([...nodesOf(numerator), ...nodesOf(denominator)]);
  const leaves = [...byText.values()];
  const keys = rows.keys.join(", ");
  const counted = basis === undefined ? [] : rows.ofTerm({ ...basis, take: "count" }, leaves.length, "window");
  const all = [...leaves.flatMap(({ node }, leaf) => rows.of(node, leaf)), ...counted];
  const facts = counted.length === 0 ? [] : [`toInt64(sumIf(n, leaf = ${leaves.length})) AS facts`];
  const column = (node: Expression): SqlRational => {
    const leaf = byText.get(JSON.stringify(node));
    if (leaf === undefined) throw new Error(`${node._tag} is no leaf of the formula`);
    return columnOf(leaf);
  };
  const [top, bottom] = [numberOf(numerator, column, rows.months), numberOf(denominator, column, rows.months)];
  const value = divideSql(top, bottom);
  const shown = [...rows.keys, ...facts.map(() => "facts"), ...leaves.map(shownColumn)];
  return `WITH made AS (
  SELECT ${keys}, ${indented([...facts, ...leaves.flatMap(madeColumns)], ",")}
  FROM (
  ${indented(all, " UNION ALL")}
  ) GROUP BY ${keys}
), counted AS (
  SELECT *, toNullable(${top.n}) AS top_n, toNullable(${top.d}) AS top_d,
    toNullable(${bottom.n}) AS bottom_n, toNullable(${bottom.d}) AS bottom_d,
    toNullable(${value.n}) AS value_n, toNullable(${value.d}) AS value_d
  FROM made
)
SELECT ${shown.join(", ")}, numerator, denominator, value FROM (
  SELECT *, ${indented(
    [
      ...quotientColumns("top_n", "top_d", "numerator"),
      ...quotientColumns("bottom_n", "bottom_d", "denominator"),
      ...quotientColumns("value_n", "value_d", "value"),
    ],
    ",",
  )}
  FROM counted
)`;
};
