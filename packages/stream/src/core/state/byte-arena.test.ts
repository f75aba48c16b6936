import { expect, test } from "vitest";
import { ByteArena } from "./byte-arena.ts";

const entry = (n: number, bytes: number): Buffer => Buffer.alloc(bytes, n % 251);

const write = (arena: ByteArena, bytes: Buffer): number => {
  const reference = arena.reserve(bytes.length);
  bytes.copy(arena.chunkOf(reference).bytes, arena.placeOf(reference));
  return reference;
};

const read = (arena: ByteArena, reference: number, length: number): Buffer => {
  const place = arena.placeOf(reference);
  return Buffer.from(arena.chunkOf(reference, length).bytes.subarray(place, place + length));
};

/** A store that counts what is read back from it. */
const store = () => {
  const pages = new Map<number, Buffer>();
  const reads = { count: 0 };
  return {
    reads,
    write: (page: number, bytes: Uint8Array) => pages.set(page, Buffer.from(bytes)),
    read: (page: number): Buffer => {
      reads.count += 1;
      const bytes = pages.get(page);
      if (bytes === undefined) throw new Error(`page ${page} was never written`);
      return bytes;
    },
  };
};

test("an entry that left memory is read back as it was written", () => {
  const arena = new ByteArena(2);
  const disk = store();
  const entries: Array<{ readonly reference: number; readonly bytes: Buffer }> = [];
  for (let n = 0; n < 600; n += 1) {
    const bytes = entry(n, 1 + ((n * 7919) % 9000));
    entries.push({ reference: write(arena, bytes), bytes });
    if (n % 50 !== 49) continue;
    arena.takeChanges(disk.write);
    arena.recallWith(disk.read);
    arena.release();
  }
  const resident = arena.residentBytes;
  expect(resident).toBeLessThan(5 * 261_120);
  for (const { reference, bytes } of entries) expect(read(arena, reference, bytes.length)).toEqual(bytes);
  expect(disk.reads.count).toBeGreaterThan(0);
  expect(arena.residentBytes).toBeLessThan(resident + 9 * 261_120);
});

test("what is not committed does not leave memory", () => {
  const arena = new ByteArena(0);
  const disk = store();
  arena.recallWith(disk.read);
  const reference = write(arena, entry(5, 4000));
  arena.release();
  expect(read(arena, reference, 4000)).toEqual(entry(5, 4000));
  expect(disk.reads.count).toBe(0);
});

test("a restored arena goes on behind its old end", () => {
  const arena = new ByteArena();
  const disk = store();
  const first = write(arena, entry(1, 100_000));
  arena.takeChanges(disk.write);
  const again = new ByteArena();
  Array.from(again.restoreEnd(arena.endBytes, disk.read));
  const second = write(again, entry(2, 50));
  expect(read(again, first, 100_000)).toEqual(entry(1, 100_000));
  expect(read(again, second, 50)).toEqual(entry(2, 50));
  expect(second).toBe(write(arena, entry(2, 50)));
});

test("an entry larger than a chunk is refused", () => {
  expect(() => new ByteArena().reserve(ByteArena.entryBytesMax + 1)).toThrow("does not fit");
});
