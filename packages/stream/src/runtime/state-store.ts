import { open, type RootDatabase } from "lmdb";
import type { StateCapture, StatePage, StateReader } from "../core/state/task-state.ts";
import {
  fromNumber,
  headKey,
  nameIn,
  nameKey,
  namesRange,
  numberBytes,
  numberIn,
  pageIn,
  pageKey,
  pagesRange,
  tableIn,
  tableRange,
} from "./state-keys.ts";
import type { CommittedState, TaskStore } from "./task-store.ts";

const mapBytesMax = 256 * 1024 ** 3;
/** Pages removed in one transaction. */
const sweptMax = 2_000;

/** The disk does not take a commit: nothing of it is kept. */
class StateUnwritable extends Error {
  readonly _tag = "StateUnwritable";
  constructor(folder: string, cause: unknown) {
    const found = cause instanceof Error ? cause.message : String(cause);
    super(
      `The state in ${folder} cannot be written: ${found}. Look whether its disk is full or broken, make room, and start ` +
        "again: it goes on where it was. Nothing is lost by it, nor by deleting the folder while nobody runs.",
      { cause },
    );
  }
}

/** LMDB rejects with an error that holds a promise, which rejects in turn with what the disk said. */
const causeOf = async (error: unknown): Promise<unknown> =>
  error instanceof Error && "commitError" in error
    ? Promise.resolve(error.commitError).catch((cause: unknown) => cause)
    : error;

/** A task's state as it stood at one instant, whatever is committed since. To be released. */
export interface FrozenState {
  readonly head: string;
  readonly pages: () => Iterable<StatePage>;
  readonly release: () => void;
}

/**
 * The tasks' state on this machine, in LMDB: a commit writes the changed pages of some tasks and the positions they
 * stand for in one transaction, so that a crash leaves all of them old or all of them new. A cache of the log.
 *
 * A task's pages lie under a number, and its name points to the number. State that is replaced or thrown away changes
 * the name alone; pages that no name points to are removed afterwards, or after the next start.
 */
export class StateStore implements TaskStore {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private readonly folder: string;
  private readonly numbers = new Map<string, number>();
  private numberNext = 1;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
    this.db = open<Buffer, Buffer>({
      path: folder,
      keyEncoding: "binary",
      encoding: "binary",
      mapSize: mapBytesMax,
      // A transaction's promise then resolves once it is synced, not before.
      overlappingSync: false,
      // Commits come one at a time: there is nothing to batch, and a batch of lmdb's own that fails ends the process.
      eventTurnBatching: false,
      cache: false,
    });
    for (const { key, value } of this.db.getRange(namesRange)) this.numbers.set(nameIn(key), value.readUInt32BE(0));
    const named = new Set(this.numbers.values());
    for (let number = this.heldFrom(1); number !== undefined; number = this.heldFrom(number + 1)) {
      this.numberNext = number + 1;
      if (!named.has(number)) this.sweep(number);
    }
  }

  load(task: string): CommittedState | undefined {
    const number = this.numbers.get(task);
    if (number === undefined) return undefined;
    const head = this.db.get(headKey(number));
    return head === undefined ? undefined : { head: head.toString(), reader: this.reader(number) };
  }

  readerOf(task: string): StateReader {
    return this.reader(this.numberOf(task));
  }

  heads(): ReadonlyMap<string, string> {
    const heads = new Map<string, string>();
    for (const [task, number] of this.numbers) {
      const head = this.db.get(headKey(number));
      if (head !== undefined) heads.set(task, head.toString());
    }
    return heads;
  }

  async commit(captures: ReadonlyMap<string, StateCapture>): Promise<void> {
    await this.write(() => {
      for (const [task, { pages, head }] of captures) {
        const number = this.numberOf(task);
        this.db.put(nameKey(task), numberBytes(number));
        for (const { table, page, bytes } of pages) this.db.put(pageKey(number, table, page), bytes);
        this.db.put(headKey(number), Buffer.from(head));
      }
    });
    for (const { release } of captures.values()) release?.();
  }

  async forget(task: string): Promise<void> {
    const number = this.numbers.get(task);
    if (number === undefined) return;
    this.numbers.delete(task);
    await this.write(() => {
      this.db.remove(nameKey(task));
    });
    this.sweep(number);
  }

  /** A task's state to be read in peace, while commits go on; undefined where there is none. */
  freeze(task: string): FrozenState | undefined {
    const number = this.numbers.get(task);
    if (number === undefined) return undefined;
    const { db } = this;
    const transaction = db.useReadTransaction();
    const head = db.get(headKey(number), { transaction });
    if (head === undefined) {
      transaction.done();
      return undefined;
    }
    return {
      head: head.toString(),
      *pages() {
        for (const { key, value } of db.getRange({ ...pagesRange(number), transaction })) {
          yield { table: tableIn(key), page: pageIn(key), bytes: value };
        }
      },
      release: () => transaction.done(),
    };
  }

  /**
   * Puts other state in the place of a task's: all of it or, when the pages end with an error, none. The task must not
   * be at work here.
   */
  async replace(task: string, head: string, pages: AsyncIterable<ReadonlyArray<StatePage>>): Promise<void> {
    const number = this.newNumber();
    try {
      for await (const some of pages) {
        await this.write(() => {
          for (const { table, page, bytes } of some) this.db.put(pageKey(number, table, page), bytes);
        });
      }
      await this.write(() => {
        this.db.put(headKey(number), Buffer.from(head));
        this.db.put(nameKey(task), numberBytes(number));
      });
    } catch (cause) {
      this.sweep(number);
      throw cause;
    }
    const former = this.numbers.get(task);
    this.numbers.set(task, number);
    if (former !== undefined) this.sweep(former);
  }

  async close(): Promise<void> {
    await this.sweeping;
    await this.db.close();
  }

  /** One synced transaction; rejects StateUnwritable. */
  private async write(work: () => void): Promise<void> {
    try {
      await this.db.transaction(work);
    } catch (error) {
      throw new StateUnwritable(this.folder, await causeOf(error));
    }
  }

  private reader(number: number): StateReader {
    const { db } = this;
    return {
      *pages(table) {
        for (const { key, value } of db.getRange(tableRange(number, table))) yield { page: pageIn(key), bytes: value };
      },
      page(table, page) {
        const bytes = db.get(pageKey(number, table, page));
        if (bytes === undefined) throw new Error(`page ${page} of table ${table} is missing from the state`);
        return bytes;
      },
    };
  }

  private numberOf(task: string): number {
    const known = this.numbers.get(task);
    if (known !== undefined) return known;
    const number = this.newNumber();
    this.numbers.set(task, number);
    return number;
  }

  private newNumber(): number {
    this.numberNext += 1;
    return this.numberNext - 1;
  }

  /** The lowest number from this one on that has anything stored. */
  private heldFrom(number: number): number | undefined {
    for (const key of this.db.getKeys({ start: fromNumber(number), limit: 1 })) return numberIn(key);
    return undefined;
  }

  /** Removes what lies under a number that no name points to. */
  private sweep(number: number): void {
    const { db } = this;
    this.sweeping = this.sweeping.then(async () => {
      const range = { start: fromNumber(number), end: fromNumber(number + 1), limit: sweptMax };
      for (;;) {
        const keys = [...db.getKeys(range)];
        if (keys.length === 0) return;
        await this.write(() => {
          for (const key of keys) db.remove(key);
        });
      }
    });
    // Told by `close`; a disk that fails here fails the next commit too.
    this.sweeping.catch(() => undefined);
  }
}
