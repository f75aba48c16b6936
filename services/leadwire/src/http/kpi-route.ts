import { findStatistic, isoText, type KpiAnswer, parseFilters } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Engine, KpiRequest } from "../engine/engine.ts";
import { metricsDocument } from "../reports/metrics.ts";
import { sendJson } from "./answer-etag.ts";
import { dimensionOf, type RowFilter, type RowsOf, rowsText, withinRows } from "./caller-rows.ts";
import { answerDigest, cursorText, type PageRequest, pageRequestOf, questionDigest } from "./kpi-page.ts";
import { answerText, kpiParameters, kpiPath, kpiRequestOf, strangerIn } from "./kpi-query.ts";
import { type Problem, problem, sendProblem } from "./problem.ts";
import { reportArgsOf } from "./report-query.ts";
import { usageProblem, wrongName } from "./usage-problem.ts";

export type KpiEngine = Pick<Engine, "kpi" | "report" | "workspace">;

export interface KpiRouteTerms {
  readonly engine: KpiEngine;
  /** All rows where left out. */
  readonly rowsOf?: RowsOf | undefined;
  readonly nowMs: () => number;
}

const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split("?")[1] ?? "");

const wrongUsage = (detail: string): Problem => problem(400, "Wrong usage", "BadQuery", detail);

/** Where a metric is not told by the dimension that a token is held to, there is nothing that the token may see of it. */
const notForToken = (metric: string, rows: ReadonlyArray<RowFilter>): Problem | undefined => {
  const found = findStatistic(catalogue, metric);
  if (isLeft(found)) return undefined;
  const known: ReadonlyArray<string> = found.right.statistic.dimensions;
  const missing = rows.map(([name]) => dimensionOf(name)).find((name) => !known.includes(name));
  if (missing === undefined) return undefined;
  const detail = `This token sees ${rowsText(rows)}, and ${metric} is not told by ${missing}: ask for another metric, or with a token for all rows.`;
  return problem(403, "Not allowed", "OtherRows", detail);
};

/** A question, held to the rows of whoever asks it. */
const heldToRows = (asked: KpiRequest, rows: ReadonlyArray<RowFilter>): Either<Problem, KpiRequest> => {
  if (rows.length === 0) return right(asked);
  const refused = notForToken(asked.metric, rows);
  if (refused !== undefined) return left(refused);
  const where = parseFilters(asked.where);
  if (isLeft(where)) return left(usageProblem(where.left, asked));
  const held = withinRows(where.right, rows);
  if (isLeft(held)) return left(problem(403, "Not allowed", "ChooseRows", held.left));
  return right({ ...asked, where: held.right.map(([dimension, value]) => `${dimension}=${value}`) });
};

interface Page {
  readonly answers: ReadonlyArray<KpiAnswer>;
  /** Path and query of the next page; undefined on the last. */
  readonly next?: string;
}

const changed = problem(
  409,
  "Changed meanwhile",
  "AnswerChanged",
  "The answer is no longer that of the first page, whose rest would not fit it: ask again without cursor.",
);

/** The groups that a page shows, as of an instant. `asked` as it was put, for the address of the next. */
const pageOf = (
  answers: ReadonlyArray<KpiAnswer>,
  { limit, cursor }: PageRequest,
  asked: KpiRequest,
  asOf: string,
): Either<Problem, Page> => {
  const answer = answerDigest(answerText(answers));
  if (cursor !== undefined && cursor.answer !== answer) return left(changed);
  const offset = (cursor?.offset ?? 0) + limit;
  const shown = answers.slice(offset - limit, offset);
  if (offset >= answers.length) return right({ answers: shown });
  const next = cursorText({ asOf, offset, question: questionDigest(asked), answer });
  return right({ answers: shown, next: kpiPath(asked, { limit, cursor: next }) });
};

/**
 * The instant that all pages are of. The last millisecond that is over: whatever was appended by then is settled before the
 * answer is made, so events that come meanwhile change no page.
 */
const instantOf = ({ cursor }: PageRequest, { asOf }: KpiRequest, nowMs: number): string => {
  if (cursor !== undefined) return cursor.asOf;
  return asOf === undefined || asOf === "now" ? isoText(nowMs - 1) : asOf;
};

/** One question over HTTP, from its query string to its page. */
const answerOf = async (
  { engine, nowMs }: KpiRouteTerms,
  metric: string,
  query: URLSearchParams,
  rows: ReadonlyArray<RowFilter>,
): Promise<Either<Problem, Page>> => {
  const asked = kpiRequestOf(metric, query);
  if (isLeft(asked)) return left(wrongName("BadQuery", asked.left, strangerIn(query) ?? "", kpiParameters));
  const held = heldToRows(asked.right, rows);
  if (isLeft(held)) return held;
  const request = held.right;
  const page = pageRequestOf(query, request);
  if (isLeft(page)) return left(wrongUsage(page.left));
  const asOf = page.right === undefined ? request.asOf : instantOf(page.right, request, nowMs());
  const answers = await engine.kpi({ ...request, ...(asOf === undefined ? {} : { asOf }) });
  if (isLeft(answers)) return left(usageProblem(answers.left, asked.right));
  if (page.right === undefined || asOf === undefined) return right({ answers: answers.right });
  return pageOf(answers.right, page.right, request, asOf);
};

/** The list of metrics; whoever sees some rows alone sees no targets, which are the company's. */
const listOf = async (engine: KpiEngine, query: URLSearchParams, rows: ReadonlyArray<RowFilter>) => {
  const args = reportArgsOf(query);
  if (rows.length === 0) return engine.report("metrics", args);
  const { currency } = await engine.workspace();
  const textOf = (name: string): string | undefined => query.get(name) ?? undefined;
  return metricsDocument(catalogue, currency, [], { lang: textOf("lang"), metric: textOf("metric") });
};

const linkTo = (reply: FastifyReply, { next }: Page): void => {
  if (next !== undefined) void reply.header("link", `<${next}>; rel="next"`);
};

/**
 * `GET /api/kpis/METRIC?window=…&by=…&where=…&at=…&as_of=…&compare=…`: the bytes of `kpi --json`, whole or (`limit`,
 * `cursor`) page by page; and `GET /api/kpis?lang=…` those of `kpi --list --json`. With ETags.
 */
export const registerKpis = (app: FastifyInstance, terms: KpiRouteTerms): void => {
  const { engine, rowsOf = () => [] } = terms;
  app.get("/api/kpis", async (request, reply) => {
    const made = await listOf(engine, queryOf(request.url), rowsOf(request));
    if (isLeft(made)) return sendProblem(reply, problem(400, "Wrong usage", made.left._tag, made.left.message));
    return sendJson(request, reply, answerText(made.right));
  });
  app.get<{ Params: { metric: string } }>("/api/kpis/:metric", async (request, reply) => {
    const page = await answerOf(terms, request.params.metric, queryOf(request.url), rowsOf(request));
    if (isLeft(page)) return sendProblem(reply, page.left);
    linkTo(reply, page.right);
    return sendJson(request, reply, answerText(page.right.answers));
  });
};
