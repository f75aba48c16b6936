import type { Spend } from "@leadwire/events";
import { noValue, type Workspace } from "@leadwire/funnel";
import { type Counted, noDimensions } from "./counted.ts";
import { dateOfDay, dateStartMs } from "./local-time.ts";
import { converted } from "./money.ts";

/** An event's spend, evenly over its days, what the division leaves on the first of them, one unit each. */
export const spendDays = (event: Spend, workspace: Workspace): ReadonlyArray<Counted> => {
  const amount = converted(event.amount_minor, event.currency, event.occurred_at, workspace);
  const days = event.period_end - event.period_start + 1;
  const share = amount / BigInt(days);
  const left = amount - share * BigInt(days);
  return Array.from({ length: days }, (_, i) => ({
    atMs: dateStartMs(dateOfDay(event.period_start + i), workspace.timeZone),
    outcome: event.category,
    amountMinor: share + (BigInt(i) < left ? 1n : 0n),
    dimensions: { ...noDimensions, channel: event.channel, campaign: event.campaign ?? noValue },
  }));
};
