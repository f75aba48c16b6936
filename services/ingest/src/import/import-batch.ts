import { encodeEvent, keyOf, type QuarantinedRecord, quarantineId, type SalesEvent, topicOf } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import type { Refusal } from "./refusal.ts";
import type { RowCursor } from "./row-cursor.ts";

/** A piece of a file: what to append, and how far it reaches. Counts are of this piece alone. */
export interface ImportBatch {
  /** Encoded events, in the order of the file. */
  readonly records: ReadonlyArray<LogRecord>;
  readonly quarantined: ReadonlyArray<QuarantinedRecord>;
  readonly rows: number;
  /** Rows that the mapping leaves out on purpose. */
  readonly skipped: number;
  /** Of the whole file, up to the end of this piece. */
  readonly bytesRead: number;
}

/** How the rows of one file are read. */
export interface RowReader {
  /** The row's events, none where it is skipped, or why it goes to quarantine. */
  readonly place: (cursor: RowCursor) => ReadonlyArray<SalesEvent> | Refusal;
  /** The row's bytes as quarantine may keep them. */
  readonly withoutContact: (cursor: RowCursor) => Buffer;
}

/** What the workspace knows against an event (an unknown stage, a missing rate); null where nothing. */
export type Judge = (event: SalesEvent) => Refusal | null;

export interface BatchOptions {
  /** Of quarantined rows, where the row itself does not say. */
  readonly sourceSystem?: string;
  readonly judge?: Judge;
  /** The headers of every record, such as the backfill's id. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A batch is full with so many events or quarantined rows; 2,000 by default. */
  readonly batchEventsMax?: number;
}

const quarantinedBytesMax = 8 * 1024 * 1024;

/** Gathers rows into batches. A row whose events are not all accepted goes to quarantine whole. */
export class BatchBuilder {
  readonly #origin: string;
  readonly #reader: RowReader;
  readonly #options: BatchOptions;
  readonly #max: number;
  #records: LogRecord[] = [];
  #quarantined: QuarantinedRecord[] = [];
  #quarantinedBytes = 0;
  #rows = 0;
  #skipped = 0;

  constructor(origin: string, reader: RowReader, options: BatchOptions) {
    this.#origin = origin;
    this.#reader = reader;
    this.#options = options;
    this.#max = options.batchEventsMax ?? 2000;
  }

  get full(): boolean {
    return this.#records.length + this.#quarantined.length >= this.#max || this.#quarantinedBytes > quarantinedBytesMax;
  }

  get empty(): boolean {
    return this.#rows === 0;
  }

  /** Places the row under the cursor. */
  add(cursor: RowCursor): void {
    this.#rows += 1;
    const placed = cursor.fault ?? this.#reader.place(cursor);
    if ("reason" in placed) {
      this.#quarantine(cursor, placed);
      return;
    }
    const refused = this.#against(placed);
    if (refused === null) this.#encode(placed);
    else this.#quarantine(cursor, refused);
  }

  #against(events: ReadonlyArray<SalesEvent>): Refusal | null {
    const { judge } = this.#options;
    if (judge === undefined) return null;
    for (const event of events) {
      const refused = judge(event);
      if (refused !== null) return { sourceSystem: event.source_system, ...refused };
    }
    return null;
  }

  #encode(events: ReadonlyArray<SalesEvent>): void {
    if (events.length === 0) this.#skipped += 1;
    const { headers } = this.#options;
    for (const event of events) {
      const record = { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) };
      this.#records.push(headers === undefined ? record : { ...record, headers });
    }
  }

  /** Hands out what was gathered and begins anew. */
  take(bytesRead: number): ImportBatch {
    const batch: ImportBatch = {
      records: this.#records,
      quarantined: this.#quarantined,
      rows: this.#rows,
      skipped: this.#skipped,
      bytesRead,
    };
    this.#records = [];
    this.#quarantined = [];
    this.#quarantinedBytes = 0;
    this.#rows = 0;
    this.#skipped = 0;
    return batch;
  }

  #quarantine(cursor: RowCursor, { reason, detail, sourceSystem }: Refusal): void {
    const place = { origin: this.#origin, position: cursor.line };
    const id = quarantineId({ ...place, bytes: cursor.bytes });
    // A copy: the row's bytes are a view of a chunk that would be kept alive for a single row.
    const bytes = Buffer.from(this.#reader.withoutContact(cursor));
    this.#quarantinedBytes += bytes.length;
    const source_system = sourceSystem ?? this.#options.sourceSystem ?? "";
    this.#quarantined.push({ id, source_system, reason, detail, ...place, bytes });
  }
}
