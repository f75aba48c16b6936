import type { SchemaRegistry } from "@leadwire/events";
import { partitionName } from "@leadwire/log";
import {
  AlertWriter,
  BackfillWriter,
  type EventWriter,
  eventWriter,
  type FactWriter,
  factWriter,
  generationDatabase,
  type LedgerWriter,
  ledgerWriter,
  logDatabase,
  type QuarantineWriter,
  quarantineWriter,
  type SliceWriter,
  type Store,
  type StoredPosition,
  type StoreFault,
  sliceWriter,
  writePositions,
} from "@leadwire/store";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { Persistence } from "./persistence.ts";

/** Which database notes how far a topic is stored: rows and mark come and go together. */
export type MarkPlace = "log" | "generation";

/** Rows on their way to ClickHouse, and how far the log is read by them. */
export class RowBatch {
  readonly events: EventWriter;
  readonly quarantine: QuarantineWriter = quarantineWriter();
  readonly backfills = new BackfillWriter();
  readonly alerts = new AlertWriter();
  readonly facts: FactWriter;
  readonly slices: SliceWriter;
  readonly ledger: LedgerWriter;
  readonly #generation: string;
  readonly #marks: Readonly<Record<MarkPlace, Map<string, StoredPosition>>> = { log: new Map(), generation: new Map() };

  constructor(generation: string, registry: SchemaRegistry) {
    this.events = eventWriter(registry);
    this.#generation = generation;
    this.facts = factWriter(generation);
    this.slices = sliceWriter(generation);
    this.ledger = ledgerWriter(generation);
  }

  get #writers() {
    return [this.events, this.facts, this.slices, this.quarantine, this.ledger, this.backfills, this.alerts];
  }

  /** Rows of the fullest table: what bounds one insert. */
  get rowCountMax(): number {
    return Math.max(...this.#writers.map(({ rowCount }) => rowCount));
  }

  get rowCount(): number {
    return this.#writers.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  get byteLength(): number {
    return this.#writers.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Every record before this position is in the batch, or in one stored before it. */
  mark(place: MarkPlace, position: StoredPosition): void {
    this.#marks[place].set(partitionName(position), position);
  }

  /** How far the log is stored once this batch is. */
  marks(): ReadonlyArray<StoredPosition> {
    return [...this.#marks.log.values(), ...this.#marks.generation.values()];
  }

  /**
   * Stores the batch. Whatever part of it a crash or a fault leaves undone is done again from the older marks; rows
   * that come twice merge away. `signal` breaks off an insert that ClickHouse does not answer.
   */
  async store(store: Store, persist: Persistence, signal: AbortSignal): Promise<Either<StoreFault, void>> {
    // 1. The rows, each table's as one insert: answered when they are on disk.
    const inserts = this.#writers
      .filter(({ rowCount }) => rowCount > 0)
      .map((writer) => persist(writer.insert(store, signal))());
    for (const outcome of await Promise.all(inserts)) if (isLeft(outcome)) return outcome;
    // 2. The marks, only now: a mark never stands for a row that is not stored.
    const places = [
      [logDatabase, this.#marks.log],
      [generationDatabase(this.#generation), this.#marks.generation],
    ] as const;
    for (const [database, marks] of places) {
      if (marks.size === 0) continue;
      const outcome = await persist(writePositions(store, database, [...marks.values()]))();
      if (isLeft(outcome)) return outcome;
    }
    return right(undefined);
  }

  clear(): void {
    for (const writer of this.#writers) writer.clear();
    this.#marks.log.clear();
    this.#marks.generation.clear();
  }
}
