import type { ActivityLogged } from "@leadwire/events";
import type { Counted } from "./counted.ts";
import type { Lead, LeadEvent } from "./lead.ts";
import { dimensionsAt, dimensionsOfRep } from "./ownership.ts";
import { isTouch } from "./response.ts";

const isActivity = (event: LeadEvent): event is ActivityLogged => event.type === "activity-logged";

/** Every activity of a lead, under its rep. */
export const activitiesOf = (lead: Lead): ReadonlyArray<Counted> =>
  lead.events.filter(isActivity).map((event) => ({
    atMs: event.occurred_at,
    outcome: event.automated ? "automated" : event.kind,
    dimensions: dimensionsOfRep(lead, event, event.rep),
  }));

/** The first meeting held, with the human outbound touches before it. */
export const firstMeetingOf = (lead: Lead): ReadonlyArray<Counted> => {
  const index = lead.events.findIndex((event) => isActivity(event) && event.kind === "meeting_held");
  const meeting = lead.events[index];
  if (meeting === undefined) return [];
  const touches = lead.events.slice(0, index).filter(isTouch);
  const dimensions = dimensionsAt({ lead, scope: "lead" }, meeting);
  return [{ atMs: meeting.occurred_at, dimensions, unitsMilli: BigInt(touches.length) * 1000n }];
};
