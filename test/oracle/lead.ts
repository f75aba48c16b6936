import type { ActivityLogged, DealClosed, LeadCreated, LeadErased, StageChanged } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { converted } from "./money.ts";
import { placeOf } from "./stage.ts";

export type LeadEvent = LeadCreated | StageChanged | ActivityLogged | DealClosed | LeadErased;

/** All events of one lead in canonical order. */
export interface Lead {
  readonly id: string;
  readonly events: ReadonlyArray<LeadEvent>;
  readonly creations: ReadonlyArray<LeadCreated>;
  readonly workspace: Workspace;
}

const codeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** At one instant: lead-created, activities (meeting_held last), stage-changed, deal-closed, anything else. */
const typeRank = (event: LeadEvent): number => {
  switch (event.type) {
    case "lead-created":
      return 0;
    case "activity-logged":
      return event.kind === "meeting_held" ? 2 : 1;
    case "stage-changed":
      return 3;
    case "deal-closed":
      return 4;
    default:
      return 5;
  }
};

const canonical = (pipeline: string | null, workspace: Workspace) => (a: LeadEvent, b: LeadEvent) => {
  const stageRank = (event: LeadEvent) =>
    event.type === "stage-changed" ? placeOf(event.to_stage, pipeline, workspace).index : 0;
  return (
    a.occurred_at - b.occurred_at ||
    typeRank(a) - typeRank(b) ||
    stageRank(a) - stageRank(b) ||
    codeUnits(a.source_system, b.source_system) ||
    codeUnits(a.event_id, b.event_id)
  );
};

const isCreation = (event: LeadEvent): event is LeadCreated => event.type === "lead-created";

export const leadOf = (id: string, events: ReadonlyArray<LeadEvent>, workspace: Workspace): Lead => {
  const creations = events.filter(isCreation).toSorted(canonical(null, workspace));
  const pipeline = firstStated(creations, "pipeline");
  return { id, creations, workspace, events: events.toSorted(canonical(pipeline, workspace)) };
};

type Attribute = "account_id" | "channel" | "campaign" | "region" | "segment" | "product" | "pipeline";

const firstStated = (creations: ReadonlyArray<LeadCreated>, attribute: Attribute): string | null =>
  creations.map((creation) => creation[attribute]).find((value) => value !== undefined) ?? null;

/** What the first lead-created that says it says; it holds for all of the lead, whatever the time. */
export const attributeOf = (lead: Lead, attribute: Attribute): string | null => firstStated(lead.creations, attribute);

/** The first lead-created creates; null for an orphan. */
export const createdAtMs = (lead: Lead): number | null => lead.creations[0]?.occurred_at ?? null;

/** The expected value that the first lead-created to state one states, in the workspace's currency. */
export const expectedValue = (lead: Lead): bigint | null => {
  for (const creation of lead.creations) {
    if (creation.expected_value_minor !== undefined) {
      const currency = creation.currency ?? lead.workspace.currency;
      return converted(creation.expected_value_minor, currency, creation.occurred_at, lead.workspace);
    }
  }
  return null;
};

/** The history up to an event, itself included. */
export const upTo = (lead: Lead, event: LeadEvent): ReadonlyArray<LeadEvent> =>
  lead.events.slice(0, lead.events.indexOf(event) + 1);

export const byCodeUnits = codeUnits;
