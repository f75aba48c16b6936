import type { ActivityFold } from "./activity-fold.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import type { LeadState } from "./lead-state.ts";
import { type FactSink, type LiveFact, sameFact } from "./live-fact.ts";
import { sameStatements, type TeamStatement, teamBefore } from "./team-statement.ts";

/** A history as its activities need it: they depend on nothing but the lead and the teams stated before them. */
export interface ActivityHistory {
  readonly history: ReadonlyArray<LeadEvent>;
  readonly state: LeadState;
  /** In canonical order. */
  readonly teams: ReadonlyArray<TeamStatement>;
}

/**
 * What changes among the facts of activities from one history to another, in the order of the histories. Facts are made only
 * of activities that came, went, or stand under something else now: a lead may have 100,000 others.
 */
export const activityDifference = (
  activities: ActivityFold,
  before: ActivityHistory,
  after: ActivityHistory,
  out: FactSink,
): void => {
  const factOf = (of: ActivityHistory, event: LeadEvent): LiveFact =>
    activities.fact(of.state, event, teamBefore(of.teams, event.owner, event));
  const replace = (event: LeadEvent, heir: LeadEvent): void => {
    activities.begin();
    const old = factOf(before, event);
    const now = factOf(after, heir);
    if (!sameFact(old, now)) out.replace(old, now);
  };
  const [gone, come] = apart(before.history, after.history);
  if (!sameAttributes(before.state, after.state) || !sameStatements(before.teams, after.teams)) {
    const births = new Set(come.map(({ birth }) => birth));
    for (const event of after.history) if (isActivity(event) && !births.has(event.birth)) replace(event, event);
  }
  for (const event of gone) {
    const heir = come.find((other) => isSameEvent(other, event));
    activities.begin();
    if (heir === undefined) out.retract(factOf(before, event));
    else replace(event, heir);
  }
  for (const event of come) {
    activities.begin();
    if (!gone.some((other) => isSameEvent(other, event))) out.assert(factOf(after, event));
  }
};

/** The activities that only the one history has, and those that only the other has, by their entries. */
const apart = (
  before: ReadonlyArray<LeadEvent>,
  after: ReadonlyArray<LeadEvent>,
): readonly [ReadonlyArray<LeadEvent>, ReadonlyArray<LeadEvent>] => {
  let same = 0;
  while (same < before.length && before[same]?.birth === after[same]?.birth) same += 1;
  const gone = new Map(before.slice(same).map((event) => [event.birth, event]));
  const come = after.slice(same).filter((event) => !gone.delete(event.birth) && isActivity(event));
  return [[...gone.values()].filter(isActivity), come];
};

const isActivity = ({ type }: LeadEvent): boolean => type === LeadEventType.activity;

const isSameEvent = (a: LeadEvent, b: LeadEvent): boolean => a.eventId === b.eventId && a.sourceText === b.sourceText;

const sameAttributes = (a: LeadState, b: LeadState): boolean =>
  a.account === b.account &&
  a.channel === b.channel &&
  a.campaign === b.campaign &&
  a.region === b.region &&
  a.segment === b.segment &&
  a.product === b.product &&
  a.pipeline === b.pipeline;
