import {
  type Contact,
  type DoorEvent,
  doorMessage,
  keyOf,
  type QuarantineReason,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import type { BodyItem } from "./body-events.ts";
import { allowsSource, type Grant } from "./source-keys.ts";

/** Why an event is refused: what would put it into quarantine, or that the key is another source's. */
export type DoorReason = QuarantineReason | "foreign_source";

/** What became of one event of a request; `index` is its place in the body, from 0. */
export type DoorResult =
  | { readonly index: number; readonly event_id: string; readonly status: "accepted" }
  | {
      readonly index: number;
      readonly event_id: string;
      readonly status: "refused";
      readonly reason: DoorReason;
      readonly field: string;
      readonly message: string;
    };

export interface PlaceOptions {
  /** What the workspace knows against an event (an unknown stage, a missing rate, a time in the future); null: nothing. */
  readonly judge: (event: SalesEvent) => { readonly reason: QuarantineReason; readonly detail: string } | null;
  /** Seals personal data; undefined once the lead was erased: the event goes on without it. */
  readonly sealContact: (leadId: string, contact: Contact) => Uint8Array | undefined;
  /** Framed Avro. */
  readonly encodeEvent: (event: SalesEvent) => Uint8Array;
  /** What the request's key allows. */
  readonly grant: Grant;
}

export interface PlacedEvents {
  readonly records: ReadonlyArray<LogRecord>;
  readonly results: ReadonlyArray<DoorResult>;
  readonly refused: number;
}

/** The field that a judgement of the workspace is about. */
const judgedField: Partial<Record<QuarantineReason, string>> = {
  unknown_stage: "to_stage",
  in_future: "occurred_at",
  missing_rate: "currency",
};

const sealed = ({ event, contact }: DoorEvent, options: PlaceOptions): SalesEvent => {
  if (contact === undefined || event.type !== "lead-created") return event;
  const bytes = options.sealContact(event.lead_id, contact);
  return bytes === undefined ? event : { ...event, contact_sealed: bytes };
};

/** The leads whose contacts the events bring: each needs its key. */
export const contactLeads = (items: ReadonlyArray<BodyItem>, grant: Grant): ReadonlySet<string> => {
  const leads = new Set<string>();
  for (const { read } of items) {
    if (isLeft(read) || read.right.contact === undefined) continue;
    const { event } = read.right;
    if (event.type === "lead-created" && allowsSource(grant, event.source_system)) leads.add(event.lead_id);
  }
  return leads;
};

const foreignSourceText = (found: string, { source }: Grant): string =>
  `source_system is ${JSON.stringify(found)}: expected ${JSON.stringify(source)}, the source of the key. Use the key of the other source.`;

const judgedText = ({ reason, detail }: { readonly reason: QuarantineReason; readonly detail: string }): string =>
  reason === "in_future" ? `${detail}. Check the clock and the time zone of the producer, then send it again.` : detail;

const recordOf = (event: SalesEvent, encodeEvent: PlaceOptions["encodeEvent"]): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
  headers: { source: event.source_system },
});

/** Why one event is refused. */
interface Refusal {
  readonly reason: DoorReason;
  readonly field: string;
  readonly message: string;
}

const refusalOf = (event: SalesEvent, { grant, judge }: PlaceOptions): Refusal | undefined => {
  const source = event.source_system;
  if (!allowsSource(grant, source))
    return { reason: "foreign_source", field: "source_system", message: foreignSourceText(source, grant) };
  const verdict = judge(event);
  if (verdict === null) return undefined;
  return { reason: verdict.reason, field: judgedField[verdict.reason] ?? "", message: judgedText(verdict) };
};

const refused = (index: number, eventId: string, { reason, field, message }: Refusal): DoorResult => ({
  index,
  event_id: eventId,
  status: "refused",
  reason,
  field,
  message,
});

/** Decides event by event: a refused one keeps no other from being accepted. */
export const placeEvents = (items: ReadonlyArray<BodyItem>, options: PlaceOptions): PlacedEvents => {
  const records: LogRecord[] = [];
  const results: DoorResult[] = [];
  for (const [index, { eventId, read }] of items.entries()) {
    if (isLeft(read)) {
      const { _tag: reason, field } = read.left;
      results.push(refused(index, eventId, { reason, field, message: doorMessage(read.left) }));
      continue;
    }
    const { event } = read.right;
    const refusal = refusalOf(event, options);
    if (refusal !== undefined) {
      results.push(refused(index, eventId, refusal));
      continue;
    }
    records.push(recordOf(sealed(read.right, options), options.encodeEvent));
    results.push({ index, event_id: event.event_id, status: "accepted" });
  }
  return { records, results, refused: results.length - records.length };
};
