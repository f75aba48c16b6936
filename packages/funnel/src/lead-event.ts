import { missing, type Name } from "./names.ts";

/** Indexes into `eventTypes` for the events of a lead. */
export const LeadEventType = { created: 0, stageChanged: 1, activity: 2, closed: 3, erased: 9 } as const;

/** One line of a closed deal; money in the workspace's currency. */
export interface LeadEventLine {
  readonly product: Name;
  readonly quantity: number;
  readonly amountMinor: number;
  /** NaN where unknown. */
  readonly costMinor: number;
}

const noLines: ReadonlyArray<LeadEventLine> = [];

/**
 * One event of a lead as the fold reads it: names instead of texts, money already in the workspace's currency.
 * The hot path fills one instance again and again.
 */
export class LeadEvent {
  type = 0;
  occurredAtMs = 0;
  /** Place among events of one instant (canonical-order.ts). */
  rank = 0;
  /** Reference to the event in the lead's history. */
  birth = 0;
  /** The last ties of the canonical order; filled only where a whole history is sorted. */
  sourceText = "";
  eventId = "";
  deal: Name = missing;
  /** Of an activity its rep, whom it makes the owner of nothing. */
  owner: Name = missing;
  team: Name = missing;
  account: Name = missing;
  channel: Name = missing;
  campaign: Name = missing;
  region: Name = missing;
  segment: Name = missing;
  product: Name = missing;
  pipeline: Name = missing;
  stage: Name = missing;
  /** A human's outbound call, email, message or meeting. */
  humanTouch = false;
  meetingHeld = false;
  /** Index into `factOutcomes`: won, lost or no_decision; of an activity its kind, or `automated`. */
  outcome = 0;
  /** NaN where the event states none. Of a lead-created: its expected value. */
  amountMinor = Number.NaN;
  /** What a close brings again and again over its whole term; NaN where it states none. */
  recurringMinor = Number.NaN;
  /** NaN where the event states none. */
  termMonths = Number.NaN;
  /** The day a deal is expected to close on, since 1970-01-01; NaN where the event states none. */
  dueDay = Number.NaN;
  lines: ReadonlyArray<LeadEventLine> = noLines;

  clear(): void {
    this.deal = this.owner = this.team = this.account = missing;
    this.channel = this.campaign = this.region = this.segment = this.product = this.pipeline = this.stage = missing;
    this.humanTouch = this.meetingHeld = false;
    this.outcome = 0;
    this.amountMinor = this.recurringMinor = this.termMonths = this.dueDay = Number.NaN;
    this.lines = noLines;
  }
}
