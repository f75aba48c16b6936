import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyText, type PastQuery, readHistory, withRun } from "./query-history.ts";
import { nameFor } from "./query-name.ts";
import { readShareHash, shareHash } from "./share-link.ts";

describe("a link", () => {
  test("brings back the statement, the chart and what was filled in, in any script", async () => {
    const chart = fc.record({
      kind: fc.constantFrom("line" as const, "bar" as const, "scatter" as const),
      x: fc.string(),
      y: fc.string({ unit: "grapheme" }),
      series: fc.option(fc.string(), { nil: null }),
    });
    const shared = fc.record({
      sql: fc.string({ unit: "grapheme", maxLength: 300 }),
      chart: fc.option(chart, { nil: null }),
      parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), fc.string(), { noNullPrototype: true }),
    });
    await fc.assert(
      fc.asyncProperty(shared, async (one) => {
        const hash = await shareHash(one);
        expect(hash).toMatch(/^#q=[\w-]+$/u);
        expect(await readShareHash(hash)).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });

  test("that was cut off, or is none of ours, holds nothing", async () => {
    const hash = await shareHash({ sql: "SELECT owner FROM facts", chart: null, parameters: {} });
    for (const odd of ["", "#tiles", "#q=", "#q=%%%", hash.slice(0, -8), "#q=AAAA"])
      expect(await readShareHash(odd)).toBeUndefined();
  });

  test("that unpacks to more than anybody writes is refused", async () => {
    const hash = await shareHash({ sql: "x".repeat(2_000_000), chart: null, parameters: {} });
    expect(hash.length).toBeLessThan(10_000);
    expect(await readShareHash(hash)).toBeUndefined();
  });
});

describe("the history", () => {
  const run = (sql: string): PastQuery => ({
    sql,
    atMs: 1,
    elapsedMs: 2,
    rows: 3,
    readRows: 4,
    readBytes: 5,
    error: null,
  });

  test("keeps the newest 200, newest first, and survives the browser", () => {
    const all = Array.from({ length: 205 }, (_, index) => run(`SELECT ${index}`)).reduce<ReadonlyArray<PastQuery>>(
      withRun,
      [],
    );
    expect([all.length, all[0]?.sql, all.at(-1)?.sql]).toEqual([200, "SELECT 204", "SELECT 5"]);
    expect(readHistory(historyText(all))).toEqual(all);
  });

  test("the same statement again takes the place of its last run", () => {
    expect(withRun([run("a"), run("b")], { ...run("a"), error: "no" })).toEqual([
      { ...run("a"), error: "no" },
      run("b"),
    ]);
    expect(withRun([run("a")], run("x".repeat(30_000)))).toEqual([run("a")]);
  });

  test("what somebody else left in the browser is no history", () => {
    for (const odd of [null, "", "{}", "[1]", '[{"sql":1}]', "[["]) expect(readHistory(odd)).toEqual([]);
  });
});

test("a title becomes a name that is a file, in whatever script", () => {
  expect(["Win rate, by channel!", "Vânzări / echipă", "本週 成交", "../..", "x".repeat(80)].map(nameFor)).toEqual([
    "win-rate-by-channel",
    "vânzări-echipă",
    "本週-成交",
    "",
    "x".repeat(60),
  ]);
});
