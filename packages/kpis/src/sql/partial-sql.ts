import type { BinPartial, GroupPartial, PartialQuery } from "../evaluate/partial.ts";
import type { Measure } from "../measure.ts";

export type SqlParameter = string | number | ReadonlyArray<string>;

/** A ClickHouse query with `{name:Type}` placeholders and what stands for them. */
export interface SqlText {
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlParameter>>;
}

const instant = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/** What a measure sums, of one row of facts. */
export const summedColumn = (measure: Measure): string => {
  if (measure.value === "none") return "toInt64(0)";
  return measure.value === "amountMinor" ? "amount_minor" : "assumeNotNull(duration_ms)";
};

/** Which facts a measure counts, as conditions over the columns of `leadwire.facts`. Ids are our own: no user's text. */
export const measureConditions = (measure: Measure): ReadonlyArray<string> => [
  `kind = '${measure.kind}'`,
  ...(measure.outcomes === undefined ? [] : [`outcome IN (${measure.outcomes.map((o) => `'${o}'`).join(", ")})`]),
  ...(measure.positiveAmountOnly === undefined ? [] : ["amount_minor > 0"]),
  ...(measure.value === "durationMs" ? ["duration_ms IS NOT NULL"] : []),
  ...(measure.placedBy === "cohort" ? ["cohort_at IS NOT NULL"] : []),
];

/** The column that decides in which window a fact lies. */
export const placedColumn = (measure: Measure): string =>
  measure.placedBy === "cohort" ? "assumeNotNull(cohort_at)" : "at";

const conditionsOf = (query: PartialQuery): SqlText => {
  const placed = placedColumn(query.measure);
  const { fromMs, toMs, upToMs } = query;
  const conditions = [
    ...measureConditions(query.measure),
    ...(fromMs === null ? [] : [`${placed} >= ${instant("from")}`]),
    ...(toMs === null ? [] : [`${placed} < ${instant("to")}`]),
    `at <= ${instant("up_to")}`,
    ...query.where.map(([dimension], index) => `${dimension} = {where_${index}:String}`),
  ];
  const params = {
    ...(fromMs === null ? {} : { from: fromMs }),
    ...(toMs === null ? {} : { to: toMs }),
    up_to: upToMs,
    ...Object.fromEntries(query.where.map(([, value], index) => [`where_${index}`, value])),
  };
  return { sql: conditions.join("\n  AND "), params };
};

const list = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(", ");
const groupBy = (columns: string): string => (columns === "" ? "" : `\nGROUP BY ${columns}\nORDER BY ${columns}`);

/**
 * The query for one measure over `facts` (a table or view with the columns of `leadwire.facts`, each fact once). Its
 * rows are read by `partialsOfRows`: the group's values, then count and sum (`sums`), bin, count and sum (`bins`), or
 * the ages in order (`ages`).
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
      const columns = list(by, "assumeNotNull(bin)");
      return { sql: `SELECT ${list(columns, counted)}\n${source}${groupBy(columns)}`, params };
    }
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

/** An integer as JSON carries it: quoted where it has 64 bits. Throws where the row is not what the query asked for. */
const integer = (value: unknown): bigint => {
  if (typeof value === "bigint") return value;
  if (typeof value === "string" || typeof value === "number") return BigInt(value);
  throw new TypeError(`expected an integer from SQL, found ${JSON.stringify(value)}`);
};

const ageList = (value: unknown): ReadonlyArray<number> => {
  if (!Array.isArray(value)) throw new TypeError(`expected ages from SQL, found ${JSON.stringify(value)}`);
  return value.map((age) => Number(integer(age)));
};

type Row = ReadonlyArray<unknown>;

const partialOf = (query: PartialQuery, group: ReadonlyArray<string>, rows: ReadonlyArray<Row>): GroupPartial => {
  const at = query.by.length;
  if (query.want === "ages") {
    const ages = rows.flatMap((row) => ageList(row[at]));
    return { group, count: BigInt(ages.length), sum: 0n, ages };
  }
  if (query.want === "sums") {
    const count = rows.reduce((n, row) => n + integer(row[at]), 0n);
    return { group, count, sum: rows.reduce((sum, row) => sum + integer(row[at + 1]), 0n) };
  }
  const bins = rows.map((row): BinPartial => [Number(integer(row[at])), integer(row[at + 1]), integer(row[at + 2])]);
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
