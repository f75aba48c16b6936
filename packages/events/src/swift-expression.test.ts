import { expect, test } from "vitest";
import { isSwiftExpression } from "./swift-expression.ts";

test.each([
  "north|south",
  "deal-.*",
  "(?:north|south)-[a-z+*]{1,3}",
  "(web|crm)?-.*",
  String.raw`\(.+\)\*\+`,
  ".*a.*b.*",
  "(ab)+",
])("%j is taken", (text) => expect(isSwiftExpression(text)).toBe(true));

test.each([
  "(a+)+",
  "(a|aa)*",
  "((a|b))+",
  "(.*a){20,}",
  "(a?){30}",
  "(?:x(y*)z)*",
  "a*a*a*a*",
  "(?=a)b",
  String.raw`(a)\1`,
])("%j could take for ever", (text) => expect(isSwiftExpression(text)).toBe(false));
