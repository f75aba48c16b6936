import type { AlertMismatch, ExpectedAlert, SeenAlert } from "./expected-alert.ts";
import type { RuleTestFailure, RuleTestOutcome } from "./rule-test.ts";

/** What tells an alert from others comes first, then where it stands; texts and the rest are left out. */
const notShown: ReadonlySet<string> = new Set(["rule_set", "summary", "cause", "status", "severity"]);

const valueText = (value: string | number | null): string =>
  typeof value === "string" && /[\s=]/u.test(value) ? JSON.stringify(value) : String(value);

const fieldText = ([name, value]: readonly [string, string | number | null]): string => `${name}=${valueText(value)}`;

const expectedText = (alert: ExpectedAlert): string => [...alert].map(fieldText).join(" ");

/** The rule, then what the test names or an alert is told apart by; fields without a value are left out. */
const foundText = (alert: SeenAlert, expected?: ExpectedAlert): string => {
  const named = [...(expected?.keys() ?? ["rule"])].map((name) => [name, alert.get(name) ?? null] as const);
  const shown = new Set(named.map(([name]) => name));
  const others = [...alert].filter(
    ([name, value]) => !shown.has(name) && !notShown.has(name) && value !== null && value !== "",
  );
  return [...named, ...others].map(fieldText).join(" ");
};

const mismatchText = ({ expected, found, fields }: AlertMismatch): ReadonlyArray<string> => [
  `      expected  ${expected === undefined ? "no such alert" : expectedText(expected)}`,
  `      found     ${found === undefined ? "none" : foundText(found, expected)}`,
  ...(fields.length === 0 ? [] : [`      differs   ${fields.join(", ")}`]),
];

const failureText = (file: string, { at, line, what, mismatches }: RuleTestFailure): ReadonlyArray<string> => [
  `    ${file}:${line} at ${at}, ${what}:`,
  ...mismatches.flatMap((each, index) => [...(index === 0 ? [] : [""]), ...mismatchText(each)]),
];

/** `ok` and the name, or what was expected and what was found, side by side. */
export const ruleTestText = (file: string, { name, failures }: RuleTestOutcome): string =>
  [
    `  ${failures.length === 0 ? "ok    " : "FAILED"}  ${name}`,
    ...failures.flatMap((failure) => failureText(file, failure)),
  ].join("\n");

const fieldsOf = (alert: ReadonlyMap<string, string | number | null> | undefined) =>
  alert === undefined ? null : Object.fromEntries(alert);

/** The outcome as JSON carries it. */
export const ruleTestDocument = ({ name, line, failures }: RuleTestOutcome) => ({
  name,
  line,
  ok: failures.length === 0,
  failures: failures.map(({ mismatches, ...failure }) => ({
    ...failure,
    mismatches: mismatches.map(({ expected, found, fields }) => ({
      expected: fieldsOf(expected),
      found: fieldsOf(found),
      fields,
    })),
  })),
});
