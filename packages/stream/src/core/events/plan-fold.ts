import { eventTypes, type FlatEvent, Num, Slot } from "@leadwire/events";
import { Kind, LiveFact, missing, type Name } from "@leadwire/funnel";
import type { Converter } from "../converter.ts";
import type { TextTable } from "../state/text-table.ts";

const teamPrefix = "team:";
const repPrefix = "rep:";

/**
 * A target or a forecast as one fact, at the time it was stated. Which of several counts is the reader's to decide: it
 * depends on the question.
 */
export class PlanFold {
  private readonly names: TextTable;
  private readonly converter: Converter;

  constructor(names: TextTable, converter: Converter) {
    this.names = names;
    this.converter = converter;
  }

  facts(event: FlatEvent, birth: number): ReadonlyArray<LiveFact> {
    const fact = new LiveFact();
    fact.birth = birth;
    fact.atMs = event.occurredAtMs;
    fact.period = this.name(event, Slot.period);
    this.placeIn(fact, event.text(Slot.scope) ?? "");
    if (eventTypes[event.type] === "target-set") {
      fact.kind = Kind.target;
      fact.subject = this.name(event, Slot.metric);
      fact.units = event.numbers[Num.value] as number;
    } else {
      fact.kind = Kind.forecast;
      fact.amountMinor = this.converter.convertFlat(event, event.numbers[Num.amountMinor] as number);
    }
    return [fact];
  }

  /** `company` stays without either. */
  private placeIn(fact: LiveFact, scope: string): void {
    if (scope.startsWith(teamPrefix)) fact.team = this.names.intern(scope.slice(teamPrefix.length));
    if (scope.startsWith(repPrefix)) fact.owner = this.names.intern(scope.slice(repPrefix.length));
  }

  private name(event: FlatEvent, slot: number): Name {
    const start = event.start[slot] as number;
    return start < 0 ? missing : this.names.internSpan(event.view, start, event.end[slot] as number);
  }
}
