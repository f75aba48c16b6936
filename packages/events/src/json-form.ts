import { type Either, left, right } from "fp-ts/lib/Either.js";
import { absenceFault, firstFault } from "./check-event.ts";
import { type DoorFault, doorFault } from "./door-fault.ts";
import { type EventType, eventTypes, type SalesEvent } from "./event.ts";
import { type EventField, eventFields } from "./event-fields.ts";
import { textBytesMax, textRule } from "./event-rules.ts";
import { dayText, instantText, parseDay, parseInstantMs } from "./iso-time.ts";

/**
 * Events as JSON: an object with `type` and the schema's fields, the same over HTTP, in JSON lines and in golden
 * cases. Unknown fields are refused, not dropped; the first fault is told.
 */

/** Who a lead is, in clear: at the door only, sealed before anything is appended. */
export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly company?: string;
}

export interface DoorEvent {
  readonly event: SalesEvent;
  readonly contact?: Contact;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isEventType = (value: unknown): value is EventType => eventTypes.some((type) => type === value);

const contactFields = ["name", "email", "phone", "company"] as const;
const contactText = textRule(textBytesMax);

/** One event from parsed JSON, with its values checked. */
export const eventFromJson = (value: unknown): Either<DoorFault, DoorEvent> => {
  if (!isObject(value)) return left(doorFault("malformed_json", "", "one JSON object per event", value));
  const type = own(value, "type");
  if (type === undefined) return left(doorFault("missing_field", "type", `one of ${eventTypes.join(", ")}`, undefined));
  if (!isEventType(type)) return left(doorFault("unknown_type", "type", `one of ${eventTypes.join(", ")}`, type));
  const event: Record<string, unknown> = { type };
  const extra = type === "lead-created" ? ["type", "contact"] : ["type"];
  const fault =
    unknownFieldFault(value, eventFields[type], extra, "") ?? readFields(value, eventFields[type], "", event);
  if (fault !== undefined) return left(fault);
  // Every field of the schema has been read in its own form.
  const read = event as Record<string, unknown> & SalesEvent;
  const contact = own(value, "contact");
  const valueFault = firstFault(read) ?? contactFault(contact, read);
  if (valueFault !== undefined) return left(valueFault);
  return right(isObject(contact) ? { event: read, contact: withoutNulls(contact) } : { event: read });
};

/** JSON's null is the same as leaving the field out. */
const own = (value: JsonObject, name: string): unknown =>
  Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;

const withoutNulls = (value: JsonObject): Contact =>
  Object.fromEntries(contactFields.flatMap((name) => (own(value, name) === undefined ? [] : [[name, value[name]]])));

const unknownFieldFault = (
  value: JsonObject,
  fields: ReadonlyArray<EventField>,
  extra: ReadonlyArray<string>,
  prefix: string,
): DoorFault | undefined => {
  for (const name of Object.keys(value)) {
    if (extra.includes(name) || fields.some((field) => field.name === name)) continue;
    const expected = `one of ${[...extra, ...fields.map((field) => field.name)].join(", ")}`;
    return doorFault("unknown_field", `${prefix}${shortName(name)}`, expected, value[name]);
  }
  return undefined;
};

const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name).toWellFormed();

const readFields = (
  value: JsonObject,
  fields: ReadonlyArray<EventField>,
  prefix: string,
  into: Record<string, unknown>,
): DoorFault | undefined => {
  for (const field of fields) {
    const found = own(value, field.name);
    if (found === undefined) {
      const fault = absenceFault(field, prefix);
      if (fault !== undefined) return fault;
      if (field.fallback !== undefined) into[field.name] = field.fallback;
      continue;
    }
    const fault = readField(found, field, prefix, into);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const readField = (
  found: unknown,
  field: EventField,
  prefix: string,
  into: Record<string, unknown>,
): DoorFault | undefined => {
  const name = `${prefix}${field.name}`;
  switch (field.form) {
    case "instant":
      into[field.name] = typeof found === "string" ? parseInstantMs(found) : found;
      return typeof into[field.name] === "number"
        ? undefined
        : doorFault(
            "bad_time",
            name,
            "ISO 8601 with an offset, such as 2026-03-02T08:00:00Z, or epoch milliseconds",
            found,
          );
    case "day":
      into[field.name] = typeof found === "string" ? parseDay(found) : undefined;
      return into[field.name] === undefined
        ? doorFault("bad_date", name, "a real day as YYYY-MM-DD", found)
        : undefined;
    case "bytes":
      into[field.name] = typeof found === "string" ? base64Bytes(found) : undefined;
      return into[field.name] === undefined ? doorFault("bad_value", name, "base64", found) : undefined;
    case "lines":
      return readLines(found, field, into);
    default:
      into[field.name] = found;
      return undefined;
  }
};

const readLines = (found: unknown, field: EventField, into: Record<string, unknown>): DoorFault | undefined => {
  if (!Array.isArray(found)) return doorFault("wrong_type", field.name, "an array of lines", found);
  const lines: Array<Record<string, unknown>> = [];
  for (const [index, line] of found.entries()) {
    const prefix = `${field.name}[${index}]`;
    if (!isObject(line)) return doorFault("wrong_type", prefix, "an object", line);
    const read: Record<string, unknown> = {};
    const fault =
      unknownFieldFault(line, field.lineFields, [], `${prefix}.`) ??
      readFields(line, field.lineFields, `${prefix}.`, read);
    if (fault !== undefined) return fault;
    lines.push(read);
  }
  into[field.name] = lines;
  return undefined;
};

const base64Bytes = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
};

const contactFault = (contact: unknown, event: SalesEvent): DoorFault | undefined => {
  if (contact === undefined) return undefined;
  if (!isObject(contact))
    return doorFault("wrong_type", "contact", "an object with name, email, phone, company", contact);
  if (event.type === "lead-created" && event.contact_sealed !== undefined)
    return doorFault("bad_value", "contact", "either contact or contact_sealed, not both", contact);
  for (const name of Object.keys(contact)) {
    if (!contactFields.some((known) => known === name))
      return doorFault(
        "unknown_field",
        `contact.${shortName(name)}`,
        `one of ${contactFields.join(", ")}`,
        contact[name],
      );
    const value = own(contact, name);
    const fault = value === undefined ? undefined : contactText(value, `contact.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** The JSON form of an event: `eventFromJson` of it gives the event again. A sealed contact is base64. */
export const eventToJson = (event: SalesEvent): Record<string, unknown> => {
  const json: Record<string, unknown> = { type: event.type };
  for (const field of eventFields[event.type]) {
    const value: unknown = Reflect.get(event, field.name);
    if (value !== undefined) json[field.name] = jsonValue(field, value);
  }
  return json;
};

const jsonValue = (field: EventField, value: unknown): unknown => {
  if (field.form === "instant" && typeof value === "number") return instantText(value);
  if (field.form === "day" && typeof value === "number") return dayText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return value;
};
