import { type Dimension, dimensions, type FactChange, type FactKind, type FactOutcome } from "@leadwire/funnel";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { generationDatabase } from "./model/database.ts";
import { factHistoryTable, factsLatestTable } from "./model/fact-tables.ts";
import type { Cell, Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

/** A fact of something open: enough of it to know what waits. */
export type OpenFact = Pick<FactChange, "fact" | "present" | "version" | "appendTimeMs" | "isBackfill">;

/** What waits, and since when source systems have been heard of. */
export interface StoredOpenSet {
  /** In this order: leads that wait (their creation, and all facts of their waiting), open deals, activities of those. */
  readonly facts: ReadonlyArray<OpenFact>;
  /** By source, in the order of time: the first and the last record of each minute that has any. */
  readonly heard: ReadonlyArray<readonly [source: string, atMs: number]>;
}

/** So many of a lead's last activities are read. */
const activitiesMax = 4;

const milliseconds = (name: string): string => `toUnixTimestamp64Milli(${name})`;
const selected = [
  "fact_id",
  "kind",
  milliseconds("at"),
  "outcome",
  "toInt32(count)",
  "amount_minor",
  milliseconds("due_at"),
  milliseconds("cohort_at"),
  "lead_id",
  "deal_id",
  "present",
  "version",
  milliseconds("append_time"),
  "backfill",
  ...dimensions,
].join(", ");

const orNull = (cell: Cell | undefined): number | null => (cell === null ? null : Number(cell));

const factOf = (row: ReadonlyArray<Cell>): OpenFact => {
  const [factId, kind, at, outcome, count, amount, due, cohort, lead, deal, present, version, append, backfill] = row;
  const values = row.slice(-dimensions.length);
  return {
    fact: {
      factId: String(factId),
      kind: String(kind) as FactKind,
      atMs: Number(at),
      outcome: String(outcome) as FactOutcome,
      count: Number(count),
      amountMinor: Number(amount),
      dueAtMs: orNull(due),
      cohortAtMs: orNull(cohort),
      leadId: String(lead),
      dealId: String(deal),
      dimensions: Object.fromEntries(dimensions.map((name, n) => [name, String(values[n])])) as Record<
        Dimension,
        string
      >,
      accountId: "",
      costMinor: null,
      units: 0,
      durationMs: null,
      bin: null,
      businessMs: null,
      businessBin: null,
      termMonths: null,
      subject: "",
      period: "",
    },
    present: Number(present) === 1,
    version: Number(version),
    appendTimeMs: Number(append),
    isBackfill: Number(backfill) === 1,
  };
};

/** Entities whose level is above 0, by their ids. */
const openOf = (table: string, kind: FactKind, ids: string): string =>
  `(SELECT ${ids} FROM ${table} FINAL WHERE kind = '${kind}' AND present = 1 GROUP BY ${ids} HAVING sum(count) > 0)`;

const statements = (table: string): ReadonlyArray<string> => {
  const leads = openOf(table, "lead_unanswered", "lead_id");
  const deals = openOf(table, "deal_pipeline", "lead_id, deal_id");
  return [
    `SELECT ${selected} FROM ${table} FINAL WHERE kind IN ('lead_created', 'lead_unanswered') AND lead_id GLOBAL IN ${leads}`,
    `SELECT ${selected} FROM ${table} FINAL WHERE kind = 'deal_pipeline' AND (lead_id, deal_id) GLOBAL IN ${deals}`,
    `SELECT ${selected} FROM ${table} FINAL
     WHERE kind = 'activity' AND present = 1 AND outcome != 'automated' AND lead_id GLOBAL IN (SELECT lead_id FROM ${deals})
     ORDER BY lead_id, at DESC, fact_id LIMIT ${activitiesMax} BY lead_id`,
  ];
};

const heardSql = (database: string): string =>
  `SELECT cause_source, ${milliseconds("min(append_time)")}, ${milliseconds("max(append_time)")}
   FROM ${database}.${factHistoryTable.name}
   WHERE append_time >= fromUnixTimestamp64Milli({since:Int64}) AND backfill = 0
   GROUP BY cause_source, toStartOfMinute(append_time) ORDER BY cause_source, min(append_time)`;

/** What a generation says is open; source systems as they were heard of since `heardSinceMs`, without imports and replays. */
export const readOpenSet =
  (store: Store, generation: string, heardSinceMs: number): TaskEither<StoreFault, StoredOpenSet> =>
  async (): Promise<Either<StoreFault, StoredOpenSet>> => {
    const database = generationDatabase(generation);
    const facts: Array<OpenFact> = [];
    for (const sql of statements(`${database}.${factsLatestTable.name}`)) {
      const rows = await store.rows(sql)();
      if (isLeft(rows)) return rows;
      for (const row of rows.right) facts.push(factOf(row));
    }
    const heard = await store.rows(heardSql(database), { parameters: { since: heardSinceMs } })();
    if (isLeft(heard)) return heard;
    const seen = heard.right.flatMap(
      ([source, first, last]): Array<readonly [string, number]> => [
        [String(source), Number(first)],
        [String(source), Number(last)],
      ],
    );
    return right({ facts, heard: seen });
  };
