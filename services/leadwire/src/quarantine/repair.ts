import { type DoorEvent, doorMessage, eventFields, eventFromJson, eventTypes } from "@leadwire/events";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { type EventJson, identityOf, type ReadRecord, unreadable } from "./read-back.ts";

/** What a repair says: fields to set, or the whole event. */
export type RepairRequest =
  | { readonly _tag: "Set"; readonly fields: ReadonlyArray<string> }
  | { readonly _tag: "Whole"; readonly json: EventJson };

const formOf = (type: unknown, name: string): string | undefined => {
  const known = eventTypes.find((one) => one === type);
  if (known === undefined) return undefined;
  return eventFields[known].find((field) => field.name === name)?.form;
};

/** A text as its field wants it: `1200` is a number in amount_minor and a text in lead_id. */
const fieldValue = (type: unknown, name: string, text: string): unknown => {
  const form = formOf(type, name);
  if (form === "text" || form === "day" || form === "bytes") return text;
  try {
    return JSON.parse(text);
  } catch {
    // No number, flag or list: the text as it stands, such as a time.
    return text;
  }
};

const withFields = (json: EventJson, fields: ReadonlyArray<string>): Either<string, EventJson> => {
  const stated: Record<string, string> = {};
  for (const field of fields) {
    const equals = field.indexOf("=");
    if (equals <= 0) return left(`"${field}" sets nothing: write FIELD=VALUE, such as --set to_stage=proposal`);
    stated[field.slice(0, equals).trim()] = field.slice(equals + 1);
  }
  const type = stated.type ?? json.type;
  const changed = Object.entries(stated).map(([name, text]) => [
    name,
    text === "" ? undefined : fieldValue(type, name, text),
  ]);
  const merged = { ...json, ...Object.fromEntries(changed) };
  return right(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)));
};

/** The repaired event takes the place of the bad one: its identity, and at least the next revision. */
const asNextRevision = (json: EventJson, before: EventJson | undefined): Either<string, EventJson> => {
  const own = before === undefined ? undefined : identityOf(before);
  if (own === undefined) return right(json);
  const { source, eventId, revision } = own;
  if (json.source_system !== source || json.event_id !== eventId)
    return left(
      `the repaired event has another identity: expected source_system ${JSON.stringify(source)} and event_id ${JSON.stringify(eventId)}`,
    );
  const stated = typeof json.revision === "number" ? json.revision : 0;
  return right({ ...json, revision: Math.max(stated, revision + 1) });
};

/** The event that takes the place of a quarantined one. Left says what is still wrong, or cannot be done. */
export const repairedEvent = (record: ReadRecord, request: RepairRequest): Either<string, DoorEvent> => {
  const { event: before } = record;
  if (request._tag === "Set" && before === undefined) return left(unreadable(record));
  const changed = request._tag === "Whole" ? right(request.json) : withFields(before ?? {}, request.fields);
  if (isLeft(changed)) return changed;
  const next = asNextRevision(changed.right, before);
  if (isLeft(next)) return next;
  const event = eventFromJson(next.right);
  return isLeft(event) ? left(doorMessage(event.left)) : event;
};
