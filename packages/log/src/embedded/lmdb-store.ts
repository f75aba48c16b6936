import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { type Database, open, type RootDatabase } from "lmdb";
import { DiskFull, LogInUse, LogIoError } from "../log-fault.ts";

/** LMDB as the log uses it. A transaction's promise resolves once it is synced to disk, not before. */
export interface LmdbStore {
  readonly folder: string;
  readonly batches: Database<Buffer, Buffer>;
  readonly topics: Database<StoredTopic, string>;
  /** One transaction, all or nothing; resolves when durable. Rejects DiskFull (nothing kept) or LogIoError. */
  readonly transaction: (writes: () => void) => Promise<void>;
  /** What the disk has left for us. */
  readonly freeBytes: () => number;
  /** Lets the next read see what was committed since the last one. */
  readonly renewReads: () => void;
  readonly close: () => Promise<void>;
}

export interface StoredTopic {
  readonly id: number;
  readonly partitions: number;
  readonly retentionMs?: number;
}

const openFolders = new Set<string>();

/** The disk, a quota or the file's size limit is used up: ENOSPC, EFBIG, EDQUOT (Linux, macOS), MDB_MAP_FULL. */
const fullCodes = new Set([28, 27, 122, 69, -30792]);

/** LMDB reports a write that the disk cut short as an input/output error: with less than this left, it was full. */
const ioErrorCode = 5;
const fullBelowBytes = 1_048_576;

const causeOf = async (error: unknown): Promise<unknown> => {
  if (!(error instanceof Error) || !("commitError" in error)) return error;
  return Promise.resolve(error.commitError).catch((cause: unknown) => cause);
};

const codeOf = (cause: unknown): number =>
  cause instanceof Error && "code" in cause ? Number(cause.code) : Number.NaN;

/** Makes the names in a folder as durable as the files: LMDB syncs its file, not the entry that leads to it. */
const syncFolder = (folder: string): void => {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Opens the folder, making it when missing. LMDB's overlapping sync stays off: it shows a transaction before it is
 * durable, which the log must never do; group commit hides the cost of the sync.
 */
export const openStore = (folder: string): LmdbStore => {
  let root: RootDatabase;
  let place: string;
  try {
    mkdirSync(folder, { recursive: true });
    place = realpathSync(folder);
  } catch (cause) {
    throw new LogIoError(folder, cause);
  }
  if (openFolders.has(place)) throw new LogInUse(folder);
  try {
    root = open({ path: place, noSubdir: false, overlappingSync: false, maxDbs: 2, cache: false });
    syncFolder(place);
    syncFolder(dirname(place));
  } catch (cause) {
    throw new LogIoError(folder, cause);
  }
  openFolders.add(place);
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize;
  };
  const isFull = (code: number): boolean =>
    fullCodes.has(code) || (code === ioErrorCode && freeBytes() < fullBelowBytes);
  return {
    folder,
    batches: root.openDB<Buffer, Buffer>({ name: "batches", encoding: "binary", keyEncoding: "binary" }),
    topics: root.openDB<StoredTopic, string>({ name: "topics", encoding: "json" }),
    transaction: async (writes) => {
      try {
        await root.batch(writes);
      } catch (error) {
        const cause = await causeOf(error);
        throw isFull(codeOf(cause)) ? new DiskFull(folder, cause) : new LogIoError(folder, cause);
      }
    },
    freeBytes,
    renewReads: () => root.resetReadTxn(),
    close: async () => {
      await root.close();
      openFolders.delete(place);
    },
  };
};
