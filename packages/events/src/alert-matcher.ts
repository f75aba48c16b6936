import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { AlertMatcher } from "./alert-records.ts";
import { isSwiftExpression } from "./swift-expression.ts";

const operators: Readonly<Record<string, AlertMatcher["operator"]>> = {
  "=": "equals",
  "!=": "differs",
  "=~": "matches",
  "!~": "mismatches",
};
const textOf = Object.fromEntries(Object.entries(operators).map(([text, operator]) => [operator, text]));

const isExpression = (text: string): boolean => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
};

const quoted = /^"((?:[^"\\]|\\["\\])*)"$/u;

/** Reads `team=north`, `severity!=info`, `rule=~"deal-.*"`; Left says what is wrong with it. */
export const parseMatcher = (text: string): Either<string, AlertMatcher> => {
  const parts = /^\s*([A-Za-z_][\w.-]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/su.exec(text);
  const [, label = "", sign = "", written = ""] = parts ?? [];
  const operator = operators[sign];
  if (operator === undefined)
    return left(`expected LABEL=VALUE, such as team=north, or LABEL=~EXPRESSION, found ${JSON.stringify(text)}`);
  const value = quoted.exec(written)?.[1]?.replace(/\\(["\\])/gu, "$1") ?? written;
  if (sign.endsWith("~") && !isExpression(value))
    return left(`expected a regular expression, found ${JSON.stringify(value)}`);
  if (sign.endsWith("~") && !isSwiftExpression(value)) {
    const form = "a regular expression in which nothing is repeated that repeats or chooses within itself";
    return left(`expected ${form}, with three repeats at most, found ${JSON.stringify(value)}`);
  }
  return right({ label, operator, value });
};

/** As `parseMatcher` reads it. */
export const matcherText = ({ label, operator, value }: AlertMatcher): string => {
  const isPlain = !/^[\s~"]|[\s"]$/u.test(value);
  return `${label}${textOf[operator]}${isPlain ? value : `"${value.replace(/["\\]/gu, "\\$&")}"`}`;
};
