import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type DoorFault, doorFault } from "./door-fault.ts";
import type { SalesEvent } from "./event.ts";
import { type EventField, eventFields } from "./event-fields.ts";
import { dealLinesMax, isScore, npsMax, scoreMax, spendDaysMax } from "./event-rules.ts";

/** The most that a sealed contact takes. */
export const sealedBytesMax = 32 * 1024;

/** The first field whose value is not what its rule asks for; undefined where all are. */
export const firstFault = (event: SalesEvent): DoorFault | undefined =>
  fieldsFault(event, eventFields[event.type], "") ?? togetherFault(event);

/** The value checks of the JSON form, for events built by other means, such as an import's mapping. */
export const checkEvent = (event: SalesEvent): Either<DoorFault, SalesEvent> => {
  const fault = firstFault(event);
  return fault === undefined ? right(event) : left(fault);
};

const fieldsFault = (record: object, fields: ReadonlyArray<EventField>, prefix: string): DoorFault | undefined => {
  for (const field of fields) {
    const value: unknown = Reflect.get(record, field.name);
    const fault = value === undefined ? absenceFault(field, prefix) : valueFault(field, value, prefix);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** The fault of a field that is left out, where it may not be. */
export const absenceFault = (field: EventField, prefix: string): DoorFault | undefined =>
  field.required
    ? doorFault("missing_field", `${prefix}${field.name}`, "a value: every event of this type has one", undefined)
    : undefined;

const valueFault = (field: EventField, value: unknown, prefix: string): DoorFault | undefined => {
  if (field.rule !== undefined) {
    const fault = field.rule(value, field.name);
    return fault === undefined || prefix === "" ? fault : { ...fault, field: `${prefix}${field.name}` };
  }
  if (field.form === "bytes")
    return value instanceof Uint8Array && value.length > 0 && value.length <= sealedBytesMax
      ? undefined
      : doorFault("bad_value", field.name, `1 to ${sealedBytesMax} bytes`, value);
  if (!Array.isArray(value)) return doorFault("wrong_type", field.name, "an array of lines", value);
  if (value.length > dealLinesMax)
    return doorFault("field_too_large", field.name, `at most ${dealLinesMax} lines`, value);
  for (const [index, line] of value.entries()) {
    const fault = fieldsFault(line, field.lineFields, `${field.name}[${index}].`);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** Faults of fields that are sound by themselves and not together. */
const togetherFault = (event: SalesEvent): DoorFault | undefined => {
  switch (event.type) {
    case "spend": {
      const days = event.period_end - event.period_start + 1;
      if (days < 1) return doorFault("bad_date", "period_end", "a day not before period_start", event.period_end);
      if (days > spendDaysMax)
        return doorFault("bad_date", "period_end", `a period of at most ${spendDaysMax} days`, event.period_end);
      return undefined;
    }
    case "survey-answered": {
      const isNps = event.kind === "nps";
      const expected = isNps ? `a whole number from 0 to ${npsMax}` : `a number from 0 to ${scoreMax}`;
      return isScore(isNps, event.score) ? undefined : doorFault("bad_value", "score", expected, event.score);
    }
    default:
      return undefined;
  }
};
