import type { FactMaker } from "./fact-maker.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import type { LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact } from "./live-fact.ts";
import type { Name } from "./names.ts";

/** What people did with a lead: each activity under its rep, and the touches that led to its first meeting. */
export class ActivityFold {
  private readonly make: FactMaker;

  constructor(make: FactMaker) {
    this.make = make;
  }

  /** Facts made before may be used again from here on. */
  begin(): void {
    this.make.beginStep();
  }

  /** The first meeting held, under the lead's owner then. Any event of that kind counts, whoever called. */
  met(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (!event.meetingHeld || state.met) return;
    state.metAtMs = event.occurredAtMs;
    const meeting = this.make.ofLead(state, Kind.firstMeeting, event.birth, event.occurredAtMs);
    meeting.units = meeting.bin = state.touches;
    out.assert(meeting);
  }

  /** Counts a touch on the way to the first meeting. */
  count(state: LeadState, event: LeadEvent): void {
    state.active = true;
    if (event.humanTouch && !event.meetingHeld && !state.met) state.touches += 1;
  }

  /** An activity's own fact, with the team last stated with its rep when it happened. */
  fact(state: LeadState, event: LeadEvent, team: Name): LiveFact {
    const fact = this.make.attributed(state, Kind.activity, event.birth, event.occurredAtMs);
    this.make.place(fact, state, event.owner, team);
    fact.outcome = event.outcome;
    fact.account = state.account || state.lead;
    return fact;
  }

  /**
   * Whether an activity establishes nothing but its own fact, wherever in the history it falls, and under the teams
   * known now: it came after whatever stated them, and is no touch or one after the answer and the first meeting. While
   * no meeting was held, a touch only counts.
   */
  isAside(state: LeadState, event: LeadEvent): boolean {
    if (event.type !== LeadEventType.activity || event.occurredAtMs <= state.teamsAtMs) return false;
    if (event.meetingHeld && !state.met) return false;
    if ((event.humanTouch || event.meetingHeld) && event.occurredAtMs <= state.metAtMs) return false;
    return !event.humanTouch || event.occurredAtMs > state.answeredAtMs;
  }
}
