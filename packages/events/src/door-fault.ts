import type { QuarantineReason } from "./quarantine-reason.ts";

/** Why an event was refused at the door: the first field at fault. */
export interface DoorFault {
  readonly _tag: QuarantineReason;
  /** Such as `amount_minor` or `lines[1].product`. */
  readonly field: string;
  readonly expected: string;
  /** As it was written, shortened; "nothing" where the field is absent. */
  readonly found: string;
}

const foundMax = 80;

/** A value as a person would recognise it in the source, shortened. */
const foundText = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  // Enough of a text is looked at to see it, not 10 MB of it.
  const shown = typeof value === "string" ? value.slice(0, foundMax + 1) : value;
  const text = Array.isArray(shown)
    ? "an array"
    : typeof shown === "object" && shown !== null
      ? "an object"
      : JSON.stringify(shown);
  const safe = (text ?? "nothing").toWellFormed();
  return safe.length > foundMax ? `${safe.slice(0, foundMax).toWellFormed()}…` : safe;
};

export const doorFault = (_tag: QuarantineReason, field: string, expected: string, value: unknown): DoorFault => ({
  _tag,
  field,
  expected,
  found: foundText(value),
});

/** One line for a person: the field, what was found, what was expected. */
export const doorMessage = (fault: DoorFault): string => {
  const field = fault.field === "" ? "The event" : fault.field;
  if (fault._tag === "missing_field" || fault._tag === "missing_key")
    return `${field} is missing: expected ${fault.expected}.`;
  if (fault._tag === "unknown_field") return `${field} is not a field of this event: expected ${fault.expected}.`;
  return `${field} is ${fault.found}: expected ${fault.expected}.`;
};
