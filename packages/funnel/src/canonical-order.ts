import { type LeadEvent, LeadEventType } from "./lead-event.ts";

const byType = { created: 0, activity: 1, meetingHeld: 2, stage: 3, closed: 4 } as const;
/** More than any pipeline has stages. */
const stageSpan = 10_000;

/**
 * Place of an event among those of the same instant: lead-created, activities (meeting_held last), stage-changed
 * (lower stage first), deal-closed (kpis.md, "Order").
 */
export const rankOf = (type: number, meetingHeld: boolean, stageRank: number): number => {
  switch (type) {
    case LeadEventType.created:
      return byType.created * stageSpan;
    case LeadEventType.activity:
      return (meetingHeld ? byType.meetingHeld : byType.activity) * stageSpan;
    case LeadEventType.stageChanged:
      return byType.stage * stageSpan + stageRank;
    default:
      return byType.closed * stageSpan;
  }
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in which one lead's events are folded, whatever order they arrived in. */
export const compareCanonical = (a: LeadEvent, b: LeadEvent): number =>
  a.occurredAtMs - b.occurredAtMs ||
  a.rank - b.rank ||
  compareText(a.sourceText, b.sourceText) ||
  compareText(a.eventId, b.eventId);
