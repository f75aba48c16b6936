import type { SalesEvent } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { localDay } from "./local-time.ts";

/** The currencies that the golden cases and random companies use. */
const digitsOf: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, RON: 2, CHF: 2, JPY: 0, KWD: 3 };

/** Decimal digits of a currency's minor unit. */
const currencyDigits = (currency: string): number => {
  const known = digitsOf[currency];
  if (known === undefined) throw new Error(`the oracle knows no currency ${currency}; add its digits to money.ts`);
  return known;
};

/** The rate, as written, of a currency on the local date of an instant; null where none is dated on or before it. */
export const rateAt = (currency: string, ms: number, workspace: Workspace): string | null => {
  const today = localDay(ms, workspace.timeZone);
  const dated = workspace.rates.filter((rate) => rate.currency === currency && rate.fromDay <= today);
  const last = dated.toSorted((a, b) => a.fromDay - b.fromDay).at(-1);
  return last?.rate ?? null;
};

/** Which currency an event states money in; null where it states none. */
export const currencyStated = (event: SalesEvent, workspace: Workspace): string | null => {
  switch (event.type) {
    case "lead-created":
      return event.expected_value_minor === undefined ? null : (event.currency ?? workspace.currency);
    case "stage-changed":
      return event.amount_minor === undefined ? null : (event.currency ?? workspace.currency);
    case "deal-closed":
    case "spend":
    case "subscription-changed":
    case "forecast-submitted":
      return event.currency;
    default:
      return null;
  }
};

/** Half away from zero. */
const divideRounded = (n: bigint, d: bigint): bigint => {
  const magnitude = ((n < 0n ? -n : n) * 2n + d) / (2n * d);
  return n < 0n ? -magnitude : magnitude;
};

/** Money stated by an event at an instant, in minor units of the workspace's currency. */
export const converted = (amountMinor: number, currency: string, ms: number, workspace: Workspace): bigint => {
  if (currency === workspace.currency) return BigInt(amountMinor);
  const rate = rateAt(currency, ms, workspace);
  if (rate === null) throw new Error(`no rate for ${currency}: this event should have been quarantined`);
  const [whole = "0", fraction = ""] = rate.split(".");
  const scaled = BigInt(amountMinor) * BigInt(whole + fraction) * 10n ** BigInt(currencyDigits(workspace.currency));
  return divideRounded(scaled, 10n ** BigInt(fraction.length) * 10n ** BigInt(currencyDigits(currency)));
};
