import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSql } from "./format-sql.ts";
import { isSpoken, sqlTokens } from "./sql-tokens.ts";
import { statementAt, statementsOf } from "./statements.ts";

const pieces = fc.constantFrom(
  ..."SELECT FROM WHERE AND ( ) [ ] , ; . 'it''s; \\' x' \"a\" `b` {x:Array(String)} -- /* */ # 1.5e3 kpi_win_rate ă -> :: $$;$$".split(
    " ",
  ),
  "\n",
  " ",
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
  fc.string({ unit: "binary", maxLength: 40 }),
);

test("the pieces of a text are the whole text, whatever stands in it", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const tokens = sqlTokens(text);
      expect(tokens.map((token) => token.text).join("")).toBe(text);
      for (const { from, to, text: own } of tokens) expect(text.slice(from, to)).toBe(own);
    }),
  );
});

test("what runs stands in the text, is no semicolon alone, and holds the place that was asked for where it is one statement", () => {
  fc.assert(
    fc.property(texts, fc.nat(60), fc.nat(60), (text, one, other) => {
      const [from, to] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
      const found = statementAt(text, from, to);
      if (found === undefined) return;
      expect(text.slice(found.from, found.to)).toBe(found.text);
      expect(sqlTokens(found.text).some(isSpoken)).toBe(true);
      if (from === to) expect(statementsOf(text)).toContainEqual(found);
      else expect(found.from >= from && found.to <= to).toBe(true);
    }),
  );
});

test("laying a statement out changes nothing but white space", () => {
  const spokenOf = (text: string): ReadonlyArray<string> =>
    sqlTokens(text)
      .filter(isSpoken)
      .map((token) => token.text);
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
      const text = all.join(" ");
      const laid = formatSql(text);
      expect(spokenOf(laid)).toEqual(spokenOf(text));
      expect(formatSql(laid)).toBe(laid);
    }),
  );
});
