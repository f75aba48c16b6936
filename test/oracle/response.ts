import type { ActivityLogged } from "@leadwire/events";
import { afterBusinessMs, businessMsBetween } from "./business-time.ts";
import type { Counted } from "./counted.ts";
import { createdAtMs, type Lead, type LeadEvent } from "./lead.ts";
import { dimensionsAt, dimensionsBefore, dimensionsHeld } from "./ownership.ts";

const earlyTouchMs = 24 * 3_600_000;

/** A human outbound touch, of whatever kind. */
export const isTouch = (event: LeadEvent): event is ActivityLogged =>
  event.type === "activity-logged" && event.direction === "outbound" && !event.automated;

type Answer = { readonly atMs: number; readonly touch: ActivityLogged | "early" };

/** When a created lead was answered: at its creation by an early touch, else by the first touch at or after it. */
const answerOf = (lead: Lead, createdMs: number): Answer | null => {
  const touches = lead.events.filter(isTouch);
  const early = touches.some((t) => t.occurred_at >= createdMs - earlyTouchMs && t.occurred_at < createdMs);
  if (early) return { atMs: createdMs, touch: "early" };
  const first = touches.find((touch) => touch.occurred_at >= createdMs);
  return first === undefined ? null : { atMs: first.occurred_at, touch: first };
};

/** The first touch of a lead with its response time; none for an early touch. */
export const responsesOf = (lead: Lead): ReadonlyArray<Counted> => {
  const created = createdAtMs(lead);
  if (created === null) return [];
  const answer = answerOf(lead, created);
  if (answer === null || answer.touch === "early") return [];
  const dimensions = dimensionsAt({ lead, scope: "lead" }, answer.touch);
  const businessMs = businessMsBetween(created, answer.atMs, lead.workspace);
  return [{ atMs: answer.atMs, dimensions, durationMs: answer.atMs - created, businessMs }];
};

/** The outcome of a lead's SLA, at the earlier of the response and the deadline. */
export const slaOf = (lead: Lead): ReadonlyArray<Counted> =>
  slaBy(lead, (createdMs) => createdMs + lead.workspace.responseSlaMs);

/** The same where the clock runs in business hours only; no outcome where they never come. */
export const businessSlaOf = (lead: Lead): ReadonlyArray<Counted> =>
  slaBy(lead, (createdMs) => afterBusinessMs(createdMs, lead.workspace.responseSlaMs, lead.workspace));

const slaBy = (lead: Lead, deadlineOf: (createdMs: number) => number | null): ReadonlyArray<Counted> => {
  const creation = lead.creations[0];
  if (creation === undefined) return [];
  const subject = { lead, scope: "lead" } as const;
  const answer = answerOf(lead, creation.occurred_at);
  const deadline = deadlineOf(creation.occurred_at);
  if (deadline === null) return [];
  if (answer === null || answer.atMs > deadline) {
    return [{ atMs: deadline, outcome: "missed", dimensions: dimensionsBefore(subject, creation, deadline) }];
  }
  const answeredBy = answer.touch === "early" ? creation : answer.touch;
  return [{ atMs: answer.atMs, outcome: "met", dimensions: dimensionsAt(subject, answeredBy) }];
};

/** A lead is closed once it has deals and each of them stands closed. */
const isOpenBefore = (lead: Lead, ms: number): boolean => {
  const steps = lead.events
    .filter((event) => event.occurred_at < ms)
    .filter((event) => event.type === "stage-changed" || event.type === "deal-closed");
  const deals = [...Map.groupBy(steps, (event) => event.deal_id ?? event.lead_id).values()];
  return deals.length === 0 || deals.some((deal) => deal.at(-1)?.type === "stage-changed");
};

/** A lead that waits for its first answer, by what happened before an instant; its duration is its age when read. */
export const waitingOf = (lead: Lead, ms: number, readAtMs: number): ReadonlyArray<Counted> => {
  const created = createdAtMs(lead);
  if (created === null || created >= ms) return [];
  const answer = answerOf(lead, created);
  const answered = answer !== null && (answer.touch === "early" || answer.atMs < ms);
  if (answered || !isOpenBefore(lead, ms)) return [];
  const dimensions = dimensionsHeld({ lead, scope: "lead" }, ms);
  return [{ atMs: ms, dimensions, durationMs: readAtMs - created }];
};
