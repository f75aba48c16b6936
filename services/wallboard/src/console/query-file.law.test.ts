import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery, queryText } from "./query-file.ts";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== "");
const query = fc.record({
  title: fc.string({ unit: "grapheme", maxLength: 30 }),
  description: fc.string({ maxLength: 30 }),
  sql: word.map((text) => `SELECT '${text.replaceAll("'", "")}'\n-- note: ${text.replace(/\s/gu, " ")}\nFROM facts`),
  chart: fc.option(
    fc.record({
      kind: fc.constantFrom("line" as const, "bar" as const, "scatter" as const),
      x: word,
      y: word,
      series: fc.option(word, { nil: null }),
    }),
    { nil: null },
  ),
});
const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

test("a query comes back from its file as it was saved", () => {
  fc.assert(
    fc.property(query, (saved) => {
      const read = parseQuery("q", queryText({ name: "q", ...saved }));
      expect(read).toEqual({
        name: "q",
        title: oneLine(saved.title),
        description: oneLine(saved.description),
        sql: saved.sql.replaceAll("\r\n", "\n").trim(),
        chart: saved.chart,
      });
    }),
  );
});

test("whatever stands in a file is a query, and writing it again changes nothing any more", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const written = queryText(parseQuery("q", text));
      expect(queryText(parseQuery("q", written))).toBe(written);
    }),
  );
});
