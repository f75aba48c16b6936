import { sealedBytesMax } from "./check-event.ts";
import { isCurrencyAt } from "./currency.ts";
import { eventTypes } from "./event.ts";
import {
  dealLinesMax,
  isQuantity,
  isScore,
  keyBytesMax,
  periodPattern,
  scopePattern,
  spendDaysMax,
  termMonthsMax,
  textBytesMax,
} from "./event-rules.ts";
import { type FlatEvent, Num, Slot, Small, slotCount } from "./flat-event.ts";
import { dayMax, dayMin, instantMsMax, instantMsMin } from "./iso-time.ts";
import { LineCursor } from "./line-cursor.ts";
import { amountMinorMax } from "./money.ts";
import { surveyKinds } from "./vocabulary.ts";

const nps = surveyKinds.indexOf("nps");
const amounts = [Num.amountMinor, Num.expectedValueMinor, Num.recurringAmountMinor, Num.mrrMinor];
const days = [Num.expectedCloseOn, Num.periodStart, Num.periodEnd];
const bytesMax = new Int32Array(slotCount).fill(keyBytesMax);
for (const slot of [Slot.reason, Slot.changedBy, Slot.requestId]) bytesMax[slot] = textBytesMax;
bytesMax[Slot.contactSealed] = sealedBytesMax;

// NaN, an absent number, is outside no range.
const isOutside = (value: number, min: number, max: number): boolean => value < min || value > max;

/**
 * The rules of `checkEvent` on a decoded record, for the hot path: a record that some producer wrote to the log itself
 * is held to the same rules as one that came through a door. It only answers whether all is well; decode the record
 * and ask `checkEvent` for the reason.
 */
export class FlatCheck {
  private readonly lines = new LineCursor();

  /** Whether `checkEvent` accepts this event, which was decoded without a fault. */
  isSound(event: FlatEvent): boolean {
    return this.textsAreSound(event) && this.numbersAreSound(event) && this.togetherSound(event);
  }

  private textsAreSound(event: FlatEvent): boolean {
    const { start, end } = event;
    for (let slot = 0; slot < slotCount; slot++) {
      const from = start[slot]!;
      if (from < 0) continue;
      const length = end[slot]! - from;
      if (length === 0 || length > bytesMax[slot]!) return false;
    }
    const currencyAt = start[Slot.currency]!;
    return currencyAt < 0 || isCurrencyAt(event.bytes, currencyAt, end[Slot.currency]!);
  }

  private numbersAreSound(event: FlatEvent): boolean {
    const numbers = event.numbers;
    if (isOutside(event.occurredAtMs, instantMsMin, instantMsMax) || event.revision < 0) return false;
    for (let index = 0; index < amounts.length; index++)
      if (isOutside(numbers[amounts[index]!]!, 0, amountMinorMax)) return false;
    for (let index = 0; index < days.length; index++)
      if (isOutside(numbers[days[index]!]!, dayMin, dayMax)) return false;
    return !isOutside(numbers[Num.termMonths]!, 1, termMonthsMax);
  }

  private togetherSound(event: FlatEvent): boolean {
    const numbers = event.numbers;
    switch (eventTypes[event.type]) {
      case "deal-closed":
        return event.linesCount === 0 || this.linesAreSound(event);
      case "spend":
        return !isOutside(numbers[Num.periodEnd]! - numbers[Num.periodStart]! + 1, 1, spendDaysMax);
      case "survey-answered":
        return isScore(event.small[Small.surveyKind] === nps, numbers[Num.score]!);
      case "target-set":
        return !isOutside(numbers[Num.value]!, -amountMinorMax, amountMinorMax) && this.planIsSound(event);
      case "forecast-submitted":
        return this.planIsSound(event);
      default:
        return true;
    }
  }

  private planIsSound(event: FlatEvent): boolean {
    return periodPattern.test(event.text(Slot.period) ?? "") && scopePattern.test(event.text(Slot.scope) ?? "");
  }

  private linesAreSound(event: FlatEvent): boolean {
    if (event.linesCount > dealLinesMax) return false;
    const lines = this.lines;
    lines.reset(event);
    while (lines.next()) {
      const length = lines.productEnd - lines.productStart;
      if (length === 0 || length > keyBytesMax || !isQuantity(lines.quantity)) return false;
      if (isOutside(lines.amountMinor, -amountMinorMax, amountMinorMax)) return false;
      if (isOutside(lines.costMinor, 0, amountMinorMax)) return false;
    }
    return true;
  }
}
