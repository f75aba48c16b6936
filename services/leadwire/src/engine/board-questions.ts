import { bandSql, bandsOfRows } from "@leadwire/kpis";
import { rowsOf, type Store } from "@leadwire/store";
import type { AskBands, AskExplain, AskRestatements, Restated } from "@leadwire/wallboard";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { ExplainDocument } from "../reports/explain/explain.ts";
import type { Restatement, RestatementsDocument } from "../reports/restatements/restatements.ts";
import type { Engine } from "./engine.ts";

type AskReport = Engine["report"];

/** Response times in bands, from the facts in ClickHouse. */
export const askBands =
  (store: Store): AskBands =>
  async (query, edgesMs) => {
    const { sql, params } = bandSql(query, edgesMs);
    return bandsOfRows(await rowsOf(store, sql, params));
  };

const causesOf = ({ backfill, events }: Restatement): ReadonlyArray<string> =>
  backfill === undefined ? events.map(({ source, id }) => `${source}/${id}`) : [`backfill:${backfill}`];

const restatedOf = (restatement: Restatement): Restated => ({
  before: restatement.before.value,
  after: restatement.after.value,
  atMs: Date.parse(restatement.at),
  period: restatement.period,
  causes: causesOf(restatement),
});

/** An import of what there was nothing of before tells history for the first time: nobody was shown another number. */
const isFirstTold = ({ backfill, before }: Restatement): boolean =>
  backfill !== undefined && (before.value === null || before.value === 0);

/** Looked at for one that counts. */
const lookedAt = 5;

/** The newest restatement. A question that the report refuses is a fault of the tile that puts it: rejects. */
export const askRestatements =
  (report: AskReport): AskRestatements =>
  async (question) => {
    const made = await report("restatements", { ...question, limit: String(lookedAt) });
    if (isLeft(made)) throw new Error(`restatements of ${question.metric}: ${made.left.message}`);
    const newest = (made.right as RestatementsDocument).restatements.find((found) => !isFirstTold(found));
    return newest && restatedOf(newest);
  };

/** The report `explain`, from everything that was appended before the question. */
export const askExplain =
  (report: AskReport): AskExplain =>
  async (args) => {
    const made = await report("explain", args);
    return isLeft(made) ? left(made.left.message) : right(made.right as ExplainDocument);
  };
