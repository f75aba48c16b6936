import { describe, expect, test } from "vitest";
import { lineCutter, readLine } from "./answer-lines.ts";
import { askSql } from "./ask-sql.ts";
import { bareType, rowsText, typeGroup } from "./cell-text.ts";
import { orderedRows } from "./row-order.ts";

describe("a line of the answer", () => {
  test("says columns, rows, progress and errors", () => {
    expect(readLine('{"meta":[{"name":"n","type":"UInt64"}]}')).toEqual({
      kind: "columns",
      columns: [{ name: "n", type: "UInt64" }],
    });
    expect(readLine('{"row":[1,null,"a"]}')).toEqual({ kind: "row", row: [1, null, "a"] });
    const progress = { read_rows: "5", read_bytes: "40", total_rows_to_read: "10", elapsed_ns: "2500000" };
    expect(readLine(JSON.stringify({ progress }))).toEqual({
      kind: "progress",
      cost: { elapsedMs: 2.5, readRows: 5, readBytes: 40, memoryBytes: null },
      totalRows: 10,
    });
    expect(readLine('{"exception":"Code: 241"}')).toEqual({ kind: "error", told: "Code: 241" });
    expect(readLine("Code: 395. DB::Exception")).toEqual({ kind: "error", told: "Code: 395. DB::Exception" });
  });

  test("keeps numbers that JavaScript cannot hold, and leaves texts with digits alone", () => {
    const row = readLine(
      '{"row":[9007199254740993,"\\"12345678901234567890\\"",-170141183460469231731687303715884105728,1e300,0.5]}',
    );
    expect(row).toEqual({
      kind: "row",
      row: ["9007199254740993", '"12345678901234567890"', "-170141183460469231731687303715884105728", 1e300, 0.5],
    });
  });

  test("is whole, however the answer was cut on its way", () => {
    const text = '{"row":[1]}\n{"row":["ș"]}\n';
    for (let at = 0; at <= text.length; at++) {
      const cutter = lineCutter();
      expect([...cutter.push(text.slice(0, at)), ...cutter.push(text.slice(at)), cutter.end()].join("\n")).toBe(text);
    }
  });
});

test("types are known for what they are at heart", () => {
  expect(bareType("LowCardinality(Nullable(String))")).toBe("String");
  expect(
    ["Nullable(Decimal(18, 4))", "DateTime64(3, 'UTC')", "Array(UInt8)", "Bool", "Enum8('a' = 1)"].map(typeGroup),
  ).toEqual(["number", "time", "nested", "truth", "text"]);
});

test("rows go to a spreadsheet with what would break a line in quotes", () => {
  expect(
    rowsText(
      [
        ["a\tb", null, [1, 2]],
        ['say "no"', 1.5, true],
      ],
      ["x", "y", "z"],
    ),
  ).toBe('x\ty\tz\n"a\tb"\t\t[1,2]\n"say ""no"""\t1.5\ttrue');
});

test("rows are ordered by value, long integers exactly, nulls last either way", () => {
  const rows = [["9007199254740993"], [null], ["9007199254740992"], [10]];
  const by = (isDown: boolean) => orderedRows(rows, ["Nullable(UInt64)"], { column: 0, isDown }).map(([cell]) => cell);
  expect(by(false)).toEqual([10, "9007199254740992", "9007199254740993", null]);
  expect(by(true)).toEqual(["9007199254740993", "9007199254740992", 10, null]);
  expect(orderedRows([["b"], ["a10"], ["a9"]], ["String"], { column: 0, isDown: false })).toEqual([
    ["a9"],
    ["a10"],
    ["b"],
  ]);
});

describe("a question", () => {
  const answering = (lines: ReadonlyArray<string>, status = 200) => {
    const asked: string[] = [];
    const send = async (url: string, init: RequestInit): Promise<Response> => {
      asked.push(`${init.method} ${url}`);
      return new Response(lines.join("\n"), { status });
    };
    return { asked, send };
  };
  const ask = async (lines: ReadonlyArray<string>, rowsMax: number, status?: number) => {
    const { asked, send } = answering(lines, status);
    const came: unknown[] = [];
    const outcome = await askSql(
      { id: "q1", sql: "SELECT 1", parameters: {} },
      { send, ended: new AbortController().signal, rowsMax, nowMs: () => 0 },
      { onColumns: () => undefined, onRows: (rows) => void came.push(...rows), onProgress: () => undefined },
    );
    return { asked, outcome, count: came.length };
  };
  const rows = ['{"meta":[{"name":"n","type":"UInt8"}]}', '{"row":[1]}', '{"row":[2]}', '{"row":[3]}'];

  test("stops at as many rows as the console holds, and ends the query at the server", async () => {
    expect(await ask(rows, 2)).toEqual({
      asked: ["POST /api/sql", "DELETE /api/sql/q1"],
      outcome: { kind: "stopped" },
      count: 2,
    });
    expect(await ask(rows, 3)).toMatchObject({ asked: ["POST /api/sql"], outcome: { kind: "whole" }, count: 3 });
  });

  test("that breaks off in the middle has failed, with the rows that came", async () => {
    expect(await ask([...rows, '{"exception":"Memory limit exceeded"}'], 10)).toMatchObject({
      outcome: { kind: "failed", told: "Memory limit exceeded" },
      count: 3,
    });
  });

  test("takes the cost of its head only where nothing was read after it", async () => {
    const costs = async (headRows: number): Promise<ReadonlyArray<number | null>> => {
      const told: Array<number | null> = [];
      const headers = {
        "x-leadwire-query-cost": JSON.stringify({ elapsed_ms: 1, read_rows: headRows, memory_bytes: 7 }),
      };
      const progress = JSON.stringify({ progress: { read_rows: "5", elapsed_ns: "2000000" } });
      await askSql(
        { id: "q1", sql: "SELECT 1", parameters: {} },
        {
          send: async () => new Response(progress, { headers }),
          ended: new AbortController().signal,
          rowsMax: 1,
          nowMs: () => 0,
        },
        {
          onColumns: () => undefined,
          onRows: () => undefined,
          onProgress: ({ memoryBytes }) => void told.push(memoryBytes),
        },
      );
      return told;
    };
    expect(await costs(5)).toEqual([null, 7]);
    expect(await costs(4)).toEqual([null]);
  });

  test("whose answer ends in what is no answer has failed", async () => {
    const block = [
      "",
      "__exception__",
      "uwtpwxlv",
      "Code: 395. DB::Exception: too much",
      "34 uwtpwxlv",
      "__exception__",
    ];
    expect((await ask([...rows, ...block], 10)).outcome).toMatchObject({ kind: "failed", told: block[3] });
    expect((await ask([...rows, "<html>"], 10)).outcome).toMatchObject({ kind: "failed", told: "<html>" });
  });

  test("that is refused says why in the server's words", async () => {
    const problem = JSON.stringify({
      code: "Refused",
      detail: "The function file is not allowed.",
      line: 1,
      column: 8,
    });
    expect((await ask([problem], 10, 422)).outcome).toEqual({
      kind: "failed",
      told: "The function file is not allowed.",
      code: "Refused",
      at: { line: 1, column: 8 },
    });
  });
});
