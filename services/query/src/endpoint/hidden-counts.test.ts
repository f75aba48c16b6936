import { expect, test } from "vitest";
import { hideCounts, tellsProgress, withoutProgress } from "./hidden-counts.ts";

const summary = '{"read_rows":"106347","read_bytes":"3099393","total_rows_to_read":"106347","result_rows":"1"}';

test("the head of an answer keeps what the answer has, and tells nothing of what was read for it", () => {
  const message = {
    headers: { "x-clickhouse-summary": summary, "x-clickhouse-progress": summary, "x-clickhouse-format": "JSON" },
    rawHeaders: [
      ...["X-ClickHouse-Progress", summary, "X-ClickHouse-Summary", summary],
      ...["X-ClickHouse-Summary", "{broken 106347", "X-ClickHouse-Format", "JSON"],
    ],
  };
  hideCounts(message);
  expect(JSON.stringify(message)).not.toMatch(/106347|3099393|rogress/);
  expect(JSON.parse(message.headers["x-clickhouse-summary"])).toMatchObject({ read_rows: "0", result_rows: "1" });
  expect(message.rawHeaders.slice(-2)).toEqual(["X-ClickHouse-Format", "JSON"]);
});

const read = async (text: string, size: number): Promise<string> => {
  async function* chunks() {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
  }
  let found = "";
  for await (const chunk of withoutProgress(chunks())) found += String(chunk);
  return found;
};

test("lines of progress go, rows stay, wherever the answer is cut", async () => {
  const rows = ['{"meta":[{"name":"a"}]}\n', '{"row":["{\\"progress\\":1}"]}\n', "\n", '{"pro"}\n', '{"row":["end"]}'];
  const text = rows.map((row) => `{"progress":{"read_rows":"9"}}\n${row}`).join("");
  for (const size of [1, 2, 5, 13, 31, 1_000]) expect(await read(text, size)).toBe(rows.join(""));
  expect(await read('{"prog', 2)).toBe('{"prog');
});

test("ClickHouse says which of its formats tells progress", () => {
  expect(tellsProgress({ headers: { "x-clickhouse-format": "JSONCompactEachRowWithProgress" } })).toBe(true);
  expect(tellsProgress({ headers: { "x-clickhouse-format": "JSONEachRow" } })).toBe(false);
  expect(tellsProgress({ headers: {} })).toBe(false);
});
