import { type Refusal, refusal } from "./refusal.ts";
import type { RowCursor } from "./row-cursor.ts";
import type { RowLimits } from "./row-limits.ts";
import type { TextEncoding } from "./text-encoding.ts";

export interface CsvFormat {
  /** One ASCII character. */
  readonly delimiter: string;
  readonly encoding: TextEncoding;
}

/** The fields of the row under a cursor, or why it has none. A heading, once known, fixes how many there must be. */
export const csvFields = (
  cursor: RowCursor,
  delimiter: string,
  limits: RowLimits,
  heading: ReadonlyArray<string> | null,
): ReadonlyArray<string> | Refusal => {
  if (cursor.fault !== null) return cursor.fault;
  const fields = cursor.quoted ? splitQuoted(cursor.text, delimiter) : cursor.text.split(delimiter);
  if (heading !== null && fields.length !== heading.length)
    return refusal(
      "malformed_csv",
      `the row has ${fields.length} fields; expected ${heading.length}, as in the heading`,
    );
  if (cursor.text.length <= limits.fieldBytesMax / 4) return fields;
  const long = fields.findIndex((field) => Buffer.byteLength(field) > limits.fieldBytesMax);
  if (long < 0) return fields;
  const name = heading?.[long] ?? `field ${long + 1}`;
  const bytes = Buffer.byteLength(fields[long] ?? "");
  return refusal("field_too_large", `${name} has ${bytes} bytes; expected at most ${limits.fieldBytesMax}`);
};

/** Splits a row in which at least one field is quoted and whose quotes are known to be well placed. */
const splitQuoted = (row: string, delimiter: string): string[] => {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (row[at] === '"') {
      let close = row.indexOf('"', at + 1);
      while (row[close + 1] === '"') close = row.indexOf('"', close + 2);
      fields.push(row.slice(at + 1, close).replaceAll('""', '"'));
      at = row.indexOf(delimiter, close);
    } else {
      const end = row.indexOf(delimiter, at);
      fields.push(end < 0 ? row.slice(at) : row.slice(at, end));
      at = end;
    }
    if (at < 0) return fields;
    at += 1;
  }
};
