import type { FactOutcome } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";
import { leadDimensions } from "./lead-measures.ts";

const ofKind = (id: string, outcomes: ReadonlyArray<FactOutcome>): Measure => ({
  id,
  kind: "activity",
  outcomes,
  value: "none",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions: leadDimensions,
  // Most events are activities: what is kept of them is what costs.
  slicedBy: ["owner"],
});

/** Activities that a human logged, under their rep, by kind: all of them are the sum of these. */
export const calls = ofKind("activity_calls", ["call"]);
export const emails = ofKind("activity_emails", ["email"]);
export const messages = ofKind("activity_messages", ["message"]);
export const meetingsBooked = ofKind("activity_meetings_booked", ["meeting_booked"]);
export const meetingsHeld = ofKind("activity_meetings_held", ["meeting_held"]);
/** Those of an autoresponder. */
export const automatedActivities = ofKind("activity_automated", ["automated"]);
