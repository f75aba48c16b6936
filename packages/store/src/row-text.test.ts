import { expect, test } from "vitest";
import { rowsIn, rowsOfChunks } from "./row-text.ts";

const rows = [["Ana", 1, null], ["Zoë\n", "18446744073709551615", true], [["a", "b"]], [""]];
const text = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

test("an answer in pieces has the rows of the whole, wherever it is cut, as often as it is gone through", () => {
  expect(rowsIn(text)).toEqual(rows);
  for (let first = 0; first <= text.length; first += 1) {
    const second = Math.min(text.length, first + 3);
    const pieces = [text.subarray(0, first), text.subarray(first, second), text.subarray(second)];
    const scanned = rowsOfChunks(pieces);
    expect([...scanned], `cut at ${first}`).toEqual(rows);
    expect([...scanned]).toEqual(rows);
  }
  expect([...rowsOfChunks([])]).toEqual([]);
  expect([...rowsOfChunks([text.subarray(0, text.length - 1)])], "no last line feed").toEqual(rows);
});
