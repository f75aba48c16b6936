import { type ActivityHistory, activityDifference } from "./activity-difference.ts";
import { compareCanonical } from "./canonical-order.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import type { LeadFold } from "./lead-fold.ts";
import { LeadState } from "./lead-state.ts";
import { type FactSink, type LiveFact, sameFact } from "./live-fact.ts";
import type { Name } from "./names.ts";
import type { TeamStatement } from "./team-statement.ts";

/** Facts by identity: (source, event id) of the event they are born of, kind, deal, ordinal. */
export type FactSet = ReadonlyMap<string, LiveFact>;

/** What a whole history comes to: the facts but those of single activities, and the summary to go on from. */
export interface WholeFold extends ActivityHistory {
  readonly facts: FactSet;
  /** The last of the history in canonical order; undefined where it is empty. */
  readonly last: LeadEvent | undefined;
}

class Collector implements FactSink {
  readonly facts = new Map<string, LiveFact>();
  readonly births = new Map<number, string>();

  assert = (fact: LiveFact): void => {
    this.facts.set(this.identity(fact), fact);
  };
  replace = (_before: LiveFact, after: LiveFact): void => {
    this.facts.set(this.identity(after), after);
  };
  retract = (fact: LiveFact): void => {
    this.facts.delete(this.identity(fact));
  };
  private identity(fact: LiveFact): string {
    return `${this.births.get(fact.birth)}\0${fact.kind}\0${fact.deal}\0${fact.ordinal}`;
  }
}

/**
 * A history without the activities that establish nothing but a fact of their own: of them all only the newest touch
 * before the creation, the first from then on and the first meeting held tell more. A lead with 100,000 activities folds
 * few of them.
 */
const telling = (
  history: ReadonlyArray<LeadEvent>,
  createdAtMs: number,
  meeting: LeadEvent | undefined,
): Array<LeadEvent> => {
  const kept: Array<LeadEvent> = [];
  let before: LeadEvent | undefined;
  let first: LeadEvent | undefined;
  for (const event of history) {
    if (event.type !== LeadEventType.activity) kept.push(event);
    else if (!event.humanTouch) continue;
    else if (event.occurredAtMs >= createdAtMs) {
      if (first === undefined || compareCanonical(event, first) < 0) first = event;
    } else if (before === undefined || compareCanonical(event, before) > 0) before = event;
  }
  if (before !== undefined) kept.push(before);
  if (first !== undefined) kept.push(first);
  if (meeting !== undefined && meeting !== before && meeting !== first) kept.push(meeting);
  return kept.sort(compareCanonical);
};

const firstMeeting = (history: ReadonlyArray<LeadEvent>): LeadEvent | undefined => {
  let first: LeadEvent | undefined;
  for (const event of history) {
    if (event.meetingHeld && (first === undefined || compareCanonical(event, first) < 0)) first = event;
  }
  return first;
};

/** Human touches before the first meeting held; all of them while none was. */
const touchesBefore = (history: ReadonlyArray<LeadEvent>, meeting: LeadEvent | undefined): number => {
  let touches = 0;
  for (const event of history) {
    if (!event.humanTouch || event.meetingHeld) continue;
    if (meeting === undefined || compareCanonical(event, meeting) < 0) touches += 1;
  }
  return touches;
};

/**
 * Folds a lead's whole history: the counting revision of each event, in any order. Total: never throws for events
 * that the door or the task let through.
 */
export const foldWhole = (fold: LeadFold, lead: Name, history: ReadonlyArray<LeadEvent>): WholeFold => {
  const creations = history.filter(({ type }) => type === LeadEventType.created).sort(compareCanonical);
  const state = new LeadState();
  state.lead = lead;
  for (const creation of creations) fold.fillAttributes(state, creation);
  let last: LeadEvent | undefined;
  for (const event of history) {
    fold.rankStage(state, event);
    if (event.type === LeadEventType.activity) state.active = true;
    if (last === undefined || compareCanonical(event, last) > 0) last = event;
  }
  const meeting = firstMeeting(history);
  state.touches = touchesBefore(history, meeting);
  const events = telling(history, creations[0]?.occurredAtMs ?? Number.POSITIVE_INFINITY, meeting);
  const collector = new Collector();
  for (const { birth, sourceText, eventId } of events) collector.births.set(birth, `${sourceText}\0${eventId}`);
  const teams: Array<TeamStatement> = [];
  fold.begin(teams);
  for (const event of events) fold.step(state, event, collector);
  fold.begin(undefined);
  return { state, facts: collector.facts, last, history, teams };
};

/** What changes from one fold to another, activities last, in an order that depends on nothing but the histories. */
export const difference = (fold: LeadFold, before: WholeFold, after: WholeFold, out: FactSink): void => {
  for (const identity of changed(before.facts, after.facts).sort()) {
    const old = before.facts.get(identity);
    const now = after.facts.get(identity);
    if (old === undefined) {
      if (now !== undefined) out.assert(now);
    } else if (now === undefined) out.retract(old);
    else out.replace(old, now);
  }
  activityDifference(fold.activities, before, after, out);
};

const changed = (before: FactSet, after: FactSet): Array<string> => {
  const identities: Array<string> = [];
  for (const [identity, now] of after) {
    const old = before.get(identity);
    if (old === undefined || !sameFact(old, now)) identities.push(identity);
  }
  for (const identity of before.keys()) if (!after.has(identity)) identities.push(identity);
  return identities;
};
