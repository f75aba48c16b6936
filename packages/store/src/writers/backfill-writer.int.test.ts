import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTemporaryStore, type TemporaryStore } from "../testing/temporary-store.ts";
import { BackfillWriter } from "./backfill-writer.ts";

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());

const stored = async (writer: BackfillWriter) => {
  const outcome = await writer.insert(temporary.store)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  writer.clear();
  const rows = await temporary.store.rows(
    "SELECT topic, partition, first_offset, last_offset, backfill FROM leadwire_log.backfills FINAL ORDER BY ALL",
  )();
  return isLeft(rows)
    ? []
    : rows.right.map((row) =>
        row.map((cell) => (typeof cell === "string" && /^\d+$/u.test(cell) ? Number(cell) : cell)),
      );
};

test("records of one backfill in a row are one run; any other record, partition or gap ends it", async () => {
  const writer = new BackfillWriter();
  writer.note("t", 0, 3, "");
  expect(writer.rowCount).toBe(0);
  for (const offset of [4, 5, 6]) writer.note("t", 0, offset, "b1");
  writer.note("t", 1, 9, "b1");
  writer.note("t", 0, 7, "");
  writer.note("t", 0, 8, "b1");
  writer.note("t", 0, 9, "b2");
  writer.note("t", 0, 11, "b2");
  expect(writer.rowCount).toBe(5);
  const runs = [
    ["t", 0, 4, 6, "b1"],
    ["t", 0, 8, 8, "b1"],
    ["t", 0, 9, 9, "b2"],
    ["t", 0, 11, 11, "b2"],
    ["t", 1, 9, 9, "b1"],
  ];
  expect(await stored(writer)).toEqual(runs);
  expect(writer.rowCount).toBe(0);
});

test("a run that is stored again, and then further, is one run", async () => {
  const writer = new BackfillWriter();
  for (const offset of [20, 21]) writer.note("t", 5, offset, "b3");
  await stored(writer);
  for (const offset of [20, 21, 22]) writer.note("t", 5, offset, "b3");
  expect((await stored(writer)).filter(([, partition]) => partition === 5)).toEqual([["t", 5, 20, 22, "b3"]]);
});
