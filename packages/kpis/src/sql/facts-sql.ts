import type { PartialQuery } from "../evaluate/partial.ts";
import { instantParam } from "./instant-param.ts";
import { integerOf } from "./integer-of.ts";
import { accountColumn, binColumn, conditionsOf, type SqlText, summedColumn } from "./partial-sql.ts";

/**
 * One line behind a number: a fact, or of a level what stands (an open deal, a waiting lead, an account), with the
 * newest fact of it.
 */
export interface FactLine {
  readonly factId: string;
  readonly count: bigint;
  /** What the measure sums: minor units, milliseconds or thousandths. */
  readonly sum: bigint;
  readonly bin: number | null;
  /** Where two ends are compared: whether it still stands at the end, what it is then, and the lesser of both. */
  readonly kept: bigint;
  readonly endSum: bigint;
  readonly lesserSum: bigint;
}

const columns = "fact_id, n, total, bin_of, kept, end_sum, lesser_sum";
const noEnds = "toInt64(0) AS kept, toInt64(0) AS end_sum, toInt64(0) AS lesser_sum";
const newest = "argMax(fact_id, (at, version, fact_id))";
const accountKinds: ReadonlyArray<string> = ["mrr_moved", "customer_active"];

/** What the facts of a level come to and go from. */
const entityOf = ({ measure, want }: PartialQuery): string => {
  if (want === "ages") return "lead_id";
  if (want === "ends" || accountKinds.includes(measure.kind)) return accountColumn;
  // An open deal is in one bin at a time.
  return want === "bins" ? `lead_id, deal_id, ${binColumn(measure)}` : "lead_id, deal_id";
};

/** The facts of a level by what they come to and go from: what they add up to before the start and in all. */
const netted = (query: PartialQuery, source: string): string => {
  const summed = summedColumn(query.measure);
  const before = query.want === "ends" ? `at < ${instantParam("start")}` : "1";
  return `  SELECT ${newest} AS newest, max(at) AS last_at, any(cohort_at) AS created, any(bin) AS net_bin,
    sumIf(count, ${before}) AS c0, sumIf(${summed}, ${before}) AS s0, sum(count) AS c1, sum(${summed}) AS s1
  ${source}
  GROUP BY ${entityOf(query)}`;
};

/** Of each, the columns that make a line, and where it is one at all. */
const levelLine = ({ want }: PartialQuery): readonly [columns: string, having: string] => {
  if (want === "ages") {
    const age = "toInt64({read_at:Int64} - toUnixTimestamp64Milli(assumeNotNull(created)))";
    return [`toInt64(1) AS n, ${age} AS total, NULL AS bin_of, ${noEnds}`, "c1 > 0"];
  }
  if (want === "ends") {
    const ends = "toInt64(c1 > 0) AS kept, s1 AS end_sum, least(s0, s1) AS lesser_sum";
    return [`toInt64(1) AS n, s0 AS total, NULL AS bin_of, ${ends}`, "c0 > 0"];
  }
  const bin = want === "bins" ? "net_bin" : "NULL";
  return [`c1 AS n, s1 AS total, ${bin} AS bin_of, ${noEnds}`, "c1 != 0 OR s1 != 0"];
};

const linesOf = (query: PartialQuery, source: string): string => {
  const { measure, want } = query;
  if (measure.level) {
    const [made, having] = levelLine(query);
    return `SELECT newest AS fact_id, ${made}, last_at FROM (\n${netted(query, source)}\n  HAVING ${having}\n)`;
  }
  const bin = want === "bins" ? binColumn(measure) : "NULL";
  const made = `toInt64(count) AS n, toInt64(${summedColumn(measure)}) AS total, ${bin} AS bin_of`;
  return `SELECT fact_id, ${made}, ${noEnds}, at AS last_at\n${source}`;
};

/**
 * What one number is made of, over the same facts as `partialSql`: every line, or as many as `limit`, those of a
 * percentile or of ages in the order of their values, others in the order of time. Rows are read by `factLinesOfRows`.
 */
export const factsSql = (query: PartialQuery, facts = "leadwire.facts", limit?: number): SqlText => {
  const { sql: conditions, params } = conditionsOf(query);
  const source = `FROM ${facts}\nWHERE ${conditions}`;
  const order = query.want === "bins" || query.want === "ages" ? "total, last_at, fact_id" : "last_at, fact_id";
  const cut = limit === undefined ? "" : `\nORDER BY ${order}\nLIMIT ${limit}`;
  return {
    sql: `SELECT ${columns} FROM (\n${linesOf(query, source)}\n)${cut}`,
    params: {
      ...params,
      ...(query.want === "ages" ? { read_at: query.toMs ?? query.upToMs } : {}),
      ...(query.want === "ends" ? { start: query.fromMs ?? 0 } : {}),
    },
  };
};

/** All lines of `factsSql` added up, one row for each bin: how many lines, then the columns as of a line. */
export const factsSumSql = (query: PartialQuery, facts = "leadwire.facts"): SqlText => {
  const { sql, params } = factsSql(query, facts);
  const sums = ["n", "total", "kept", "end_sum", "lesser_sum"].map((name) => `toInt64(sum(${name}))`).join(", ");
  return { sql: `SELECT bin_of, count(), ${sums} FROM (\n${sql}\n) GROUP BY bin_of ORDER BY bin_of`, params };
};

/** Reads the rows of `factsSql`. Throws a TypeError where a row has another shape. */
export const factLinesOfRows = (rows: ReadonlyArray<ReadonlyArray<unknown>>): ReadonlyArray<FactLine> =>
  rows.map(([factId, count, sum, bin, kept, endSum, lesserSum]) => ({
    factId: String(factId),
    count: integerOf(count),
    sum: integerOf(sum),
    bin: bin === null || bin === undefined ? null : Number(bin),
    kept: integerOf(kept),
    endSum: integerOf(endSum),
    lesserSum: integerOf(lesserSum),
  }));

/** All lines of one bin added up. */
export interface FactLineSum extends Omit<FactLine, "factId"> {
  readonly lines: number;
}

/** Reads the rows of `factsSumSql`. Throws a TypeError where a row has another shape. */
export const factSumsOfRows = (rows: ReadonlyArray<ReadonlyArray<unknown>>): ReadonlyArray<FactLineSum> =>
  rows.map(([bin, lines, ...sums]) => {
    const [line] = factLinesOfRows([["", sums[0], sums[1], bin, sums[2], sums[3], sums[4]]]);
    if (line === undefined) throw new TypeError("expected a row of sums from SQL");
    const { factId: _none, ...rest } = line;
    return { ...rest, lines: Number(lines) };
  });
