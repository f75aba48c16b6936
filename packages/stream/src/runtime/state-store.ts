import { open, type RootDatabase } from "lmdb";
import type { StateCapture, StateReader } from "../core/state/task-state.ts";
import type { CommittedState, TaskStore } from "./task-store.ts";

const mapBytesMax = 256 * 1024 ** 3;
const pageKind = 1;
const headKind = 0;

/** The key of a page: task, kind, table, page, each big-endian so that keys sort in this order. */
const keyOf = (task: number, kind: number, table: number, page: number): Buffer => {
  const key = Buffer.allocUnsafe(10);
  key.writeUInt32BE(task, 0);
  key.writeUInt8(kind, 4);
  key.writeUInt8(table, 5);
  key.writeUInt32BE(page, 6);
  return key;
};

/**
 * The tasks' state on this machine, in LMDB: a commit writes the changed pages of some tasks and the positions they
 * stand for in one transaction, so that a crash leaves all of them old or all of them new. A cache of the log.
 */
export class StateStore implements TaskStore {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private readonly numbers = new Map<string, number>();

  constructor(folder: string) {
    this.db = open<Buffer, Buffer>({
      path: folder,
      keyEncoding: "binary",
      encoding: "binary",
      mapSize: mapBytesMax,
      // A transaction's promise then resolves once it is synced, not before.
      overlappingSync: false,
      cache: false,
    });
    for (const { key, value } of this.db.getRange({ start: nameKey(""), end: nameKey("\u{10ffff}") })) {
      this.numbers.set(key.subarray(5).toString(), value.readUInt32BE(0));
    }
  }

  /** The state of a task as it was committed last; undefined where there is none. */
  load(task: string): CommittedState | undefined {
    const number = this.numbers.get(task);
    if (number === undefined) return undefined;
    const head = this.db.get(keyOf(number, headKind, 0, 0));
    return head === undefined ? undefined : { head: head.toString(), reader: this.reader(number) };
  }

  readerOf(task: string): StateReader {
    return this.reader(this.numberOf(task));
  }

  private reader(number: number): StateReader {
    const { db } = this;
    return {
      *pages(table) {
        const start = keyOf(number, pageKind, table, 0);
        const end = keyOf(number, pageKind, table, 0xffffffff);
        for (const { key, value } of db.getRange({ start, end })) yield { page: key.readUInt32BE(6), bytes: value };
      },
      page(table, page) {
        const bytes = db.get(keyOf(number, pageKind, table, page));
        if (bytes === undefined) throw new Error(`page ${page} of table ${table} is missing from the state`);
        return bytes;
      },
    };
  }

  private numberOf(task: string): number {
    const known = this.numbers.get(task);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(task, number);
    return number;
  }

  /** Commits captures of several tasks at once. Resolves when they are durable. */
  async commit(captures: ReadonlyMap<string, StateCapture>): Promise<void> {
    await this.db.transaction(() => {
      for (const [task, { pages, head }] of captures) {
        const number = this.numberOf(task);
        const numbered = Buffer.alloc(4);
        numbered.writeUInt32BE(number, 0);
        this.db.put(nameKey(task), numbered);
        for (const { table, page, bytes } of pages) this.db.put(keyOf(number, pageKind, table, page), bytes);
        this.db.put(keyOf(number, headKind, 0, 0), Buffer.from(head));
      }
    });
  }

  async close(): Promise<void> {
    await this.db.close();
  }
}

/** Task numbers live below every task: number 0, kind 0. */
const nameKey = (task: string): Buffer => Buffer.concat([Buffer.alloc(5), Buffer.from(task)]);
