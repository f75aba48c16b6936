import type { BinPartial, GroupPartial, PartialQuery } from "../evaluate/partial.ts";
import type { Measure } from "../measure.ts";
import { instantParam } from "./instant-param.ts";
import { integerOf } from "./integer-of.ts";

export type SqlParameter = string | number | ReadonlyArray<string>;

/** A ClickHouse query with `{name:Type}` placeholders and what stands for them. */
export interface SqlText {
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlParameter>>;
}

/** What a measure sums, of one row of facts. */
export const summedColumn = ({ value }: Measure): string => {
  switch (value) {
    case "none":
      return "toInt64(0)";
    case "amountMinor":
      return "amount_minor";
    case "costMinor":
      return "ifNull(cost_minor, 0)";
    case "unitsMilli":
      return "toInt64(floor(units * 1000 + 0.5))";
    case "durationMs":
      return "assumeNotNull(duration_ms)";
    case "businessMs":
      return "assumeNotNull(business_ms)";
  }
};

/** The bin of one row of facts. */
export const binColumn = ({ value }: Measure): string =>
  value === "businessMs" ? "assumeNotNull(business_bin)" : "assumeNotNull(bin)";

const valueConditions = ({ value, binned }: Measure): ReadonlyArray<string> => {
  if (value === "durationMs") return ["duration_ms IS NOT NULL"];
  if (value === "businessMs") return ["business_ms IS NOT NULL"];
  return binned ? ["bin IS NOT NULL"] : [];
};

/** Which facts a measure counts, as conditions over the columns of `leadwire.facts`. Ids are our own: no user's text. */
export const measureConditions = (measure: Measure): ReadonlyArray<string> => [
  `kind = '${measure.kind}'`,
  ...(measure.outcomes === undefined ? [] : [`outcome IN (${measure.outcomes.map((o) => `'${o}'`).join(", ")})`]),
  ...(measure.positiveAmountOnly === undefined ? [] : ["amount_minor > 0"]),
  ...(measure.knownCostOnly === undefined ? [] : ["cost_minor IS NOT NULL"]),
  ...valueConditions(measure),
  ...(measure.placedBy === "cohort" ? ["cohort_at IS NOT NULL"] : []),
];

/** The column that decides in which window a fact lies. */
export const placedColumn = (measure: Measure): string =>
  measure.placedBy === "cohort" ? "assumeNotNull(cohort_at)" : "at";

/** Which facts a query is over, as conditions and their parameters. */
export const conditionsOf = (query: PartialQuery): SqlText => {
  const placed = placedColumn(query.measure);
  const { toMs, upToMs, due } = query;
  // Of two ends everything before the later one is asked for.
  const fromMs = query.want === "ends" ? null : query.fromMs;
  const conditions = [
    ...measureConditions(query.measure),
    ...(fromMs === null ? [] : [`${placed} >= ${instantParam("from")}`]),
    ...(toMs === null ? [] : [`${placed} < ${instantParam("to")}`]),
    `at <= ${instantParam("up_to")}`,
    ...(due === undefined ? [] : ["due_at IS NOT NULL"]),
    ...(typeof due?.fromMs === "number" ? [`due_at >= ${instantParam("due_from")}`] : []),
    ...(typeof due?.toMs === "number" ? [`due_at < ${instantParam("due_to")}`] : []),
    ...query.where.map(([dimension], index) => `${dimension} = {where_${index}:String}`),
  ];
  const params = {
    ...(fromMs === null ? {} : { from: fromMs }),
    ...(toMs === null ? {} : { to: toMs }),
    up_to: upToMs,
    ...(typeof due?.fromMs === "number" ? { due_from: due.fromMs } : {}),
    ...(typeof due?.toMs === "number" ? { due_to: due.toMs } : {}),
    ...Object.fromEntries(query.where.map(([, value], index) => [`where_${index}`, value])),
  };
  return { sql: conditions.join("\n  AND "), params };
};

/** An account is the account's id, else the lead. */
export const accountColumn = "if(account_id = '', lead_id, account_id)";

/** Accounts at two instants, one row each: count and sum at the start (`c0`, `s0`) and at the end (`c1`, `s1`). */
const endsSql = (query: PartialQuery, by: string, source: string, params: SqlText["params"]): SqlText => {
  const { fromMs } = query;
  const summed = summedColumn(query.measure);
  const before = fromMs === null ? "0" : `at < ${instantParam("start")}`;
  const accounts = list(
    by,
    `${accountColumn} AS account`,
    `sumIf(count, ${before}) AS c0`,
    `sumIf(${summed}, ${before}) AS s0`,
    "sum(count) AS c1",
    `sum(${summed}) AS s1`,
  );
  const columns = list(
    by,
    "toInt64(countIf(c0 > 0)) AS n",
    "toInt64(sumIf(s0, c0 > 0)) AS total",
    "toInt64(countIf(c0 > 0 AND c1 > 0)) AS kept",
    "toInt64(sumIf(s1, c0 > 0)) AS end_sum",
    "toInt64(sumIf(least(s0, s1), c0 > 0)) AS lesser_sum",
  );
  const inner = `SELECT ${accounts}\n${source}\nGROUP BY ${list(by, "account")}`;
  return {
    sql: `SELECT ${columns}\nFROM (\n${inner}\n)${groupBy(by)}`,
    params: { ...params, ...(fromMs === null ? {} : { start: fromMs }) },
  };
};

const list = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(", ");
const groupBy = (columns: string): string => (columns === "" ? "" : `\nGROUP BY ${columns}\nORDER BY ${columns}`);

/**
 * The query for one measure over `facts` (a table or view with the columns of `leadwire.facts`, each fact once). Its
 * rows are read by `partialsOfRows`: the group's values, then count and sum (`sums`), bin, count and sum (`bins`), or
 * the ages in order (`ages`), or what accounts are at two ends (`ends`).
 */
export const partialSql = (query: PartialQuery, facts = "leadwire.facts"): SqlText => {
  const by = query.by.join(", ");
  const { sql: conditions, params } = conditionsOf(query);
  const counted = `toInt64(sum(count)) AS n, toInt64(sum(${summedColumn(query.measure)})) AS total`;
  const source = `FROM ${facts}\nWHERE ${conditions}`;
  switch (query.want) {
    case "sums":
      return { sql: `SELECT ${list(by, counted)}\n${source}${groupBy(by)}`, params };
    case "bins": {
      const columns = list(by, binColumn(query.measure));
      return { sql: `SELECT ${list(columns, counted)}\n${source}${groupBy(columns)}`, params };
    }
    case "ends":
      return endsSql(query, by, source, params);
    case "ages": {
      const leads = `SELECT ${list(by, "lead_id, any(cohort_at) AS created")}\n${source}`;
      const open = `${leads}\nGROUP BY ${list(by, "lead_id")}\nHAVING sum(count) > 0`;
      const ages = "arraySort(groupArray({read_at:Int64} - toUnixTimestamp64Milli(assumeNotNull(created)))) AS ages";
      return {
        sql: `SELECT ${list(by, ages)}\nFROM (\n${open}\n)${groupBy(by)}`,
        params: { ...params, read_at: query.toMs ?? query.upToMs },
      };
    }
  }
};

const ageList = (value: unknown): ReadonlyArray<number> => {
  if (!Array.isArray(value)) throw new TypeError(`expected ages from SQL, found ${JSON.stringify(value)}`);
  return value.map((age) => Number(integerOf(age)));
};

type Row = ReadonlyArray<unknown>;

const partialOf = (query: PartialQuery, group: ReadonlyArray<string>, rows: ReadonlyArray<Row>): GroupPartial => {
  const at = query.by.length;
  if (query.want === "ages") {
    const ages = rows.flatMap((row) => ageList(row[at]));
    return { group, count: BigInt(ages.length), sum: 0n, ages };
  }
  if (query.want === "ends") {
    const [count = 0n, sum = 0n, kept = 0n, endSum = 0n, lesserSum = 0n] = (rows[0] ?? []).slice(at).map(integerOf);
    return { group, count, sum, ends: { kept, endSum, lesserSum } };
  }
  if (query.want === "sums") {
    const count = rows.reduce((n, row) => n + integerOf(row[at]), 0n);
    return { group, count, sum: rows.reduce((sum, row) => sum + integerOf(row[at + 1]), 0n) };
  }
  const bins = rows.map(
    (row): BinPartial => [Number(integerOf(row[at])), integerOf(row[at + 1]), integerOf(row[at + 2])],
  );
  bins.sort(([a], [b]) => a - b);
  const count = bins.reduce((n, bin) => n + bin[1], 0n);
  return { group, count, sum: bins.reduce((sum, bin) => sum + bin[2], 0n), bins };
};

/** Reads the rows of `partialSql` (JSONCompactEachRow). Throws a TypeError where a row has another shape. */
export const partialsOfRows = (query: PartialQuery, rows: ReadonlyArray<Row>): ReadonlyArray<GroupPartial> => {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, query.by.length)));
  return [...groups.values()].map((inGroup) => {
    const group = (inGroup[0] ?? []).slice(0, query.by.length).map(String);
    return partialOf(query, group, inGroup);
  });
};
