import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  type Catalogue,
  type CheckedQuestion,
  evaluateChecked,
  evaluateKpi,
  type KpiAnswer,
  type KpiContext,
  type PartialSource,
  parseAt,
  parseFilters,
  type UsageFault,
} from "@leadwire/kpis";
import { outputFormatOf, runSql, type SqlFault } from "@leadwire/query";
import { rowsOf, type Store, sliceKpiSource } from "@leadwire/store";
import { hoursKeptMs, minutesKeptMs } from "@leadwire/stream";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { KpiRequest } from "./engine.ts";
import { knowledgeAsOf, knownAnswer } from "./knowledge.ts";

export interface AnswerContext {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  readonly calendar: ZoneCalendar;
  readonly nowMs: () => number;
}

/** Answers questions from ClickHouse: from slices where they are exact, else from facts. */
export class KpiAnswers {
  private readonly context: AnswerContext;
  private readonly source: PartialSource;
  private hasActivity = false;

  constructor(context: AnswerContext) {
    const { store, calendar, nowMs } = context;
    this.context = context;
    this.source = sliceKpiSource(store, { calendar, nowMs, minutesKeptMs, hoursKeptMs });
  }

  /** `newestMs`: the newest event applied; null before the first. */
  async kpi(request: KpiRequest, newestMs: number | null): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> {
    if (request.asOf !== undefined) return this.asOf(request, request.asOf);
    const meta = { completeThroughMs: newestMs, hasActivity: await this.knowsActivity() };
    return this.evaluated(request, this.context.nowMs(), meta, this.source);
  }

  /** A question that was checked before, asked as of now: alerts ask what slices do not answer. */
  async checked(question: CheckedQuestion, newestMs: number | null): Promise<ReadonlyArray<KpiAnswer>> {
    const { workspace, calendar } = this.context;
    const meta = { completeThroughMs: newestMs, hasActivity: await this.knowsActivity() };
    return evaluateChecked(question, { workspace, calendar, source: this.source, meta });
  }

  private async evaluated(
    request: KpiRequest,
    nowMs: number,
    meta: KpiContext["meta"],
    source: PartialSource,
  ): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> {
    const { workspace, catalogue, calendar } = this.context;
    const at = parseAt(request.at, nowMs, meta.completeThroughMs, calendar);
    if (isLeft(at)) return at;
    const where = parseFilters(request.where);
    if (isLeft(where)) return where;
    const { metric, window, by, compare } = request;
    const context = { catalogue, workspace, calendar, source, meta };
    const question = {
      metric,
      window,
      atMs: at.right,
      by,
      where: where.right,
      ...(compare === undefined ? {} : { compare }),
    };
    return evaluateKpi(question, context);
  }

  /** As the same question was answered then: `now` and `latest` are those of that time, too. */
  private async asOf(request: KpiRequest, asOf: string): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> {
    const { store, calendar, nowMs } = this.context;
    const known = await knowledgeAsOf(store, asOf, calendar, nowMs());
    if (isLeft(known)) return known;
    const { asOfMs, newestMs, hasActivity, source } = known.right;
    const answers = await this.evaluated(request, asOfMs, { completeThroughMs: newestMs, hasActivity }, source);
    return isLeft(answers) ? answers : right(answers.right.map((answer) => knownAnswer(answer, known.right)));
  }

  async sql(sql: string, format: string | undefined): Promise<Either<SqlFault, Uint8Array>> {
    const known = format === undefined ? undefined : outputFormatOf(format);
    if (format !== undefined && known === undefined) {
      return left({ _tag: "Refused", message: `There is no format "${format}": try TSV, CSV, JSON or Pretty.` });
    }
    return runSql(this.context.store, sql, known === undefined ? {} : { format: known })();
  }

  private async knowsActivity(): Promise<boolean> {
    if (this.hasActivity) return true;
    const sql = "SELECT 1 FROM leadwire.events WHERE type = 'activity-logged' LIMIT 1";
    this.hasActivity = (await rowsOf(this.context.store, sql)).length > 0;
    return this.hasActivity;
  }
}
