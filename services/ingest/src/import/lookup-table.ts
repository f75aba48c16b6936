import { type Either, left, right } from "fp-ts/lib/Either.js";
import { csvFields } from "./csv-rows.ts";
import type { Lookup } from "./mapping.ts";
import { RowCursor } from "./row-cursor.ts";
import { defaultRowLimits } from "./row-limits.ts";

/** A second file, held whole: its rows by key. */
export interface LookupTable {
  readonly file: string;
  readonly heading: ReadonlyArray<string>;
  readonly rows: ReadonlyMap<string, ReadonlyArray<string>>;
}

/**
 * Reads a look-up file. Every row of it must be sound, since one bad row would send many of the imported file's to
 * quarantine: Left names the row. Of a key that stands twice with the same content the first counts.
 */
export const readLookupTable = (lookup: Lookup, content: Buffer): Either<string, LookupTable> => {
  const cursor = new RowCursor(lookup.format);
  cursor.feed(content);
  cursor.finish();
  let heading: ReadonlyArray<string> | null = null;
  let keyIndex = -1;
  const rows = new Map<string, ReadonlyArray<string>>();
  while (cursor.next()) {
    const fields = csvFields(cursor, lookup.format.delimiter, defaultRowLimits, heading);
    if ("reason" in fields) return left(`${lookup.file}:${cursor.line}: ${fields.detail}`);
    const cells = fields.map((field) => field.trim());
    if (heading === null) {
      heading = cells;
      keyIndex = cells.indexOf(lookup.key);
      if (keyIndex < 0)
        return left(`${lookup.file}:${cursor.line}: there is no column "${lookup.key}"; it has: ${cells.join(", ")}`);
      continue;
    }
    const key = cells[keyIndex] ?? "";
    const known = rows.get(key);
    if (known !== undefined && known.join("\0") !== cells.join("\0"))
      return left(`${lookup.file}:${cursor.line}: ${lookup.key} "${key}" stands twice with different values`);
    if (known === undefined) rows.set(key, cells);
  }
  if (heading === null) return left(`${lookup.file}: the file is empty; expected a heading row with "${lookup.key}"`);
  return right({ file: lookup.file, heading, rows });
};
