import { type EventCodec, Fault, type FlatDecoder, FlatEvent, Slot } from "@leadwire/events";
import { LeadEvent, LeadEventType } from "@leadwire/funnel";
import type { EventReader } from "./event-reader.ts";
import { counting, type Version } from "./identity.ts";
import type { LeadHistory } from "./lead-history.ts";

/** An entry of a lead's history, read back. */
export interface Recalled extends Version {
  readonly event: LeadEvent;
}

/** A history that is kept decoded, and which of its events count once somebody asked. */
interface Kept {
  readonly recalled: Array<Recalled>;
  events: Array<LeadEvent> | undefined;
}

/** Histories above this many events are kept decoded for a while: one that is late once is late again. */
const keptEventsMin = 256;
const keptEventsTotalMax = 400_000;

/** Reads a lead's history back from the arena, newest entry first as it was added. */
export class LeadRecall {
  private readonly history: LeadHistory;
  private readonly decoder: FlatDecoder;
  private readonly reader: EventReader;
  private readonly decode: EventCodec["decodeEvent"];
  private readonly flat = new FlatEvent();
  private readonly kept = new Map<number, Kept>();
  private keptEvents = 0;

  constructor(history: LeadHistory, decoder: FlatDecoder, reader: EventReader, decode: EventCodec["decodeEvent"]) {
    this.decode = decode;
    this.history = history;
    this.decoder = decoder;
    this.reader = reader;
  }

  /** In the order of arrival. The caller must not change the list. */
  all(newest: number, events: number): ReadonlyArray<Recalled> {
    const known = this.kept.get(newest);
    if (known !== undefined) return known.recalled;
    const recalled: Array<Recalled> = [];
    for (let reference = newest; reference !== -1; reference = this.history.previous(reference)) {
      recalled.push(this.one(reference));
    }
    recalled.reverse();
    if (events >= keptEventsMin) this.keep(newest, recalled);
    return recalled;
  }

  /** The events that count: of each id the highest revision, less what is voided or erased. Not to be changed. */
  events(newest: number, count: number): ReadonlyArray<LeadEvent> {
    const recalled = this.all(newest, count);
    const known = this.kept.get(newest);
    if (known === undefined) return this.eventsOf(recalled);
    known.events ??= this.eventsOf(recalled);
    return known.events;
  }

  /** The events that count of all contents ever held. */
  eventsOf(held: ReadonlyArray<Recalled>): Array<LeadEvent> {
    return counting(held, this.decode)
      .filter(counts)
      .map(({ event }) => event);
  }

  /** An entry that follows a history which is kept decoded; `isNew` where no other has its id. */
  follow(previous: number, reference: number, isNew: boolean): void {
    const known = this.kept.get(previous);
    if (known === undefined) return;
    const entry = this.one(reference);
    this.kept.delete(previous);
    this.kept.set(reference, known);
    known.recalled.push(entry);
    if (!isNew) known.events = undefined;
    else if (counts(entry)) known.events?.push(entry.event);
    this.keptEvents += 1;
  }

  one(reference: number): Recalled {
    const bytes = this.history.event(reference);
    const fault = this.decoder.decode(bytes, 0, bytes.length, this.flat);
    if (fault !== Fault.none) throw new Error(`an event of a history cannot be decoded: fault ${fault}`);
    const event = new LeadEvent();
    this.reader.read(this.flat, event);
    event.birth = reference;
    event.sourceText = this.flat.text(Slot.sourceSystem) ?? "";
    event.eventId = this.flat.text(Slot.eventId) ?? "";
    return {
      source: event.sourceText,
      eventId: event.eventId,
      revision: this.flat.revision,
      voided: this.flat.voided,
      bytes,
      event,
    };
  }

  private keep(newest: number, recalled: Array<Recalled>): void {
    if (this.keptEvents + recalled.length > keptEventsTotalMax) {
      this.kept.clear();
      this.keptEvents = 0;
    }
    this.kept.set(newest, { recalled, events: undefined });
    this.keptEvents += recalled.length;
  }
}

const counts = ({ voided, event }: Recalled): boolean => !voided && event.type !== LeadEventType.erased;
