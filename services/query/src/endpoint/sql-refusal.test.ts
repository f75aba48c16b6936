import { expect, test } from "vitest";
import { codes, exceptionText, refusalOfText, sqlRefusal, statusOfCode } from "./sql-refusal.ts";

test("an error is written as ClickHouse's clients read it, and read as ClickHouse writes it", () => {
  const refusal = sqlRefusal(codes.denied, "Not allowed: the function file is not allowed.");
  const text = exceptionText(refusal);
  expect(text).toBe("Code: 497. DB::Exception: Not allowed: the function file is not allowed. (ACCESS_DENIED)\n");
  expect(refusalOfText(text.trimEnd(), 0)).toEqual(refusal);
  expect(refusalOfText("Code: 62. DB::ParsingException: Syntax error (line 1) in 'x': no. (SYNTAX_ERROR)", 0)).toEqual({
    code: 62,
    name: "SYNTAX_ERROR",
    message: "Syntax error (line 1) in 'x': no.",
  });
  expect(refusalOfText("no words of ClickHouse's", 241)).toEqual({
    code: 241,
    name: "UNKNOWN_EXCEPTION",
    message: "no words of ClickHouse's",
  });
});

test.each([
  [62, 400],
  [60, 404],
  [497, 403],
  [516, 403],
  [194, 401],
  [159, 408],
  [241, 500],
  [202, 500],
  [210, 503],
  [307, 413],
])("code %i has status %i", (code, status) => {
  expect(statusOfCode(code)).toBe(status);
});
