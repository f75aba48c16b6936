import fc from "fast-check";
import { expect, test } from "vitest";
import { textLiteral } from "./text-literal.ts";

test("a plain value reads as it is", () => {
  expect(textLiteral("North East-1.a_b")).toBe("'North East-1.a_b'");
});

test("no sign of a value means anything to SQL, XML or a configuration's substitutions", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x10ffff)), (points) => {
      const text = String.fromCodePoint(...points);
      const literal = textLiteral(text);
      expect(literal).toMatch(/^'(?:[A-Za-z0-9 _.-]|\\x[0-9a-f]{2})*'$/);
      const bytes = literal
        .slice(1, -1)
        .replaceAll(/\\x(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      expect(Buffer.from(bytes, "latin1").toString("utf8")).toBe(Buffer.from(text, "utf8").toString("utf8"));
    }),
  );
});
