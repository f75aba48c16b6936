/** How the state of tasks lies in LMDB. Keys sort by task number, then kind, table, page; names have number 0. */
const headKind = 0;
const pageKind = 1;

/** The key of a page or a head, each part big-endian. */
const keyOf = (task: number, kind: number, table: number, page: number): Buffer => {
  const key = Buffer.allocUnsafe(10);
  key.writeUInt32BE(task, 0);
  key.writeUInt8(kind, 4);
  key.writeUInt8(table, 5);
  key.writeUInt32BE(page, 6);
  return key;
};

export const pageKey = (task: number, table: number, page: number): Buffer => keyOf(task, pageKind, table, page);
export const headKey = (task: number): Buffer => keyOf(task, headKind, 0, 0);
export const numberIn = (key: Buffer): number => key.readUInt32BE(0);
export const tableIn = (key: Buffer): number => key.readUInt8(5);
export const pageIn = (key: Buffer): number => key.readUInt32BE(6);

interface Range {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** All pages of one table. */
export const tableRange = (task: number, table: number): Range => ({
  start: pageKey(task, table, 0),
  end: pageKey(task, table, 0xffffffff),
});
/** All pages of one task. */
export const pagesRange = (task: number): Range => ({
  start: pageKey(task, 0, 0),
  end: keyOf(task, pageKind + 1, 0, 0),
});
/** Everything from this task number on. */
export const fromNumber = (task: number): Buffer => keyOf(task, 0, 0, 0);

/** Where a task's number stands. */
export const nameKey = (task: string): Buffer => Buffer.concat([Buffer.alloc(5), Buffer.from(task)]);
export const nameIn = (key: Buffer): string => key.subarray(5).toString();
export const namesRange: Range = { start: nameKey(""), end: nameKey("\u{10ffff}") };

export const numberBytes = (task: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(task, 0);
  return bytes;
};
