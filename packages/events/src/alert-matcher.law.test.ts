import fc from "fast-check";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { matcherText, parseMatcher } from "./alert-matcher.ts";
import type { AlertMatcher } from "./alert-records.ts";

const value = fc.string({ maxLength: 12 }).map((text) => text.replace(/\p{Cc}/gu, ""));
const matcher: fc.Arbitrary<AlertMatcher> = fc.oneof(
  fc.record({
    label: fc.constantFrom("team", "rule", "severity", "lead"),
    operator: fc.constantFrom("equals", "differs"),
    value,
  }),
  fc.record({
    label: fc.constantFrom("team", "rule"),
    operator: fc.constantFrom("matches", "mismatches"),
    value: fc.constantFrom("no.*", "(a|b)", ""),
  }),
);

test("a matcher reads back as it is written, whatever its value", () => {
  fc.assert(
    fc.property(matcher, (one) => {
      expect(parseMatcher(matcherText(one))).toEqual(right(one));
    }),
  );
});

test.each(["", "team", "=north", "1team=x", "rule=~(", "rule=~(a+)+"])("%j is no matcher", (text) => {
  expect(isLeft(parseMatcher(text))).toBe(true);
});
