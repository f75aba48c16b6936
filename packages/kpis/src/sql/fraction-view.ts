import { noValue } from "@leadwire/funnel";
import { type EndsTake, type Expression, leavesOf } from "../expression.ts";
import type { Formula, Term } from "../formula.ts";
import type { CompletedStatistic } from "../metric.ts";
import {
  addSql,
  divideSql,
  multiplySql,
  positiveSql,
  quotientColumns,
  type SqlRational,
  wholeSql,
} from "./exact-quotient.ts";
import { accountColumn, binColumn, summedColumn } from "./partial-sql.ts";
import { scopedPlan } from "./plan-view.ts";
import { groupColumn, instant, type ViewParameter, viewConditions } from "./view-time.ts";

type Fraction = Extract<Formula, { readonly _tag: "Fraction" }>;
type Node<Tag extends Expression["_tag"]> = Extract<Expression, { readonly _tag: Tag }>;

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

/** Rows (group_value, leaf, n, d, found) that make the number of each leaf. */
class LeafRows {
  readonly #windowed: boolean;
  readonly #group: string;

  constructor(windowed: boolean, group: string) {
    this.#windowed = windowed;
    this.#group = group;
  }

  of(node: Expression, leaf: number): ReadonlyArray<string> {
    switch (node._tag) {
      case "Taken":
        return this.ofTerm(node.term, leaf, node.over);
      case "Weighed":
        return [this.#weighed(node, leaf)];
      case "DistinctOwners": {
        const n = `uniqExactIf(owner, owner != '${noValue}')`;
        return [this.#rows(leaf, n, viewConditions(node.of, node.over, this.#windowed), node.of.level)];
      }
      case "Ends":
        return [this.#ends(node, leaf)];
      case "Due":
        return [this.#due(node, leaf)];
      case "Target":
        return [scopedPlan("target", `subject = '${node.metric}'`, leaf)];
      default:
        return [];
    }
  }

  ofTerm({ measures, take }: Term, leaf: number, over: Node<"Taken">["over"]): ReadonlyArray<string> {
    return measures.map((measure) =>
      this.#rows(
        leaf,
        take === "count" ? "sum(count)" : `sum(${summedColumn(measure)})`,
        viewConditions(measure, over, this.#windowed),
        measure.level,
      ),
    );
  }

  #rows(leaf: number, n: string, conditions: string, isLevel: boolean, d = "1"): string {
    const having = isLevel ? " HAVING sum(count) != 0" : "";
    return `SELECT ${this.#group} AS group_value, ${leaf} AS leaf, toInt256(${n}) AS n, toInt256(${d}) AS d
  FROM leadwire.facts WHERE ${conditions} GROUP BY group_value${having}`;
  }

  #weighed({ of, by, over }: Node<"Weighed">, leaf: number): string {
    const conditions = viewConditions(of, over, this.#windowed);
    const summed = summedColumn(of);
    if (by === "bin") return this.#rows(leaf, `sum(toInt256(${summed}) * ${binColumn(of)})`, conditions, of.level);
    // Over one denominator: the least common multiple of the terms that there are.
    const terms = `sumMap([toInt64(${binColumn(of)})], [toInt256(${summed})])`;
    const multiple = `arrayFold((held, term) -> lcm(held, term), ${terms}.1, toInt64(1))`;
    const n = `arraySum(arrayMap((term, total) -> total * 12 * intDiv(${multiple}, term), ${terms}.1, ${terms}.2))`;
    return this.#rows(leaf, n, conditions, of.level, multiple);
  }

  #ends({ of, take }: Node<"Ends">, leaf: number): string {
    const summed = summedColumn(of);
    const start = `at < ${instant("since")}`;
    const accounts = `SELECT ${this.#group} AS group_value, ${accountColumn} AS account,
    sumIf(count, ${start}) AS c0, sumIf(${summed}, ${start}) AS s0, sum(count) AS c1, sum(${summed}) AS s1
    FROM leadwire.facts WHERE ${viewConditions(of, "window", this.#windowed)} GROUP BY group_value, account`;
    const taken: Readonly<Record<EndsTake, string>> = {
      started: "countIf(c0 > 0)",
      kept: "countIf(c0 > 0 AND c1 > 0)",
      startSum: "sumIf(s0, c0 > 0)",
      endSum: "sumIf(s1, c0 > 0)",
      lesserSum: "sumIf(least(s0, s1), c0 > 0)",
    };
    return `SELECT group_value, ${leaf} AS leaf, toInt256(${taken[take]}) AS n, toInt256(1) AS d
  FROM (${accounts}) GROUP BY group_value HAVING countIf(c0 > 0) != 0`;
  }

  #due({ of, take, which }: Node<"Due">, leaf: number): string {
    const due =
      which === "overdue"
        ? `due_at < ${instant("today")}`
        : `due_at >= ${instant("today")} AND due_at < ${instant("until")}`;
    const n = take === "count" ? "sum(count)" : `sum(${summedColumn(of)})`;
    const conditions = `${viewConditions(of, "window", this.#windowed)} AND due_at IS NOT NULL AND ${due}`;
    return this.#rows(leaf, n, conditions, true);
  }
}

/** Whole calendar months as the caller states them, else by the window's length (window/business-days.ts). */
const monthsSql: SqlRational = {
  n: `if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli(${instant("until")}) - toUnixTimestamp64Milli(${instant("since")})), toInt256({months:UInt32}))`,
  d: "if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))",
};

/** The number of an expression over the columns of its leaves. */
const numberOf = (node: Expression, leafColumn: (leaf: Expression) => SqlRational): SqlRational => {
  switch (node._tag) {
    case "Whole":
      return wholeSql(`toInt256(${node.value})`);
    case "Elapsed":
      return { n: "toInt256({days_begun:UInt32})", d: "toInt256(nullIf({days_all:UInt32}, 0))" };
    case "Months":
      return monthsSql;
    case "Positive":
      return positiveSql(numberOf(node.of, leafColumn));
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide": {
      const [left, right] = [numberOf(node.left, leafColumn), numberOf(node.right, leafColumn)];
      if (node._tag === "Multiply") return multiplySql(left, right);
      if (node._tag === "Divide") return divideSql(left, right);
      return addSql(left, right, node._tag === "Add" ? "+" : "-");
    }
    default:
      return leafColumn(node);
  }
};

/** A part without facts is 0; a target that nobody set is none. */
const leafColumns = (node: Expression, leaf: number): ReadonlyArray<string> => {
  const name = `part_${leaf + 1}`;
  if (node._tag === "Target") {
    return [`if(countIf(leaf = ${leaf}) = 0, NULL, sumIf(n, leaf = ${leaf})) AS ${name}`];
  }
  const sum = `sumIf(n, leaf = ${leaf}) AS ${name}`;
  if (node._tag !== "Weighed" || node.by === "bin") return [sum];
  return [sum, `greatest(maxIf(d, leaf = ${leaf}), toInt256(1)) AS ${name}_over`];
};

const columnOf = (node: Expression, leaf: number): SqlRational => {
  const n = `part_${leaf + 1}`;
  if (node._tag === "Target") return { n, d: "toInt256(1000000000)" };
  return node._tag === "Weighed" && node.by === "yearly" ? { n, d: `${n}_over` } : wholeSql(n);
};

const indented = (parts: ReadonlyArray<string>, separator: string): string => parts.join(`${separator}\n  `);

/**
 * A fraction as a view: a column for each number that it is made of (in the order of the formula), its parts as doubles
 * and the exact quotient, one row per group.
 */
export const fractionSelect = ({ dimensions }: CompletedStatistic, fraction: Fraction): string => {
  const { numerator, denominator, basis } = fraction;
  const nodes = [...nodesOf(numerator), ...nodesOf(denominator)];
  const leaves = [
    ...new Set([numerator, denominator].flatMap(leavesOf)),
    ...new Set(nodes.filter(({ _tag }) => _tag === "Target")),
  ];
  const rows = new LeafRows(hasWindow(nodes, basis), groupColumn(dimensions));
  const counted = basis === undefined ? [] : rows.ofTerm({ ...basis, take: "count" }, leaves.length, "window");
  const all = [...leaves.flatMap((node, leaf) => rows.of(node, leaf)), ...counted];
  const column = (node: Expression): SqlRational => columnOf(node, leaves.indexOf(node));
  const [top, bottom] = [numberOf(numerator, column), numberOf(denominator, column)];
  const value = divideSql(top, bottom);
  const parts = leaves.flatMap((node, leaf) => leafColumns(node, leaf));
  const facts = counted.length === 0 ? [] : [`toInt64(sumIf(n, leaf = ${leaves.length})) AS facts`];
  const isPlain = (name: string): boolean => !name.endsWith("_over");
  const names = parts.map((text) => text.slice(text.lastIndexOf(" ") + 1)).filter(isPlain);
  const kept = ["group_value", ...(facts.length === 0 ? [] : ["facts"]), ...names];
  return `WITH made AS (
  SELECT group_value, ${indented([...facts, ...parts], ",")}
  FROM (
  ${indented(all, " UNION ALL")}
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(${top.n}) AS top_n, toNullable(${top.d}) AS top_d,
    toNullable(${bottom.n}) AS bottom_n, toNullable(${bottom.d}) AS bottom_d,
    toNullable(${value.n}) AS value_n, toNullable(${value.d}) AS value_d
  FROM made
)
SELECT ${kept.join(", ")}, numerator, denominator, value FROM (
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
