import { BusinessHours, type FactKind, type Workspace, type ZoneCalendar } from "@leadwire/funnel";
import type { LiveOpenSet, OpenDeal, OpenSetTouched, WaitingLead } from "@leadwire/stream";
import type { Evaluator, Observation } from "../alert/observation.ts";
import type { AbsenceCondition, AlertRule } from "../rule/rule.ts";
import { AbsenceFamily } from "./absence-family.ts";
import { absentDeal, absentLead } from "./absent-thing.ts";
import { Deadlines } from "./deadlines.ts";
import { WatchTimers } from "./watch-timers.ts";

/** An answer may be under way while the time is up: so long is waited for it. */
const graceMs = 200;
/** Looks at leads and deals in one call, once for each rule about them, and timers that fire in one: some milliseconds. */
const looksMax = 2_000;
/** Observations of one call that name the events behind them, each for a search through the newest facts. */
const explainedMax = 8;
const eventsMax = 10;

export type OpenSetView = Pick<LiveOpenSet, "waitingLead" | "waitingLeads" | "openDeal" | "openDeals" | "recentFacts">;

export interface AbsenceOptions {
  /** Rules with other conditions are passed by. */
  readonly rules: Iterable<AlertRule>;
  readonly openSet: OpenSetView;
  readonly calendar: ZoneCalendar;
  readonly workspace: Workspace;
}

type Rule = readonly [AlertRule, AbsenceCondition];

const kindsBehind: Readonly<Record<AbsenceCondition["what"], ReadonlySet<FactKind>>> = {
  lead_response: new Set(["lead_created", "lead_unanswered"]),
  deal_activity: new Set(["activity", "deal_pipeline"]),
  deal_close: new Set(["deal_pipeline"]),
};

/**
 * Finds what ought to have happened to leads and deals and has not: by a timer for each of them and each rule, set anew
 * whenever something happens. A timer that was due while the process was down is found at the start, from what is still
 * open then.
 */
export class AbsenceEvaluator implements Evaluator {
  private readonly openSet: OpenSetView;
  private readonly leads: AbsenceFamily<WaitingLead>;
  private readonly deals: AbsenceFamily<OpenDeal>;
  private readonly timers = new WatchTimers();
  private atMs = Number.NEGATIVE_INFINITY;

  constructor({ rules, openSet, calendar, workspace }: AbsenceOptions) {
    this.openSet = openSet;
    const hours = new BusinessHours(calendar, workspace.businessHours, workspace.holidays);
    const time = { deadlines: new Deadlines(hours, calendar), timers: this.timers };
    const ofLeads: Array<Rule> = [];
    const ofDeals: Array<Rule> = [];
    for (const rule of rules) {
      const { condition } = rule;
      if (condition._tag !== "Absence") continue;
      (condition.what === "lead_response" ? ofLeads : ofDeals).push([rule, condition]);
    }
    const leads = {
      all: () => openSet.waitingLeads(),
      one: (slot: number) => openSet.waitingLead(slot),
      asSeen: absentLead,
    };
    const deals = {
      all: () => openSet.openDeals(),
      one: (slot: number) => openSet.openDeal(slot),
      asSeen: (condition: AbsenceCondition, deal: OpenDeal) =>
        absentDeal(condition, deal, (instantMs) => calendar.dayEndOf(instantMs)),
    };
    this.leads = new AbsenceFamily(ofLeads, leads, time);
    this.deals = new AbsenceFamily(ofDeals, deals, time);
  }

  /** Notes what changed in the open set. */
  note({ leads, deals }: OpenSetTouched): void {
    this.leads.note(leads);
    this.deals.note(deals);
  }

  observe(atMs: number): ReadonlyArray<Observation> {
    this.atMs = atMs;
    const found: Array<Observation> = [];
    let left = looksMax;
    left -= this.leads.look(atMs, left, found);
    left -= this.deals.look(atMs, left, found);
    // Whoever was answered meanwhile is known of first.
    if (this.isReady && left > 0) this.timers.advance(atMs - graceMs, left, found);
    return found.map((observation, n) => (n < explainedMax ? this.explained(observation) : observation));
  }

  nextDueMs(): number {
    return this.isReady ? this.timers.nextDueMs() + graceMs : this.atMs;
  }

  isWhole({ condition }: AlertRule): boolean {
    return condition._tag !== "Absence" || (this.isReady && this.timers.nextDueMs() > this.atMs - graceMs);
  }

  private get isReady(): boolean {
    return this.leads.isReady && this.deals.isReady;
  }

  private explained(observation: Observation): Observation {
    const { condition } = observation.rule;
    if (condition._tag !== "Absence" || observation.standing !== "fires") return observation;
    const { deal, lead = deal } = observation.group;
    const behind = this.openSet.recentFacts(kindsBehind[condition.what], ({ fact }) => fact.leadId === lead, eventsMax);
    const events = behind.map(({ causeSource, causeEventId }) => `${causeSource}/${causeEventId}`);
    return { ...observation, events: [...new Set(events)] };
  }
}
