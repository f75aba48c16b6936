import { parseFilters, type UsageFault } from "@leadwire/kpis";
import type { FastifyInstance } from "fastify";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";
import type { ReportArgs } from "../reports/report.ts";
import { manyArgs } from "../reports/report-args.ts";
import { sendJson } from "./answer-etag.ts";
import { type RowFilter, type RowsOf, rowsText, withinRows } from "./caller-rows.ts";
import { answerText } from "./kpi-query.ts";
import { type Problem, problem, sendProblem } from "./problem.ts";
import { reportArgsOf } from "./report-query.ts";

/** Those that can be held to some rows; every other one is about the whole company. */
const heldByRows: ReadonlySet<string> = new Set(["funnel", "cohorts", "waterfall", "movements", "explain"]);

const badArgument = ({ _tag, message }: UsageFault): Problem => problem(400, "Wrong usage", _tag, message);

/** The arguments of a report, held to the rows of whoever asks. */
const heldToRows = (name: string, args: ReportArgs, rows: ReadonlyArray<RowFilter>): Either<Problem, ReportArgs> => {
  if (rows.length === 0) return right(args);
  if (!heldByRows.has(name)) {
    const detail = `This token sees ${rowsText(rows)}, and the report "${name}" is about the whole company: ask for ${[...heldByRows].join(", ")}, or with a token for all rows.`;
    return left(problem(403, "Not allowed", "OtherRows", detail));
  }
  const where = parseFilters(manyArgs(args, "where"));
  if (isLeft(where)) return left(badArgument(where.left));
  const held = withinRows(where.right, rows);
  if (isLeft(held)) return left(problem(403, "Not allowed", "ChooseRows", held.left));
  return right({ ...args, where: held.right.map(([dimension, value]) => `${dimension}=${value}`) });
};

/** A report that is not told by the dimension of a token says so without the token's part in it. */
const faultOf = (fault: UsageFault, rows: ReadonlyArray<RowFilter>): Problem => {
  if (rows.length === 0 || fault._tag !== "UnknownDimension") return badArgument(fault);
  return badArgument({
    ...fault,
    message: `${fault.message} This token sees ${rowsText(rows)}: that is added to each.`,
  });
};

/** `GET /api/reports/NAME?arg=…`: the bytes of the command's `--json`, with an ETag. */
export const registerReports = (
  app: FastifyInstance,
  engine: Pick<Engine, "report">,
  rowsOf: RowsOf = () => [],
): void => {
  app.get<{ Params: { name: string } }>("/api/reports/:name", async (request, reply) => {
    const { name } = request.params;
    const rows = rowsOf(request);
    const args = heldToRows(name, reportArgsOf(new URLSearchParams(request.url.split("?")[1] ?? "")), rows);
    if (isLeft(args)) return sendProblem(reply, args.left);
    const made = await engine.report(name, args.right);
    if (isLeft(made)) return sendProblem(reply, faultOf(made.left, rows));
    return sendJson(request, reply, answerText(made.right));
  });
};
