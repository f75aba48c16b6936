import fc from "fast-check";
import { expect, test } from "vitest";
import { Span } from "../codec/span.ts";
import { captureState, restoreState, type StateReader, type TaskState } from "./task-state.ts";
import { TextTable } from "./text-table.ts";

const texts = fc.array(
  fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 100 }),
    fc
      .oneof(fc.constantFrom(63, 64, 65, 8191, 8192), fc.integer({ min: 60, max: 9000 }))
      .map((length) => "x".repeat(length)),
  ),
  { maxLength: 200, size: "max" },
);

const stateOf = (table: TextTable): TaskState => ({
  rows: [table.rows],
  arenas: [table.arena],
  reindex: () => table.reindex(),
});

test("a text has one name for ever, and the name tells the text, as bytes and as Avro", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const table = new TextTable();
      const names = all.map((text) => table.intern(text));
      const span = new Span();
      all.forEach((text, n) => {
        const name = names[n] as number;
        const bytes = Buffer.from(text);
        expect(table.intern(text)).toBe(name);
        expect(table.find(text)).toBe(name);
        expect(table.text(name)).toBe(bytes.toString());
        table.spanOf(name, span);
        expect(span.bytes.subarray(span.start, span.start + span.length).equals(bytes)).toBe(true);
        const head = table.chunk.subarray(table.avroStart, table.start);
        expect(head.reduceRight((sum, byte) => sum * 128 + (byte & 0x7f), 0)).toBe(bytes.length * 2);
      });
      expect(new Set(names).size).toBe(new Set(all.map((text) => Buffer.from(text).toString())).size);
    }),
    { numRuns: 50 },
  );
});

test("names survive a restart", () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const table = new TextTable();
      for (const text of before) table.intern(text);
      const { pages, head } = captureState(stateOf(table), null);
      const reader: StateReader = {
        pages: (number) => pages.filter((page) => page.table === number),
        page: (number, page) => {
          const found = pages.find((each) => each.table === number && each.page === page);
          if (found === undefined) throw new Error("no such page");
          return found.bytes;
        },
      };
      const again = new TextTable();
      Array.from(restoreState(stateOf(again), head, reader));
      for (const text of [...before, ...after]) expect(again.intern(text)).toBe(table.intern(text));
    }),
    { numRuns: 30 },
  );
});

test("a text that nobody named is not found", () => {
  const table = new TextTable();
  table.intern("ana");
  expect(table.find("bob")).toBe(-1);
});
