import { type Dimension, defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { type FactPart, plainFact } from "@leadwire/funnel/testing";
import { LiveOpenSet, type OpenSetChange } from "@leadwire/stream";
import { AbsenceEvaluator } from "../absence/absence-evaluator.ts";
import type { Observation } from "../alert/observation.ts";
import type { AlertRule } from "../rule/rule.ts";

/** How the log got it: as it happened unless given. */
export interface Arrived {
  readonly appendTimeMs?: number;
  readonly isBackfill?: boolean;
}

/** Monday, 1 June 2026; people work from 9 to 17 UTC. */
export const onMonday = (clock: string): number => Date.parse(`2026-06-01T${clock}Z`);

/** A set of what is open that a test fills by hand, and rules about it. */
export class OpenSetPlay {
  openSet = new LiveOpenSet({ workspace: defaultWorkspace });
  evaluator: AbsenceEvaluator;
  private readonly rules: ReadonlyArray<AlertRule>;
  private readonly changes: Array<OpenSetChange> = [];

  constructor(rules: ReadonlyArray<AlertRule>) {
    this.rules = rules;
    this.evaluator = this.open();
  }

  /** A process that begins anew, with what a store holds. */
  restart(): void {
    this.openSet = new LiveOpenSet({ workspace: defaultWorkspace });
    this.openSet.load({ positions: new Map(), facts: this.changes, heard: [] });
    this.evaluator = this.open();
  }

  created(leadId: string, atMs: number, arrived: Arrived = {}, who: Partial<Record<Dimension, string>> = {}): void {
    this.tell({ factId: `crm/${leadId}/lead_created/0`, kind: "lead_created", atMs, leadId }, arrived);
    const cohortAtMs = atMs;
    const level = { kind: "lead_unanswered", atMs, leadId, cohortAtMs, dimensions: { owner: "ana", ...who } } as const;
    this.tell({ factId: `crm/${leadId}/lead_unanswered/1`, ...level }, arrived);
  }

  answered(leadId: string, atMs: number): void {
    this.tell({ factId: `crm/${leadId}-answer/lead_unanswered/0`, kind: "lead_unanswered", atMs, leadId, count: -1 });
  }

  handedOver(leadId: string, atMs: number, owner: string): void {
    const level = { kind: "lead_unanswered", atMs, leadId, dimensions: { owner } } as const;
    this.tell({ factId: `crm/${leadId}-to-${owner}/lead_unanswered/0`, ...level, count: -1 });
    this.tell({ factId: `crm/${leadId}-to-${owner}/lead_unanswered/1`, ...level });
  }

  deal(leadId: string, atMs: number, deal: Partial<FactPart> = {}, arrived: Arrived = {}): void {
    const level = { kind: "deal_pipeline", atMs, leadId, dealId: leadId } as const;
    this.tell({ factId: `crm/${leadId}-deal/deal_pipeline/1`, ...level, ...deal }, arrived);
  }

  acted(leadId: string, atMs: number, arrived: Arrived = {}): void {
    this.tell({ factId: `crm/${leadId}-${atMs}/activity/0`, kind: "activity", atMs, leadId, outcome: "call" }, arrived);
  }

  /** What is observed at an instant, in short. */
  at(atMs: number): ReadonlyArray<string> {
    return this.observed(atMs).map(
      ({ group: { lead, deal = lead, owner = "nobody" }, standing, step, atMs: since }) => {
        const clock = new Date(since).toISOString().slice(0, 19).replace("2026-06-01T", "");
        return `${deal} ${owner} ${standing} ${step} ${clock}`;
      },
    );
  }

  observed(atMs: number): ReadonlyArray<Observation> {
    this.openSet.tell();
    return this.evaluator.observe(atMs);
  }

  private open(): AbsenceEvaluator {
    const calendar = new ZoneCalendar(defaultWorkspace.timeZone);
    const { openSet, rules } = this;
    const evaluator = new AbsenceEvaluator({ rules, openSet, calendar, workspace: defaultWorkspace });
    openSet.onChange((touched) => evaluator.note(touched));
    return evaluator;
  }

  private tell(stated: FactPart, { appendTimeMs = stated.atMs, isBackfill = false }: Arrived = {}): void {
    const version = this.changes.length;
    const change = { fact: plainFact(stated), present: true, version, appendTimeMs, isBackfill };
    this.changes.push(change);
    this.openSet.state.apply(change);
    this.openSet.state.endGroup();
  }
}
