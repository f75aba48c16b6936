import { compareCanonical } from "./canonical-order.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import type { LeadFold } from "./lead-fold.ts";
import { LeadState } from "./lead-state.ts";
import { type FactSink, type LiveFact, sameFact } from "./live-fact.ts";
import type { Name } from "./names.ts";

/** Facts by identity: (source, event id) of the event they are born of, kind, deal, ordinal. */
export type FactSet = ReadonlyMap<string, LiveFact>;

/** What a whole history comes to: the facts, and the summary to go on from. */
export interface WholeFold {
  readonly state: LeadState;
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
 * A history without the activities that establish nothing: those that are no human's touch, and of the touches all but
 * the newest before the creation and the first from then on. A lead with 100,000 activities folds few of them.
 */
const telling = (history: ReadonlyArray<LeadEvent>, createdAtMs: number): Array<LeadEvent> => {
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
  return kept.sort(compareCanonical);
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
    if (last === undefined || compareCanonical(event, last) > 0) last = event;
  }
  const events = telling(history, creations[0]?.occurredAtMs ?? Number.POSITIVE_INFINITY);
  const collector = new Collector();
  for (const { birth, sourceText, eventId } of events) collector.births.set(birth, `${sourceText}\0${eventId}`);
  fold.begin(true);
  for (const event of events) fold.step(state, event, collector);
  fold.begin(false);
  return { state, facts: collector.facts, last };
};

/** What changes from one set of facts to another, in an order that depends on nothing but the facts. */
export const difference = (before: FactSet, after: FactSet, out: FactSink): void => {
  for (const identity of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const old = before.get(identity);
    const now = after.get(identity);
    if (old === undefined) {
      if (now !== undefined) out.assert(now);
    } else if (now === undefined) out.retract(old);
    else if (!sameFact(old, now)) out.replace(old, now);
  }
};
