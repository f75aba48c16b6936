import type { DealClosed, LeadCreated, StageChanged } from "@leadwire/events";
import { type Dimension, noValue, type Workspace } from "@leadwire/funnel";
import { attributeOf, type Lead, type LeadEvent, upTo } from "./lead.ts";
import { localDay } from "./local-time.ts";

export type Dimensions = Readonly<Record<Dimension, string>>;

/** The events that may state an owner and a team; an activity's rep is no statement. */
type Stating = LeadCreated | StageChanged | DealClosed;

const isStating = (event: LeadEvent): event is Stating =>
  event.type === "lead-created" || event.type === "stage-changed" || event.type === "deal-closed";

/** Whose ownership is asked for: the lead's, to which all its events speak, or one deal's. */
type Scope = { readonly deal: string } | "lead";

export const dealOf = (event: StageChanged | DealClosed): string => event.deal_id ?? event.lead_id;

const speaksTo = (scope: Scope) => (event: Stating) =>
  scope === "lead" || event.type === "lead-created" || dealOf(event) === scope.deal;

const scopeOf = (event: Stating): Scope => (event.type === "lead-created" ? "lead" : { deal: dealOf(event) });

const ownerAfter = (history: ReadonlyArray<LeadEvent>, scope: Scope): string | null =>
  history
    .filter(isStating)
    .filter(speaksTo(scope))
    .map((event) => event.owner)
    .findLast((owner) => owner !== undefined) ?? null;

const placementOf = (owner: string | null, day: number, workspace: Workspace) =>
  workspace.people
    .filter((person) => person.rep === owner && (person.fromDay ?? -Infinity) <= day)
    .toSorted((a, b) => (a.fromDay === b.fromDay ? 0 : (a.fromDay ?? -Infinity) < (b.fromDay ?? -Infinity) ? -1 : 1))
    .at(-1);

/** The team that was last stated together with this owner in the lead's history. */
const teamStatedWith = (lead: Lead, history: ReadonlyArray<LeadEvent>, owner: string | null): string | undefined =>
  history
    .filter(isStating)
    .filter((event) => event.team !== undefined)
    .findLast((event) => ownerAfter(upTo(lead, event), scopeOf(event)) === owner)?.team;

interface Subject {
  readonly lead: Lead;
  readonly scope: Scope;
  readonly stage?: string;
  readonly product?: string;
}

const dimensionsAfter = (
  { lead, scope, stage, product }: Subject,
  history: ReadonlyArray<LeadEvent>,
  statedTeam: string | undefined,
  ms: number,
): Dimensions => {
  const owner = ownerAfter(history, scope);
  const placement = placementOf(owner, localDay(ms, lead.workspace.timeZone), lead.workspace);
  return {
    owner: owner ?? noValue,
    team: statedTeam ?? teamStatedWith(lead, history, owner) ?? placement?.team ?? noValue,
    region: attributeOf(lead, "region") ?? placement?.region ?? noValue,
    channel: attributeOf(lead, "channel") ?? noValue,
    campaign: attributeOf(lead, "campaign") ?? noValue,
    segment: attributeOf(lead, "segment") ?? noValue,
    product: product ?? attributeOf(lead, "product") ?? noValue,
    pipeline: attributeOf(lead, "pipeline") ?? noValue,
    stage: stage ?? noValue,
  };
};

/** The dimensions of what an event of the lead establishes. */
export const dimensionsAt = (subject: Subject, event: LeadEvent): Dimensions =>
  dimensionsAfter(subject, upTo(subject.lead, event), isStating(event) ? event.team : undefined, event.occurred_at);

/**
 * The dimensions of what no event establishes, such as a missed deadline: what was stated before that instant, and
 * up to the event that began it.
 */
export const dimensionsBefore = (subject: Subject, since: LeadEvent, ms: number): Dimensions => {
  const begun = upTo(subject.lead, since);
  const before = subject.lead.events.filter((event) => event.occurred_at < ms);
  return dimensionsAfter(subject, before.length > begun.length ? before : begun, undefined, ms);
};

/**
 * The dimensions of a level at an instant: those since the last event before it that speaks of owner and team. A team
 * that this event states for another deal's owner is not that of the lead's.
 */
export const dimensionsHeld = (subject: Subject, ms: number): Dimensions => {
  const before = subject.lead.events.filter((event) => event.occurred_at < ms);
  const last = before.filter(isStating).findLast(speaksTo(subject.scope));
  if (last === undefined) throw new Error("a level is held by nothing that happened before");
  return dimensionsAfter(subject, upTo(subject.lead, last), undefined, last.occurred_at);
};

/** The dimensions of what a rep did, whoever the lead belongs to. */
export const dimensionsOfRep = (lead: Lead, event: LeadEvent, rep: string): Dimensions => {
  const placement = placementOf(rep, localDay(event.occurred_at, lead.workspace.timeZone), lead.workspace);
  return {
    ...dimensionsAt({ lead, scope: "lead" }, event),
    owner: rep,
    team: teamStatedWith(lead, upTo(lead, event), rep) ?? placement?.team ?? noValue,
    region: attributeOf(lead, "region") ?? placement?.region ?? noValue,
  };
};
