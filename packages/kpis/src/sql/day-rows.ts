import { type Dimension, noValue } from "@leadwire/funnel";
import type { EndsTake, Expression } from "../expression.ts";
import type { Measure } from "../measure.ts";
import type { Term } from "../term.ts";
import { epochMs, type LocalTime } from "./local-time.ts";
import { accountColumn, binColumn, measureConditions, placedColumn, summedColumn } from "./partial-sql.ts";

type Node<Tag extends Expression["_tag"]> = Extract<Expression, { readonly _tag: Tag }>;

const now = "now64(3, 'UTC')";
const keys = "dimension, group_value, day";

/** The company and each dimension of a fact, as pairs that a fact is counted under. */
export const cutsOf = (dimensions: ReadonlyArray<Dimension>): string =>
  `ARRAY JOIN [${["('company', '')", ...dimensions.map((each) => `('${each}', toString(${each}))`)].join(", ")}] AS cut`;

export const cutColumns = "cut.1 AS dimension, cut.2 AS group_value";

/**
 * Selects of rows (dimension, group_value, day, leaf, n, d) that make the number of each leaf for each local day up to
 * today: Σ n over the greatest d, as `LeafRows` makes them of one window. A level is the running sum of its changes, given
 * for every day on which anything stands.
 */
export class DayRows {
  readonly #local: LocalTime;
  readonly #cuts: string;
  readonly #today: string;

  constructor(local: LocalTime, dimensions: ReadonlyArray<Dimension>) {
    this.#local = local;
    this.#cuts = cutsOf(dimensions);
    this.#today = local.dayOf(now);
  }

  of(node: Expression, leaf: number): ReadonlyArray<string> {
    switch (node._tag) {
      case "Taken":
        return this.ofTerm(node.term, leaf, node.over);
      case "Weighed":
        return [this.#weighed(node, leaf)];
      case "DistinctOwners":
        return [this.#flow(node.of, leaf, `uniqExactIf(owner, owner != '${noValue}')`)];
      case "Ends":
        return [this.#ends(node, leaf)];
      case "Due":
        return [this.#overdue(node, leaf)];
      default:
        throw new Error(`${node._tag} has no number of a day`);
    }
  }

  ofTerm({ measures, take }: Term, leaf: number, over: Node<"Taken">["over"]): ReadonlyArray<string> {
    return measures.map((measure) => {
      const value = take === "count" ? "count" : summedColumn(measure);
      if (measure.level) {
        if (over === "prior") throw new Error(`${measure.id}: a level before has no number of a day`);
        return this.#standing(leaf, this.#changes(measure, this.#local.dayOf("at"), value, "at < "));
      }
      if (over === "trailing_year") return this.#trailing(measure, leaf, value);
      return over === "prior" ? this.#dayBefore(measure, leaf, value) : this.#flow(measure, leaf, `sum(${value})`);
    });
  }

  /** What happened on a day. */
  #flow(measure: Measure, leaf: number, n: string, d = "1"): string {
    const day = this.#local.dayOf(placedColumn(measure));
    return this.#perDay(leaf, n, day, [...measureConditions(measure), `at <= ${now}`], d);
  }

  #perDay(leaf: number, n: string, day: string, conditions: ReadonlyArray<string>, d = "1"): string {
    return `SELECT ${cutColumns}, ${day} AS day, ${leaf} AS leaf, toInt256(${n}) AS n, toInt256(${d}) AS d
  FROM leadwire.facts ${this.#cuts}
  WHERE ${conditions.join(" AND ")} GROUP BY ${keys}`;
  }

  /** What happened on the day before; of today the same local time elapsed. */
  #dayBefore(measure: Measure, leaf: number, value: string): string {
    const day = `addDays(${this.#local.dayOf(placedColumn(measure))}, 1)`;
    const wall = this.#local.wallOf(now);
    const elapsed = this.#local.instantOf(`(${wall} - INTERVAL 1 DAY)`);
    const conditions = [
      ...measureConditions(measure),
      `at <= if(${day} = ${this.#today}, ${elapsed}, ${now})`,
      `${day} <= ${this.#today}`,
    ];
    return this.#perDay(leaf, `sum(${value})`, day, conditions);
  }

  /** Changes of a level by day: how many come and go (`c`) and what they add (`v`). */
  #changes(measure: Measure, day: string, value: string, before: string, more: ReadonlyArray<string> = []): string {
    const conditions = [...measureConditions(measure), `${before}${now}`, ...more];
    return `SELECT ${cutColumns}, ${day} AS day, sum(count) AS c, sum(toInt256(${value})) AS v
      FROM leadwire.facts ${this.#cuts}
      WHERE ${conditions.join(" AND ")} GROUP BY ${keys}`;
  }

  /** A level at each day's end, of the days on which anything stands. */
  #standing(leaf: number, changes: string): string {
    return `SELECT dimension, group_value, toDate32(standing) AS day, ${leaf} AS leaf, n, toInt256(1) AS d
  FROM (
    SELECT dimension, group_value, day AS from_day, sum(c) OVER past AS held, sum(v) OVER past AS n,
      leadInFrame(day, 1, addDays(${this.#today}, 1)) OVER (PARTITION BY dimension, group_value ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_day
    FROM (
      ${changes}
    ) WINDOW past AS (PARTITION BY dimension, group_value ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ) ARRAY JOIN range(toInt32(from_day), toInt32(next_day)) AS standing WHERE held != 0`;
  }

  /** The 365 days before a day's end: what comes in on its day goes out 365 days later. */
  #trailing(measure: Measure, leaf: number, value: string): string {
    const placed = placedColumn(measure);
    const out = `(${placed} + INTERVAL 365 DAY)`;
    const conditions = [...measureConditions(measure), `at <= ${now}`, `move.2 < ${now}`];
    return this.#standing(
      leaf,
      `SELECT ${cutColumns}, ${this.#local.dayOf("move.2")} AS day, sum(count * move.1) AS c, sum(toInt256(${value}) * move.1) AS v
      FROM (
        SELECT *, move FROM leadwire.facts ARRAY JOIN [(1, ${placed}), (-1, ${out})] AS move WHERE ${conditions.join(" AND ")}
      ) ${this.#cuts}
      GROUP BY ${keys}`,
    );
  }

  #weighed({ of, by, over }: Node<"Weighed">, leaf: number): string {
    if (over !== "window") throw new Error(`${of.id}: what is weighed has a number of a day over the day alone`);
    const summed = summedColumn(of);
    if (by === "bin") {
      const weighed = `toInt256(${summed}) * ${binColumn(of)}`;
      if (of.level) return this.#standing(leaf, this.#changes(of, this.#local.dayOf("at"), weighed, "at < "));
      return this.#flow(of, leaf, `sum(${weighed})`);
    }
    const terms = `sumMap([toInt64(${binColumn(of)})], [toInt256(${summed})])`;
    const multiple = `arrayFold((held, term) -> lcm(held, term), ${terms}.1, toInt64(1))`;
    const n = `arraySum(arrayMap((term, total) -> total * 12 * intDiv(${multiple}, term), ${terms}.1, ${terms}.2))`;
    return this.#flow(of, leaf, n, multiple);
  }

  /**
   * Accounts at a day's two ends. As long as an account does not change, it counts the same each day (`stays`); on the day
   * of a change it counts by both ends (`changes`): so the difference of the two comes on that day and goes on the next.
   */
  #ends({ of, take }: Node<"Ends">, leaf: number): string {
    const summed = summedColumn(of);
    const stays = (c: string, s: string): string =>
      take === "started" || take === "kept" ? `toInt64(${c} > 0)` : `if(${c} > 0, ${s}, 0)`;
    const changed: Readonly<Record<EndsTake, string>> = {
      started: "toInt64(c0 > 0)",
      kept: "toInt64(c0 > 0 AND c1 > 0)",
      startSum: "if(c0 > 0, s0, 0)",
      endSum: "if(c0 > 0, s1, 0)",
      lesserSum: "if(c0 > 0, least(s0, s1), 0)",
    };
    const moves = `[
        (change_day, toInt64(0), ${changed[take]} - ${stays("c0", "s0")}),
        (addDays(change_day, 1), toInt64(c1 > 0) - toInt64(c0 > 0), ${stays("c1", "s1")} - ${changed[take]})]`;
    return this.#standing(
      leaf,
      `SELECT dimension, group_value, move.1 AS day, sum(move.2) AS c, sum(toInt256(move.3)) AS v
      FROM (
        SELECT dimension, group_value, day AS change_day, sum(dc) OVER past AS c1, sum(ds) OVER past AS s1, c1 - dc AS c0, s1 - ds AS s0
        FROM (
          SELECT ${cutColumns}, ${accountColumn} AS account, ${this.#local.dayOf("at")} AS day, sum(count) AS dc, sum(${summed}) AS ds
          FROM leadwire.facts ${this.#cuts}
          WHERE ${[...measureConditions(of), `at < ${now}`].join(" AND ")} GROUP BY dimension, group_value, account, day
        ) WINDOW past AS (PARTITION BY dimension, group_value, account ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
      ) ARRAY JOIN ${moves} AS move
      WHERE day <= ${this.#today} GROUP BY ${keys}`,
    );
  }

  /** Due before the day is over; of today, which still runs, before it began. */
  #overdue({ of, take, which }: Node<"Due">, leaf: number): string {
    if (which !== "overdue") throw new Error(`${of.id}: what is due in a period has no number of a day`);
    const value = take === "count" ? "count" : summedColumn(of);
    const dueDay = this.#local.dayOf("assumeNotNull(due_at)");
    const day = `greatest(${this.#local.dayOf("at")}, ${dueDay})`;
    const more = ["due_at IS NOT NULL", `${dueDay} < ${this.#today}`];
    return this.#standing(leaf, this.#changes(of, day, value, "at < ", more));
  }

  /** A day's length in months of 365.25 / 12 days: what a window that is no month is divided by. */
  monthsSql(): { readonly n: string; readonly d: string } {
    const next = this.#local.startOf("addDays(day, 1)");
    return { n: `toInt256(${epochMs(next)} - ${epochMs(this.#local.startOf("day"))})`, d: "toInt256(2629800000)" };
  }
}
