/** Why a record is in quarantine. The index is stored, so only append. */
export const quarantineReasons = [
  "malformed_csv",
  "malformed_json",
  "wrong_encoding",
  "missing_field",
  "unknown_field",
  "wrong_type",
  "bad_time",
  "bad_date",
  "bad_value",
  "missing_key",
  "unknown_type",
  "in_future",
  "negative_amount",
  "amount_too_large",
  "unknown_stage",
  "unknown_currency",
  "missing_rate",
  "field_too_large",
  "nul_byte",
  "unmatched_lookup",
  "not_framed",
  "unknown_schema",
  "truncated_avro",
  "malformed_avro",
  "misplaced",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** One plain line each: what is wrong, and what to do about it. */
export const quarantineExplanations: Readonly<
  Record<QuarantineReason, { readonly means: string; readonly fix: string }>
> = {
  malformed_csv: {
    means: "The row is not CSV, or has another number of columns than the header.",
    fix: "Mend the quotes or the separators of the row and import the file again.",
  },
  malformed_json: {
    means: "The line is not one JSON object.",
    fix: "Write one whole JSON object per line.",
  },
  wrong_encoding: {
    means: "The text is not in the encoding expected.",
    fix: "Save the file as UTF-8, or name its encoding in the mapping.",
  },
  missing_field: {
    means: "A field that the event needs is empty or absent.",
    fix: "Fill the field in the source, or map another column to it.",
  },
  unknown_field: {
    means: "The event has a field that its schema does not know.",
    fix: "Correct the field's name, or leave the field out.",
  },
  wrong_type: {
    means: "A field holds another type of value than its schema says.",
    fix: "Send the type named in the detail.",
  },
  bad_time: {
    means: "A time is not a real instant, lacks its offset, or lies outside 1900 to 2299.",
    fix: "Send ISO 8601 with an offset, such as 2026-03-02T08:00:00Z, or epoch milliseconds.",
  },
  bad_date: {
    means: "A date is not a real day in the format expected.",
    fix: "Send a real day as YYYY-MM-DD, or name the column's format in the mapping.",
  },
  bad_value: {
    means: "A value is not one of those allowed.",
    fix: "Send one of the values named in the detail.",
  },
  missing_key: {
    means: "The record has no key, so its lead, account, channel or scope is unknown.",
    fix: "Send the key field, and the same value as the record's key.",
  },
  unknown_type: {
    means: "The event's type is none of the known ones.",
    fix: "Use a type that schemas/ names, such as lead-created.",
  },
  in_future: {
    means: "The event happened more than an hour after the log received it.",
    fix: "Correct the clock or the time zone of the source, then repair the event.",
  },
  negative_amount: {
    means: "An amount is negative where only 0 or more makes sense.",
    fix: "Send the amount without its sign; a discount is a line of the deal.",
  },
  amount_too_large: {
    means: "An amount is above 10,000,000,000,000 minor units.",
    fix: "Check that the amount is in minor units, and that no two numbers ran together.",
  },
  unknown_stage: {
    means: "No pipeline of the workspace has this stage.",
    fix: "Add the stage to leadwire.yaml, or rename it in the mapping, then replay.",
  },
  unknown_currency: {
    means: "The currency is not an ISO 4217 code in use.",
    fix: "Send the three-letter code, such as EUR.",
  },
  missing_rate: {
    means: "The workspace has no rate for this currency on or before the event's day.",
    fix: "Add the rate to leadwire.yaml, then replay.",
  },
  field_too_large: {
    means: "A text is longer than its field allows.",
    fix: "Shorten it: 1 KiB for ids and dimensions, 4 KiB for other text.",
  },
  nul_byte: {
    means: "A text holds a NUL character.",
    fix: "Remove the character in the source.",
  },
  unmatched_lookup: {
    means: "A look-up file has no row for the key.",
    fix: "Add the key to the look-up file, or give the look-up a default.",
  },
  not_framed: {
    means: "The record does not begin with a schema id.",
    fix: "Produce with a Confluent-compatible Avro serializer.",
  },
  unknown_schema: {
    means: "The record's schema id is not one of an event's published schemas.",
    fix: "Produce with a schema from schemas/, or register the new version first.",
  },
  truncated_avro: {
    means: "The record ends before its last field.",
    fix: "Send the whole record again.",
  },
  malformed_avro: {
    means: "The record's bytes do not follow the schema that they name.",
    fix: "Produce with the schema whose id the record carries.",
  },
  misplaced: {
    means: "The record was sent on to its place once, and lies in a wrong place again.",
    fix: "Produce without the header forwarded_from. If Leadwire sent it on, compare the partition counts of the topics.",
  },
};
