import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { StatePage } from "../core/state/task-state.ts";

/** What a snapshot is of. */
export interface SnapshotHeader {
  readonly task: string;
  readonly generation: string;
  readonly layout: number;
  /** See CommittedState. */
  readonly head: string;
}

/** A file that is no whole snapshot, or that could not be read. */
export class DamagedSnapshot extends Error {
  readonly _tag = "DamagedSnapshot";
}

/**
 * The file: eight bytes that say what it is, then frames of (kind, length, CRC-32 of kind and payload, payload): a
 * header as JSON, pages as (table, page, length, bytes), and an end that counts the pages, so that a cut is noticed.
 */
const magic = Buffer.from("LWSTATE1");
const frameHeadBytes = 9;
const pageHeadBytes = 7;
const Kind = { header: 0, pages: 1, end: 2 } as const;
/** A frame of pages is closed beyond this: gathered and written in about a millisecond. */
const frameBytes = 256 * 1024;
/** More is no frame: a head may hold much, but not as much. */
const frameBytesMax = 64 * 1_048_576;
/** Frames whose pages are handed out at once: one transaction each for whoever stores them. */
const framesAtOnce = 32;

const frame = (kind: number, payload: Buffer): Buffer => {
  const head = Buffer.allocUnsafe(frameHeadBytes);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(payload.length, 1);
  head.writeUInt32BE(crc32(payload, crc32(head.subarray(0, 1))), 5);
  return Buffer.concat([head, payload]);
};

/** Writes a whole snapshot to a file that is made anew, and syncs it. Less than a megabyte is held at a time. */
export const writeSnapshot = async (
  path: string,
  header: SnapshotHeader,
  pages: Iterable<StatePage>,
  signal?: AbortSignal,
): Promise<void> => {
  const file = await open(path, "w");
  try {
    await file.write(Buffer.concat([magic, frame(Kind.header, Buffer.from(JSON.stringify(header)))]));
    const buffer = Buffer.allocUnsafe(frameBytes + 65_536 + pageHeadBytes);
    let at = 0;
    let count = 0;
    for (const { table, page, bytes } of pages) {
      buffer.writeUInt8(table, at);
      buffer.writeUInt32BE(page, at + 1);
      buffer.writeUInt16BE(bytes.length, at + 5);
      bytes.copy(buffer, at + pageHeadBytes);
      at += pageHeadBytes + bytes.length;
      count += 1;
      if (at < frameBytes) continue;
      await file.write(frame(Kind.pages, buffer.subarray(0, at)));
      at = 0;
      signal?.throwIfAborted();
    }
    const end = Buffer.allocUnsafe(4);
    end.writeUInt32BE(count, 0);
    await file.write(Buffer.concat([frame(Kind.pages, buffer.subarray(0, at)), frame(Kind.end, end)]));
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Reads a snapshot's header. Throws DamagedSnapshot. */
export const readSnapshotHeader = async (path: string): Promise<SnapshotHeader> => {
  const frames = framesOf(path);
  try {
    const { value, done } = await frames.next();
    if (done === true || value.kind !== Kind.header) throw new DamagedSnapshot("it has no header");
    return JSON.parse(value.payload.toString()) as SnapshotHeader;
  } finally {
    await frames.return(undefined);
  }
};

/** Reads a snapshot's pages, some megabytes at a time; those handed out before it throws DamagedSnapshot are no state. */
export async function* readSnapshotPages(path: string, signal?: AbortSignal): AsyncGenerator<ReadonlyArray<StatePage>> {
  let pages: Array<StatePage> = [];
  let count = 0;
  let held = 0;
  for await (const { kind, payload } of framesOf(path)) {
    signal?.throwIfAborted();
    if (kind === Kind.header) continue;
    if (kind === Kind.end) {
      if (payload.readUInt32BE(0) !== count)
        throw new DamagedSnapshot(`it holds ${count} pages, not as many as it says`);
      yield pages;
      return;
    }
    for (let at = 0; at < payload.length; count += 1) {
      const length = payload.readUInt16BE(at + 5);
      const start = at + pageHeadBytes;
      const bytes = payload.subarray(start, start + length);
      pages.push({ table: payload.readUInt8(at), page: payload.readUInt32BE(at + 1), bytes });
      at = start + length;
    }
    held += 1;
    if (held < framesAtOnce) continue;
    yield pages;
    pages = [];
    held = 0;
  }
  throw new DamagedSnapshot("it ends too early");
}

interface Frame {
  readonly kind: number;
  readonly payload: Buffer;
}

async function* framesOf(path: string): AsyncGenerator<Frame, undefined> {
  const file = await readably(open(path, "r"));
  try {
    const start = await read(file, magic.length);
    if (start === undefined || !start.equals(magic)) throw new DamagedSnapshot("it is no snapshot of a task");
    for (;;) {
      const head = await read(file, frameHeadBytes);
      if (head === undefined) return undefined;
      const length = head.readUInt32BE(1);
      const payload = length > frameBytesMax ? undefined : await read(file, length);
      if (payload === undefined) throw new DamagedSnapshot("it ends too early");
      if (crc32(payload, crc32(head.subarray(0, 1))) !== head.readUInt32BE(5)) {
        throw new DamagedSnapshot("a checksum does not match");
      }
      yield { kind: head.readUInt8(0), payload };
    }
  } finally {
    await file.close();
  }
}

/** So many bytes more; undefined at the end of the file. */
const read = async (file: FileHandle, length: number): Promise<Buffer | undefined> => {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await readably(file.read(bytes, at, length - at));
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return bytes;
};

/** A shared folder that does not answer is as good as no snapshot. */
const readably = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    throw new DamagedSnapshot(cause instanceof Error ? cause.message : String(cause), { cause });
  }
};
