import type { EventHead, SalesEvent } from "@leadwire/events";
import type { BoardEvent, BoardEventKind } from "../board-source.ts";

type Line = Omit<BoardEvent, "seq" | "occurredAtMs" | "lateByMs">;

const money = (amountMinor: number | undefined, currency: string | undefined): Partial<Line> =>
  amountMinor === undefined || currency === undefined ? {} : { amountMinor, currency };

const stated = (name: "by" | "detail", text: string | undefined): Partial<Line> =>
  text === undefined ? {} : { [name]: text };

const ofEvent = (event: SalesEvent): Line => {
  switch (event.type) {
    case "lead-created":
      return {
        kind: "lead_created",
        subject: event.lead_id,
        ...stated("by", event.owner),
        ...stated("detail", event.channel),
        ...money(event.expected_value_minor, event.currency),
      };
    case "stage-changed":
      return {
        kind: "stage_entered",
        subject: event.deal_id ?? event.lead_id,
        ...stated("by", event.owner ?? event.changed_by),
        detail: event.to_stage,
        ...money(event.amount_minor, event.currency),
      };
    case "activity-logged":
      return { kind: "activity", subject: event.deal_id ?? event.lead_id, by: event.rep, detail: event.kind };
    case "deal-closed":
      return {
        kind: event.outcome,
        subject: event.deal_id ?? event.lead_id,
        ...stated("by", event.owner),
        ...stated("detail", event.lines[0]?.product),
        ...money(event.amount_minor, event.currency),
      };
    case "spend":
      return {
        kind: "spend",
        subject: event.channel,
        detail: event.category,
        ...money(event.amount_minor, event.currency),
      };
    case "subscription-changed":
      return { kind: "other", subject: event.account_id, detail: `${event.type} (${event.reason})` };
    case "survey-answered":
      return { kind: "other", subject: event.account_id, detail: `${event.type} (${event.kind})` };
    case "target-set":
    case "forecast-submitted":
      return { kind: "other", subject: event.scope, detail: event.type };
    case "lead-erased":
      return { kind: "other", subject: event.lead_id, detail: event.type };
  }
};

const kindOf = ({ revision, voided }: EventHead, kind: BoardEventKind): BoardEventKind =>
  revision > 0 || voided ? "corrected" : kind;

/** An event as a line of the feed. Never any of the contact: only what the event says in clear. */
export const feedLine = (event: SalesEvent, appendTimeMs: number, lateAfterMs: number): Omit<BoardEvent, "seq"> => {
  const line = ofEvent(event);
  const lateByMs = appendTimeMs - event.occurred_at;
  return {
    ...line,
    kind: kindOf(event, line.kind),
    occurredAtMs: event.occurred_at,
    ...(lateByMs > lateAfterMs ? { lateByMs } : {}),
  };
};
