import {
  type AlertAcknowledged,
  type AlertChanged,
  type AlertRecord,
  type AlertsClaimed,
  type AlertsSilenced,
  matcherText,
  type NotificationPlanned,
  type NotificationSettled,
} from "@leadwire/events";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import {
  alertAcknowledgementsTable,
  alertClaimsTable,
  alertSilencesTable,
  alertTransitionsTable,
  notificationsPlannedTable,
  notificationsSettledTable,
} from "../model/alert-tables.ts";
import { logDatabase } from "../model/database.ts";
import type { Table } from "../model/table.ts";
import type { NativeBlock } from "../native-block.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { TableWriter } from "./table-writer.ts";

/** Where a record of leadwire.alerts stands. */
export interface AlertPlace {
  readonly partition: number;
  readonly offset: number;
  readonly appendTimeMs: number;
}

const writePlace = (rows: NativeBlock, { partition, offset, appendTimeMs }: AlertPlace): void => {
  rows.int32(partition);
  rows.int64(offset);
  rows.int64(appendTimeMs);
};

const writeLabels = (rows: NativeBlock, labels: Readonly<Record<string, string>>): void => {
  const entries = Object.entries(labels);
  const column = rows.array(entries.length);
  for (const [label, value] of entries) {
    column.keys.string(label);
    column.values.string(value);
  }
};

const writeTexts = (rows: NativeBlock, texts: ReadonlyArray<string>): void => {
  const column = rows.array(texts.length);
  for (const text of texts) column.values.string(text);
};

/** Each of these writes one row, in the order of its table's columns. */
const writeTransition = (rows: NativeBlock, place: AlertPlace, record: AlertChanged): void => {
  writePlace(rows, place);
  rows.string(record.transition_id);
  rows.int64(record.epoch);
  for (const text of [record.rule_set, record.rule, record.rule_version, record.generation, record.fingerprint])
    rows.string(text);
  writeLabels(rows, record.labels);
  for (const text of [record.severity, record.former, record.status]) rows.string(text);
  rows.int32(record.step);
  rows.string(record.cause);
  for (const ms of [record.at, record.evaluated_at, record.started_at]) rows.int64(ms);
  for (const value of [record.value, record.numerator, record.denominator, record.threshold])
    rows.nullableFloat64(value);
  rows.string(record.unit);
  writeTexts(rows, record.events);
  rows.string(record.summary);
  rows.string(record.explain);
};

const writeClaim = (rows: NativeBlock, place: AlertPlace, record: AlertsClaimed): void => {
  writePlace(rows, place);
  rows.int64(record.epoch);
  rows.string(record.owner);
  rows.string(record.generation);
  rows.int64(record.claimed_at);
};

const writePlanned = (rows: NativeBlock, place: AlertPlace, record: NotificationPlanned): void => {
  writePlace(rows, place);
  rows.string(record.key);
  rows.int64(record.epoch);
  rows.string(record.receiver);
  rows.string(record.group_key);
  writeLabels(rows, record.group);
  rows.string(record.kind);
  writeTexts(rows, record.transitions);
  writeTexts(rows, record.alerts);
  rows.int64(record.planned_at);
};

const writeSettled = (rows: NativeBlock, place: AlertPlace, record: NotificationSettled): void => {
  writePlace(rows, place);
  rows.string(record.key);
  rows.int64(record.epoch);
  rows.string(record.receiver);
  rows.string(record.outcome);
  rows.int32(record.attempts);
  rows.string(record.detail);
  rows.int64(record.settled_at);
};

const writeSilence = (rows: NativeBlock, place: AlertPlace, record: AlertsSilenced): void => {
  writePlace(rows, place);
  rows.string(record.silence_id);
  writeTexts(rows, record.matchers.map(matcherText));
  rows.string(record.author);
  rows.string(record.comment);
  for (const ms of [record.starts_at, record.ends_at, record.set_at]) rows.int64(ms);
};

const writeAcknowledgement = (rows: NativeBlock, place: AlertPlace, record: AlertAcknowledged): void => {
  writePlace(rows, place);
  for (const text of [record.rule_set, record.rule, record.fingerprint, record.author, record.comment])
    rows.string(text);
  rows.int64(record.acknowledged_at);
};

const writerOf = <Row>(table: Table, write: (rows: NativeBlock, place: AlertPlace, record: Row) => void) =>
  new TableWriter<[AlertPlace, Row]>(`${logDatabase}.${table.name}`, table.columns, write);

/** Rows of the tables of alerts: one for each record of leadwire.alerts. */
export class AlertWriter {
  readonly #transitions = writerOf(alertTransitionsTable, writeTransition);
  readonly #claims = writerOf(alertClaimsTable, writeClaim);
  readonly #planned = writerOf(notificationsPlannedTable, writePlanned);
  readonly #settled = writerOf(notificationsSettledTable, writeSettled);
  readonly #silences = writerOf(alertSilencesTable, writeSilence);
  readonly #acknowledgements = writerOf(alertAcknowledgementsTable, writeAcknowledgement);
  readonly #writers = [
    this.#transitions,
    this.#claims,
    this.#planned,
    this.#settled,
    this.#silences,
    this.#acknowledgements,
  ];

  get rowCount(): number {
    return this.#writers.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  get byteLength(): number {
    return this.#writers.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  add(told: AlertRecord, place: AlertPlace): void {
    switch (told.name) {
      case "alert-changed":
        this.#transitions.add(place, told.record);
        break;
      case "alerts-claimed":
        this.#claims.add(place, told.record);
        break;
      case "notification-planned":
        this.#planned.add(place, told.record);
        break;
      case "notification-settled":
        this.#settled.add(place, told.record);
        break;
      case "alerts-silenced":
        this.#silences.add(place, told.record);
        break;
      case "alert-acknowledged":
        this.#acknowledgements.add(place, told.record);
        break;
      case "resend-requested":
        // What comes of it is a notification of its own.
        break;
    }
  }

  /** Inserts the rows of each table; repeated they merge away, so a fault in between does no harm. */
  insert(store: Store, signal?: AbortSignal): TaskEither<StoreFault, void> {
    return async (): Promise<Either<StoreFault, void>> => {
      const filled = this.#writers.filter(({ rowCount }) => rowCount > 0);
      for (const outcome of await Promise.all(filled.map((writer) => writer.insert(store, signal)())))
        if (isLeft(outcome)) return outcome;
      return right(undefined);
    };
  }

  clear(): void {
    for (const writer of this.#writers) writer.clear();
  }
}
