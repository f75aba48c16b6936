import type { FlatEvent } from "@leadwire/events";
import { Num, Slot, Small } from "@leadwire/events";
import { Kind, LiveFact, missing, OutcomeIndex, type ZoneCalendar } from "@leadwire/funnel";
import type { Converter } from "../converter.ts";
import type { TextTable } from "../state/text-table.ts";

/**
 * A spend event as one fact a day: spread evenly, the remainder of the division on the first days, each at the start
 * of its local day.
 */
export class SpendFold {
  private readonly names: TextTable;
  private readonly converter: Converter;
  private readonly calendar: ZoneCalendar;

  constructor(names: TextTable, converter: Converter, calendar: ZoneCalendar) {
    this.names = names;
    this.converter = converter;
    this.calendar = calendar;
  }

  facts(event: FlatEvent, birth: number): ReadonlyArray<LiveFact> {
    const first = event.numbers[Num.periodStart] as number;
    const days = (event.numbers[Num.periodEnd] as number) - first + 1;
    const amountMinor = this.converter.convertFlat(event, event.numbers[Num.amountMinor] as number);
    const share = Math.floor(amountMinor / days);
    const rest = amountMinor - share * days;
    const channel = this.name(event, Slot.channel);
    const campaign = this.name(event, Slot.campaign);
    return Array.from({ length: days }, (_, day) => {
      const fact = new LiveFact();
      fact.kind = Kind.spendDay;
      fact.birth = birth;
      fact.ordinal = day;
      fact.atMs = this.calendar.dayStartMs(first + day);
      fact.outcome = OutcomeIndex.advertising + (event.small[Small.category] as number);
      fact.amountMinor = share + (day < rest ? 1 : 0);
      fact.channel = channel;
      fact.campaign = campaign;
      return fact;
    });
  }

  private name(event: FlatEvent, slot: number): number {
    const start = event.start[slot] as number;
    return start < 0 ? missing : this.names.internSpan(event.view, start, event.end[slot] as number);
  }
}
