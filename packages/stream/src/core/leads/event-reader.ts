import { eventTypes, type FlatEvent, LineCursor, Num, Slot, Small } from "@leadwire/events";
import {
  type LeadEvent,
  type LeadEventLine,
  LeadEventType,
  missing,
  type Name,
  OutcomeIndex,
  rankOf,
} from "@leadwire/funnel";
import type { Converter } from "../converter.ts";
import type { TextTable } from "../state/text-table.ts";
import { vocabularyIndex } from "../vocabulary-index.ts";

/** Turns a decoded event of a lead into what the fold reads: names for texts, the workspace's currency for money. */
export class EventReader {
  private readonly names: TextTable;
  private readonly ids: TextTable;
  private readonly converter: Converter;
  private readonly lines = new LineCursor();

  constructor(names: TextTable, ids: TextTable, converter: Converter) {
    this.names = names;
    this.ids = ids;
    this.converter = converter;
  }

  /** A stage-changed still lacks its rank: that takes the lead's pipeline (LeadFold.rankStage). */
  read(flat: FlatEvent, event: LeadEvent): void {
    event.clear();
    event.type = flat.type;
    event.occurredAtMs = flat.occurredAtMs;
    switch (flat.type) {
      case LeadEventType.created:
        this.created(flat, event);
        break;
      case LeadEventType.activity:
        this.activity(flat, event);
        break;
      case LeadEventType.stageChanged:
        this.ofDeal(flat, event);
        event.stage = this.name(flat, Slot.toStage);
        event.amountMinor = this.amount(flat, flat.numbers[Num.amountMinor] as number);
        event.dueDay = flat.numbers[Num.expectedCloseOn] as number;
        break;
      case LeadEventType.closed:
        this.closed(flat, event);
        break;
      default:
        if (eventTypes[flat.type] !== "lead-erased") throw new Error(`event type ${flat.type} is not a lead's`);
    }
    event.rank = rankOf(flat.type, event.meetingHeld, 0);
  }

  private created(flat: FlatEvent, event: LeadEvent): void {
    event.account = this.id(flat, Slot.accountId);
    event.channel = this.name(flat, Slot.channel);
    event.campaign = this.name(flat, Slot.campaign);
    event.owner = this.name(flat, Slot.owner);
    event.team = this.name(flat, Slot.team);
    event.region = this.name(flat, Slot.region);
    event.segment = this.name(flat, Slot.segment);
    event.product = this.name(flat, Slot.product);
    event.pipeline = this.name(flat, Slot.pipeline);
    event.amountMinor = this.amount(flat, flat.numbers[Num.expectedValueMinor] as number);
    event.dueDay = flat.numbers[Num.expectedCloseOn] as number;
  }

  private activity(flat: FlatEvent, event: LeadEvent): void {
    const kind = flat.small[Small.activityKind] as number;
    event.owner = this.name(flat, Slot.rep);
    event.humanTouch = flat.small[Small.direction] === vocabularyIndex.outbound && !flat.automated;
    event.meetingHeld = kind === vocabularyIndex.meetingHeld;
    event.outcome = flat.automated ? OutcomeIndex.automated : OutcomeIndex.call + kind;
  }

  private closed(flat: FlatEvent, event: LeadEvent): void {
    this.ofDeal(flat, event);
    event.account = this.id(flat, Slot.accountId);
    event.outcome = OutcomeIndex.won + (flat.small[Small.outcome] as number);
    event.amountMinor = this.amount(flat, flat.numbers[Num.amountMinor] as number);
    event.recurringMinor = this.amount(flat, flat.numbers[Num.recurringAmountMinor] as number);
    event.termMonths = flat.numbers[Num.termMonths] as number;
    if (flat.linesCount === 0) return;
    const lines: Array<LeadEventLine> = [];
    this.lines.reset(flat);
    while (this.lines.next()) {
      lines.push({
        product: this.names.internSpan(flat.view, this.lines.productStart, this.lines.productEnd),
        quantity: this.lines.quantity,
        amountMinor: this.amount(flat, this.lines.amountMinor),
        costMinor: this.amount(flat, this.lines.costMinor),
      });
    }
    event.lines = lines;
  }

  private ofDeal(flat: FlatEvent, event: LeadEvent): void {
    event.owner = this.name(flat, Slot.owner);
    event.team = this.name(flat, Slot.team);
    if (!sameSpan(flat, Slot.dealId, Slot.leadId)) event.deal = this.id(flat, Slot.dealId);
  }

  private amount(flat: FlatEvent, amountMinor: number): number {
    return this.converter.convertFlat(flat, amountMinor);
  }

  private name(flat: FlatEvent, slot: number): Name {
    const start = flat.start[slot] as number;
    return start < 0 ? missing : this.names.internSpan(flat.view, start, flat.end[slot] as number);
  }

  private id(flat: FlatEvent, slot: number): Name {
    const start = flat.start[slot] as number;
    return start < 0 ? missing : this.ids.internSpan(flat.view, start, flat.end[slot] as number);
  }
}

const sameSpan = (flat: FlatEvent, a: number, b: number): boolean => {
  const startA = flat.start[a] as number;
  const startB = flat.start[b] as number;
  const length = (flat.end[a] as number) - startA;
  if (startA < 0 || length !== (flat.end[b] as number) - startB) return false;
  for (let i = 0; i < length; i += 1) if (flat.bytes[startA + i] !== flat.bytes[startB + i]) return false;
  return true;
};
