import { noValue } from "@leadwire/funnel";
import type { EndsTake, Expression } from "../expression.ts";
import type { Term } from "../term.ts";
import { accountColumn, binColumn, summedColumn } from "./partial-sql.ts";
import { scopedTargets } from "./plan-view.ts";
import { instant, viewConditions } from "./view-time.ts";

type Node<Tag extends Expression["_tag"]> = Extract<Expression, { readonly _tag: Tag }>;

/** Selects of rows (group_value, leaf, n, d) that make the number of each leaf: Σ n over the greatest d. */
export class LeafRows {
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
        return [scopedTargets(node.metric, leaf)];
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
