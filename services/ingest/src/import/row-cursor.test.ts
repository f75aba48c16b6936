import { describe, expect, test } from "vitest";
import { csvFields } from "./csv-rows.ts";
import { RowCursor } from "./row-cursor.ts";
import { defaultRowLimits, type RowLimits } from "./row-limits.ts";
import type { TextEncoding } from "./text-encoding.ts";

interface ReadRow {
  readonly line: number;
  readonly bytes: string;
  readonly fields: ReadonlyArray<string> | string;
}

const read = (
  content: string | Buffer,
  options: { chunk?: number; encoding?: TextEncoding; limits?: RowLimits; heading?: string[]; delimiter?: string } = {},
): ReadRow[] => {
  const { delimiter = ",", encoding = "utf-8", limits = defaultRowLimits, heading = null } = options;
  const cursor = new RowCursor({ encoding, delimiter }, limits);
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const rows: ReadRow[] = [];
  const drain = (): void => {
    while (cursor.next()) {
      const fields = csvFields(cursor, delimiter, limits, heading);
      const shown = "reason" in fields ? fields.reason : fields;
      rows.push({ line: cursor.line, bytes: cursor.bytes.toString("latin1"), fields: shown });
    }
  };
  const size = options.chunk ?? bytes.length;
  for (let at = 0; at < bytes.length; at += size) {
    cursor.feed(Buffer.from(bytes.subarray(at, at + size)));
    drain();
  }
  cursor.finish();
  drain();
  expect(cursor.bytesRead).toBe(bytes.length);
  return rows;
};

const fieldsOf = (content: string | Buffer, options = {}): unknown[] => read(content, options).map((row) => row.fields);

describe("rows of CSV", () => {
  test("keeps a line end, a delimiter and a doubled quote that stand inside quotes", () => {
    expect(read('a,"x\r\ny, ""z""",c\nd,e,f\n')).toEqual([
      { line: 1, bytes: 'a,"x\r\ny, ""z""",c', fields: ["a", 'x\r\ny, "z"', "c"] },
      { line: 3, bytes: "d,e,f", fields: ["d", "e", "f"] },
    ]);
  });

  test("reads CRLF, LF and a last line without an end alike", () => {
    expect(fieldsOf('a,b\r\n"c","d"\r\ne,f')).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ]);
  });

  test("passes over the byte order mark and over empty lines, and still counts lines", () => {
    expect(read("\ufeffa,b\n\n\r\nc,d\n").map(({ line, fields }) => [line, fields])).toEqual([
      [1, ["a", "b"]],
      [4, ["c", "d"]],
    ]);
  });

  test("takes a quote inside an unquoted field as it stands", () => {
    expect(fieldsOf('5" disk,b\n')).toEqual([['5" disk', "b"]]);
  });

  test("quarantines a ragged row by itself", () => {
    expect(fieldsOf("a,b\nc\nd,e,f\ng,h\n", { heading: ["x", "y"] })).toEqual([
      ["a", "b"],
      "malformed_csv",
      "malformed_csv",
      ["g", "h"],
    ]);
  });

  test("loses one line, not the rest of the file, to a quote that is never closed", () => {
    expect(read('a,"b\nc,d\ne,f\n')).toEqual([
      { line: 1, bytes: 'a,"b', fields: "malformed_csv" },
      { line: 2, bytes: "c,d", fields: ["c", "d"] },
      { line: 3, bytes: "e,f", fields: ["e", "f"] },
    ]);
  });

  test("loses one line to a closing quote with text behind it", () => {
    expect(fieldsOf('"a"b,c\nd,"e"\n')).toEqual(["malformed_csv", ["d", "e"]]);
  });

  test("quarantines the row with a NUL byte and no other", () => {
    expect(fieldsOf("a,b\nc\0,d\ne,f\n")).toEqual([["a", "b"], "nul_byte", ["e", "f"]]);
  });

  test("quarantines the row that is not UTF-8, with its bytes as they were", () => {
    const rows = read(Buffer.from("a,é\nb,caf\u00e9\n", "latin1"));
    expect(rows.map((row) => row.fields)).toEqual(["wrong_encoding", "wrong_encoding"]);
    expect(rows[1]?.bytes).toBe("b,caf\u00e9");
    expect(fieldsOf(Buffer.concat([Buffer.from("ă,b\n"), Buffer.from([0xff, 0x0a]), Buffer.from("ț,d")]))).toEqual([
      ["ă", "b"],
      "wrong_encoding",
      ["ț", "d"],
    ]);
  });

  test("decodes another encoding where the mapping names it", () => {
    expect(fieldsOf(Buffer.from([0x80, 0x2c, 0xe9, 0x0a]), { encoding: "windows-1252" })).toEqual([["€", "é"]]);
    expect(fieldsOf(Buffer.from([0xba, 0x2c, 0xfe, 0x0a]), { encoding: "windows-1250" })).toEqual([["ş", "ţ"]]);
  });

  test("quarantines a field of 10 MB and goes on with the next row", () => {
    const huge = "x".repeat(10 * 1024 * 1024);
    for (const row of [`a,${huge}`, `a,"${huge}"`]) {
      const rows = read(`${row}\nb,c\n`, { chunk: 256 * 1024 });
      expect(rows.map(({ line, fields }) => [line, fields])).toEqual([
        [1, "field_too_large"],
        [2, ["b", "c"]],
      ]);
      expect(rows[0]?.bytes.length).toBe(row.length);
    }
  });

  test("keeps the head of a row that is longer than a row may be, and finds the next one", () => {
    const limits: RowLimits = { fieldBytesMax: 8, rowBytesMax: 16 };
    const rows = read(`a,${"x".repeat(100)}\nb,c\n`, { chunk: 5, limits });
    expect(rows).toEqual([
      { line: 1, bytes: `a,${"x".repeat(14)}`, fields: "field_too_large" },
      { line: 2, bytes: "b,c", fields: ["b", "c"] },
    ]);
  });

  test("reads another delimiter, quotes included", () => {
    expect(fieldsOf('a\t"b\tc"\n', { delimiter: "\t" })).toEqual([["a", "b\tc"]]);
  });
});

describe("rows that are lines", () => {
  test("gives quotes no meaning", () => {
    const cursor = new RowCursor({ encoding: "utf-8", delimiter: null });
    cursor.feed(Buffer.from('{"a":"\n"b\n'));
    cursor.finish();
    const lines: string[] = [];
    while (cursor.next()) lines.push(cursor.text);
    expect(lines).toEqual(['{"a":"', '"b']);
  });
});
