import { dimensions, noValue } from "@leadwire/funnel";
import type { Anchor, OpenDeal, WaitingLead } from "@leadwire/stream";
import type { AbsenceCondition } from "../rule/rule.ts";

/** A lead or a deal to which something ought to happen, as a rule sees it. */
export interface AbsentThing {
  /** What the wait is counted from. */
  readonly anchor: Anchor;
  readonly group: Readonly<Record<string, string>>;
  readonly identity: Readonly<Record<string, string>>;
  /** Of a deal what it is worth; null of a lead. */
  readonly amountMinor: number | null;
}

type Dimensions = WaitingLead["dimensions"];

/** The stage is left out: a deal that moves on would be told of anew each time. */
const labelNames = dimensions.filter((dimension) => dimension !== "stage");

const labelsOf = (of: Dimensions): Record<string, string> =>
  Object.fromEntries(
    labelNames.map((name) => [name, of[name]]).filter(([, value]) => value !== noValue && value !== ""),
  );

const isWithin = ({ where }: AbsenceCondition, of: Dimensions): boolean =>
  where.every(([name, value]) => dimensions.some((dimension) => dimension === name && of[dimension] === value));

/** Undefined where the rule does not look at this lead. */
export const absentLead = (condition: AbsenceCondition, lead: WaitingLead): AbsentThing | undefined => {
  if (!isWithin(condition, lead.dimensions)) return undefined;
  const identity = { lead: lead.leadId };
  return { anchor: lead.created, group: { ...labelsOf(lead.dimensions), ...identity }, identity, amountMinor: null };
};

/**
 * Undefined where the rule does not look at this deal. The wait for a close begins as the expected day ends: the days'
 * ends are `dayEndOf`'s to know.
 */
export const absentDeal = (
  condition: AbsenceCondition,
  deal: OpenDeal,
  dayEndOf: (instantMs: number) => number,
): AbsentThing | undefined => {
  if (deal.amountMinor < condition.amountMinorMin || !isWithin(condition, deal.dimensions)) return undefined;
  const identity = { deal: deal.dealId };
  const ids = deal.dealId === deal.leadId ? identity : { ...identity, lead: deal.leadId };
  const group = { ...labelsOf(deal.dimensions), ...ids };
  const { amountMinor } = deal;
  if (condition.what === "deal_activity")
    return { anchor: deal.lastActivity ?? deal.opened, group, identity, amountMinor };
  if (deal.due === null) return undefined;
  return { anchor: { ...deal.due, atMs: dayEndOf(deal.due.atMs) }, group, identity, amountMinor };
};
