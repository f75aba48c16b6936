import type { LedgerUpdated } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLedger } from "./ledger-reader.ts";
import { createGeneration } from "./migrations/migrate.ts";
import type { Cell } from "./store.ts";
import { faultText } from "./store-fault.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { ledgerWriter } from "./writers/ledger-writer.ts";

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());

const told = (partition: number, position: number, applied: Readonly<Record<string, number>>): LedgerUpdated => ({
  topic: "leadwire.funnel",
  partition,
  position,
  entries: Object.entries(applied).map(([source, count]) => ({
    source_system: source,
    backfill: source === "crm" ? "" : "import 'a'",
    applied: count,
    duplicate: 1,
    quarantined: 3,
    superseded: 4,
    conflict: 5,
    forwarded: 6,
    reasons:
      source === "crm"
        ? []
        : [
            { reason: "bad_date", count: 2 },
            { reason: "it's \\odd", count: 1 },
          ],
  })),
});

const put = async (...records: ReadonlyArray<LedgerUpdated>): Promise<void> => {
  const writer = ledgerWriter(testGeneration);
  for (const record of records) writer.add(record);
  expect(await writer.insert(temporary.store)()).toMatchObject({ _tag: "Right" });
};

const rows = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const answer = await temporary.store.rows(sql, { as: "analyst" })();
  if (isLeft(answer)) throw new Error(faultText(answer.left));
  return answer.right;
};

test("reads back each task's newest word, whatever came late or twice", async () => {
  const late = told(0, 10, { crm: 4 });
  const newest = told(0, 90, { crm: 70, erp: 8 });
  const other = told(1, 5, { crm: 5 });
  await put(newest, other);
  await put(late, newest);
  await put(late);
  expect(await readLedger(temporary.store, testGeneration)()).toEqual({ _tag: "Right", right: [newest, other] });
});

test("people read it with SQL", async () => {
  expect(await rows("SELECT partition, source_system, applied, reasons['bad_date'] FROM ledger ORDER BY ALL")).toEqual([
    [0, "crm", 70, 0],
    [0, "erp", 8, 2],
    [1, "crm", 5, 0],
  ]);
});

test("a generation that a former version made gets the table when it is opened again", async () => {
  const ledger = `leadwire_g_${testGeneration}.ledger`;
  expect(await temporary.store.command(`DROP TABLE ${ledger}`)()).toMatchObject({ _tag: "Right" });
  expect(await createGeneration(temporary.store, testGeneration)()).toMatchObject({ _tag: "Right" });
  expect(await readLedger(temporary.store, testGeneration)()).toEqual({ _tag: "Right", right: [] });
});
