import { Fault, type FlatDecoder, FlatEvent, Slot } from "@leadwire/events";
import { LeadEvent } from "@leadwire/funnel";
import type { EventReader } from "./event-reader.ts";
import type { Version } from "./identity.ts";
import type { LeadHistory } from "./lead-history.ts";

/** An entry of a lead's history, read back. */
export interface Recalled extends Version {
  readonly event: LeadEvent;
}

/** Histories above this many events are kept decoded for a while: one that is late once is late again. */
const keptEventsMin = 256;
const keptEventsTotalMax = 400_000;

/** Reads a lead's history back from the arena, newest entry first as it was added. */
export class LeadRecall {
  private readonly history: LeadHistory;
  private readonly decoder: FlatDecoder;
  private readonly reader: EventReader;
  private readonly flat = new FlatEvent();
  private readonly kept = new Map<number, Array<Recalled>>();
  private keptEvents = 0;

  constructor(history: LeadHistory, decoder: FlatDecoder, reader: EventReader) {
    this.history = history;
    this.decoder = decoder;
    this.reader = reader;
  }

  /** In the order of arrival. The caller must not change the list. */
  all(newest: number, events: number): ReadonlyArray<Recalled> {
    const known = this.kept.get(newest);
    if (known !== undefined) return known;
    const recalled: Array<Recalled> = [];
    for (let reference = newest; reference !== -1; reference = this.history.previous(reference)) {
      recalled.push(this.one(reference));
    }
    recalled.reverse();
    if (events >= keptEventsMin) this.keep(newest, recalled);
    return recalled;
  }

  /** An entry that follows a history which is kept decoded. */
  follow(previous: number, reference: number): void {
    const known = this.kept.get(previous);
    if (known === undefined) return;
    this.kept.delete(previous);
    known.push(this.one(reference));
    this.kept.set(reference, known);
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
    this.kept.set(newest, recalled);
    this.keptEvents += recalled.length;
  }
}
