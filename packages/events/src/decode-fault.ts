import type { QuarantineReason } from "./quarantine-reason.ts";

/** What a decoder answers on the hot path: 0, or why a record cannot be read. */
export const Fault = {
  none: 0,
  notFramed: 1,
  unknownSchema: 2,
  truncated: 3,
  trailingBytes: 4,
  badLength: 5,
  badEnum: 6,
  badBranch: 7,
  badBoolean: 8,
  badNumber: 9,
  wrongEncoding: 10,
  nulByte: 11,
} as const;

/** The same on the cold path. `reason` is the one under which the record goes to quarantine. */
export interface DecodeFault {
  readonly _tag: keyof typeof Fault;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

const faults: ReadonlyArray<DecodeFault> = [
  { _tag: "none", reason: "malformed_avro", detail: "no fault" },
  { _tag: "notFramed", reason: "not_framed", detail: "expected a zero byte, a schema id in 4 bytes, then Avro" },
  { _tag: "unknownSchema", reason: "unknown_schema", detail: "no published schema of an event has this record's id" },
  { _tag: "truncated", reason: "truncated_avro", detail: "the record ends before its last field" },
  { _tag: "trailingBytes", reason: "malformed_avro", detail: "bytes are left after the last field" },
  { _tag: "badLength", reason: "malformed_avro", detail: "a length or a count is negative or above 2^31" },
  {
    _tag: "badEnum",
    reason: "malformed_avro",
    detail: "an enum's index is not one of its symbols, or a symbol is unknown",
  },
  { _tag: "badBranch", reason: "malformed_avro", detail: "a union's branch is neither 0 nor 1" },
  { _tag: "badBoolean", reason: "malformed_avro", detail: "a boolean is neither 0 nor 1" },
  { _tag: "badNumber", reason: "malformed_avro", detail: "a number is not finite, or a long is too large to be exact" },
  { _tag: "wrongEncoding", reason: "wrong_encoding", detail: "a string is not UTF-8" },
  { _tag: "nulByte", reason: "nul_byte", detail: "a string holds a NUL character" },
];

/** The fault behind a code other than 0. */
export const decodeFault = (code: number): DecodeFault => {
  const fault = faults[code];
  if (code === Fault.none || fault === undefined) throw new RangeError(`${code} is not the code of a decode fault.`);
  return fault;
};
