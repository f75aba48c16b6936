import { derivedRegistry } from "@leadwire/events";
import { type FactKind, type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  type AnswerMeta,
  answerCompared,
  answerKpi,
  type CheckedQuestion,
  emptyPlanBook,
  type KpiAnswer,
  type KpiPlan,
  PlanBook,
  partialsOfFacts,
  planCompared,
  planEntryOf,
  planKpi,
} from "@leadwire/kpis";
import { RecordCursor } from "@leadwire/log";
import { type DerivedIds, decodeFactChange, derivedIds, isHeartbeat, type ToldBatch } from "@leadwire/stream";

/** The facts that stand, in memory: what answers the questions that slices cannot, in place of ClickHouse. */
export class ReplayFacts {
  private readonly workspace: Workspace;
  private readonly calendar: ZoneCalendar;
  private readonly byKind = new Map<FactKind, Map<string, FactRecord>>();
  private readonly cursor = new RecordCursor();
  private readonly ids: DerivedIds = derivedIds(derivedRegistry);

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.calendar = new ZoneCalendar(workspace.timeZone);
  }

  /** A batch of the facts topic. One task tells a fact's changes in their order: the last one stands. */
  apply({ bytes, baseOffset }: ToldBatch): void {
    const { cursor, ids } = this;
    cursor.reset(bytes, baseOffset);
    while (cursor.next()) {
      if (isHeartbeat(cursor.bytes, cursor.valueStart, cursor.valueEnd, ids)) continue;
      const { fact, present } = decodeFactChange(cursor.bytes, cursor.valueStart, cursor.valueEnd);
      const ofKind = this.byKind.get(fact.kind) ?? new Map<string, FactRecord>();
      this.byKind.set(fact.kind, ofKind);
      if (present) ofKind.set(fact.factId, fact);
      else ofKind.delete(fact.factId);
    }
  }

  /** The same answer as ClickHouse gives. `newestMs`: of the newest event. */
  answer(question: CheckedQuestion, newestMs: number | null): ReadonlyArray<KpiAnswer> {
    const { calendar, workspace } = this;
    const plan = planKpi(question, calendar, workspace);
    const other = planCompared(plan, calendar, workspace);
    const meta: AnswerMeta = {
      completeThroughMs: newestMs,
      hasActivity: (this.byKind.get("activity")?.size ?? 0) > 0,
      currency: workspace.currency,
      planBook: this.planBook(plan),
    };
    const found = this.foundOf(plan);
    if (question.compare === null) return answerKpi(plan, found, meta);
    return answerCompared({ plan, found }, other === null ? null : { plan: other, found: this.foundOf(other) }, meta);
  }

  private foundOf({ queries }: KpiPlan) {
    return queries.map(({ query }) => partialsOfFacts([...this.ofKind(query.measure.kind)], query));
  }

  private planBook(plan: KpiPlan): PlanBook {
    const isPlanned = plan.scope !== null || plan.question.statistic.formula._tag === "Forecast";
    if (!isPlanned) return emptyPlanBook;
    const facts = [...this.ofKind("target"), ...this.ofKind("forecast")];
    return new PlanBook(facts.map(planEntryOf).filter((entry) => entry !== undefined));
  }

  private ofKind(kind: FactKind): Iterable<FactRecord> {
    return this.byKind.get(kind)?.values() ?? [];
  }
}
