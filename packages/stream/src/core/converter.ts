import { convertMinor, currencyExponent, type FlatEvent, Slot } from "@leadwire/events";
import type { LocalDays, Rate, Workspace } from "@leadwire/funnel";

/**
 * Money into the workspace's currency, once, by the last rate dated on or before the local date of the event that
 * states it (kpis.md, "Money").
 */
export class Converter {
  private readonly currency: string;
  private readonly currencyBytes: Buffer;
  private readonly exponent: number;
  private readonly days: LocalDays;
  private readonly rates = new Map<string, ReadonlyArray<Rate>>();

  constructor(workspace: Workspace, days: LocalDays) {
    this.currency = workspace.currency;
    this.currencyBytes = Buffer.from(workspace.currency);
    this.days = days;
    this.exponent = exponentOf(workspace.currency);
    for (const rate of workspace.rates) {
      this.rates.set(
        rate.currency,
        [...(this.rates.get(rate.currency) ?? []), rate].sort((a, b) => b.fromDay - a.fromDay),
      );
    }
  }

  /** An amount of an event; NaN stays NaN. Undefined where no rate covers the event's date, or the result is too large. */
  convert(amountMinor: number, currency: string, atMs: number): number | undefined {
    if (Number.isNaN(amountMinor) || currency === this.currency) return amountMinor;
    const day = this.days.localDay(atMs);
    const rate = this.rates.get(currency)?.find(({ fromDay }) => fromDay <= day);
    return rate === undefined ? undefined : convertMinor(amountMinor, exponentOf(currency), this.exponent, rate.rate);
  }

  /** As convert, for an event that `isCovered` let through. */
  convertFlat(event: FlatEvent, amountMinor: number): number {
    if (Number.isNaN(amountMinor) || this.isOwn(event)) return amountMinor;
    const converted = this.convert(amountMinor, event.text(Slot.currency) ?? "", event.occurredAtMs);
    if (converted === undefined) throw new Error("an amount without a rate reached the fold");
    return converted;
  }

  /** Whether an event's currency is the workspace's or has a rate on the event's date. */
  isCovered(event: FlatEvent): boolean {
    if (!event.has(Slot.currency) || this.isOwn(event)) return true;
    return this.convert(1, event.text(Slot.currency) ?? "", event.occurredAtMs) !== undefined;
  }

  private isOwn(event: FlatEvent): boolean {
    const start = event.start[Slot.currency] as number;
    if (start < 0) return true;
    const own = this.currencyBytes;
    const { bytes } = event;
    return bytes[start] === own[0] && bytes[start + 1] === own[1] && bytes[start + 2] === own[2];
  }
}

const exponentOf = (currency: string): number => {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) throw new Error(`${currency} is not an ISO 4217 currency`);
  return exponent;
};
