import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Contact } from "@leadwire/events";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { csvFields } from "./csv-rows.ts";
import { BatchBuilder, type ImportBatch, type Judge, type RowReader } from "./import-batch.ts";
import { eventOfLine } from "./jsonl-rows.ts";
import { type LoadedMapping, loadLookups } from "./load-mapping.ts";
import type { Mapping } from "./mapping.ts";
import { refusal } from "./refusal.ts";
import { RowCursor, type RowFormat } from "./row-cursor.ts";
import { defaultRowLimits, type RowLimits } from "./row-limits.ts";
import { type RowMapper, rowMapper } from "./row-to-events.ts";
import { looksLikeUtf16 } from "./text-encoding.ts";
import { contactColumns, lineWithoutContact, rowWithoutContact } from "./without-contact.ts";

export interface ImportOptions {
  readonly path: string;
  /** Undefined: the file is `.jsonl` in the JSON form. */
  readonly mapping?: LoadedMapping;
  /** The workspace's zone. */
  readonly timeZone: string;
  /** Of rows whose mapping names no revision; 0 by default. */
  readonly revision?: number;
  readonly judge?: Judge;
  readonly sealContact?: (leadId: string, contact: Contact) => Uint8Array;
  /** The headers of every record, such as the backfill's id. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A batch is handed out once it holds so many events or quarantined rows (2,000 by default). */
  readonly batchEventsMax?: number;
  readonly limits?: RowLimits;
}

export interface FileImport {
  readonly totalBytes: number;
  /** The name that quarantined rows carry as their origin. */
  readonly origin: string;
  readonly batches: AsyncGenerator<ImportBatch, void>;
}

const chunkBytes = 256 * 1024;

/**
 * Opens a file for import. Left says what makes the whole of it unusable: no such file, UTF-16, a column or look-up that
 * the mapping asks for and nobody has. After that nothing fails: a row is placed whole or quarantined whole, with its
 * original bytes, and memory stays flat whatever the file's size. Nothing is shared, so it runs in a worker thread.
 */
export const openImport = async (options: ImportOptions): Promise<Either<ReadonlyArray<string>, FileImport>> => {
  const { path, mapping } = options;
  const origin = basename(path);
  const limits = options.limits ?? defaultRowLimits;
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile()) return left([`there is no file ${path}`]);
  const format: RowFormat = mapping?.mapping.format ?? { encoding: "utf-8", delimiter: null };
  const cursor = new RowCursor(format, limits);
  const chunks = createReadStream(path, { highWaterMark: chunkBytes })[Symbol.asyncIterator]();
  const first = await feedTo(cursor, chunks);
  if (first !== null && looksLikeUtf16(first)) {
    await chunks.return?.();
    return left([`${origin}: the file is UTF-16; expected UTF-8. Save it again as "CSV UTF-8"`]);
  }
  const reader =
    mapping === undefined ? right(lineEvents(options)) : await rowEvents(options, mapping, cursor, chunks, limits);
  if (reader._tag === "Left") {
    await chunks.return?.();
    return reader;
  }
  return right({ totalBytes: info.size, origin, batches: batches(options, cursor, chunks, reader.right, origin) });
};

/** Feeds the next chunk; null once the file is at its end. */
const feedTo = async (cursor: RowCursor, chunks: AsyncIterator<Buffer>): Promise<Buffer | null> => {
  const { value, done } = await chunks.next();
  if (done === true) {
    cursor.finish();
    return null;
  }
  cursor.feed(value);
  return value;
};

const lineEvents = ({ sealContact }: ImportOptions): RowReader => ({
  place: (cursor) => {
    const read = eventOfLine(cursor.text);
    if ("reason" in read) return read;
    const { event, contact } = read;
    if (contact === undefined || event.type !== "lead-created") return [event];
    if (sealContact === undefined)
      return refusal("bad_value", "contact is in clear, and this import has no key to seal it with");
    return [{ ...event, contact_sealed: sealContact(event.lead_id, contact) }];
  },
  withoutContact: (cursor) => lineWithoutContact(cursor.bytes),
});

/** Reads the heading and binds the mapping to it. */
const rowEvents = async (
  options: ImportOptions,
  loaded: LoadedMapping,
  cursor: RowCursor,
  chunks: AsyncIterator<Buffer>,
  limits: RowLimits,
): Promise<Either<ReadonlyArray<string>, RowReader>> => {
  const { mapping } = loaded;
  const file = basename(options.path);
  const heading = await readHeading(mapping, cursor, chunks, limits, file);
  if (heading._tag === "Left") return heading;
  const tables = await loadLookups(loaded, options.path);
  if (tables._tag === "Left") return tables;
  const mapper: Either<ReadonlyArray<string>, RowMapper> = rowMapper({
    mapping,
    file,
    heading: heading.right,
    tables: tables.right,
    timeZone: options.timeZone,
    revision: options.revision ?? 0,
    ...(options.sealContact === undefined ? {} : { sealContact: options.sealContact }),
  });
  if (mapper._tag === "Left") return mapper;
  const { delimiter } = mapping.format;
  const columns = contactColumns(mapping);
  const fieldsOf = (row: RowCursor) => csvFields(row, delimiter, limits, heading.right);
  return right({
    place: (row) => {
      const fields = fieldsOf(row);
      return "reason" in fields ? fields : mapper.right.place(fields);
    },
    withoutContact: (row) => {
      if (columns.size === 0) return row.bytes;
      const fields = fieldsOf(row);
      return rowWithoutContact("reason" in fields ? null : fields, heading.right, columns, delimiter);
    },
  });
};

const readHeading = async (
  mapping: Mapping,
  cursor: RowCursor,
  chunks: AsyncIterator<Buffer>,
  limits: RowLimits,
  file: string,
): Promise<Either<ReadonlyArray<string>, ReadonlyArray<string>>> => {
  if (mapping.columns !== undefined) return right(mapping.columns);
  let more = true;
  while (!cursor.next()) {
    if (!more) return left([`${file}: the file is empty; expected a heading row`]);
    more = (await feedTo(cursor, chunks)) !== null;
  }
  const fields = csvFields(cursor, mapping.format.delimiter, limits, null);
  return "reason" in fields
    ? left([`${file}:${cursor.line}: the heading row cannot be read: ${fields.detail}`])
    : right(fields.map((field) => field.trim()));
};

async function* batches(
  options: ImportOptions,
  cursor: RowCursor,
  chunks: AsyncIterator<Buffer>,
  reader: RowReader,
  origin: string,
): AsyncGenerator<ImportBatch, void> {
  const sourceSystem = options.mapping?.mapping.sourceSystem;
  const batch = new BatchBuilder(origin, reader, {
    ...options,
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
  });
  try {
    for (let more = true; ; more = (await feedTo(cursor, chunks)) !== null) {
      while (cursor.next()) {
        batch.add(cursor);
        if (batch.full) yield batch.take(cursor.bytesRead);
      }
      if (!more) break;
    }
    if (!batch.empty) yield batch.take(cursor.bytesRead);
  } finally {
    await chunks.return?.();
  }
}
