import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Catalogue, evaluateKpi, type KpiAnswer, parseAt, parseFilter, type UsageFault } from "@leadwire/kpis";
import { outputFormatOf, runSql, type SqlFault } from "@leadwire/query";
import { kpiSource, type Store, StoreError } from "@leadwire/store";
import { type Either, isLeft, left } from "fp-ts/lib/Either.js";
import type { KpiRequest } from "./engine.ts";

export interface AnswerContext {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  readonly calendar: ZoneCalendar;
  readonly nowMs: () => number;
}

/** Answers questions from the facts in ClickHouse. */
export class KpiAnswers {
  private readonly context: AnswerContext;
  private hasActivity = false;

  constructor(context: AnswerContext) {
    this.context = context;
  }

  /** `newestMs`: the newest event applied; null before the first. */
  async kpi(request: KpiRequest, newestMs: number | null): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> {
    const { store, workspace, catalogue, calendar, nowMs } = this.context;
    const at = parseAt(request.at, nowMs(), newestMs, calendar);
    if (isLeft(at)) return at;
    const where: Array<readonly [string, string]> = [];
    for (const text of request.where) {
      const filter = parseFilter(text);
      if (isLeft(filter)) return filter;
      where.push(filter.right);
    }
    const { metric, window, by } = request;
    const meta = { completeThroughMs: newestMs, hasActivity: await this.knowsActivity() };
    const context = { catalogue, workspace, calendar, source: kpiSource(store), meta };
    return evaluateKpi({ metric, window, atMs: at.right, by, where }, context);
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
    const rows = await this.context.store.rows(
      "SELECT 1 FROM leadwire.events WHERE type = 'activity-logged' LIMIT 1",
    )();
    if (isLeft(rows)) throw new StoreError(rows.left);
    this.hasActivity = rows.right.length > 0;
    return this.hasActivity;
  }
}
