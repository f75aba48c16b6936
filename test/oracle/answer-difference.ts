import type { KpiAnswer } from "@leadwire/kpis";
import type { OracleAnswer } from "./oracle.ts";

type Answer = KpiAnswer | OracleAnswer;

/** What is compared: of what the oracle says, everything but how it is dressed. */
const numbers = ["value", "numerator", "denominator", "count"] as const;

/** Percentiles come from bins, which lie within this share of the exact one. */
const tolerance = 0.01;
const isPercentile = (metric: string): boolean => /p\d+$|^(lead_response_time|time_in_stage)$/.test(metric);

const isNear = (found: number | null, exact: number | null): boolean => {
  if (found === null || exact === null) return found === exact;
  return Math.abs(found - exact) <= exact * tolerance;
};

const isSame = (metric: string, found: Answer, exact: OracleAnswer): boolean =>
  numbers.every((name) => {
    if (name === "value" && isPercentile(metric)) return isNear(found.value, exact.value);
    return exact[name] === undefined || Object.is(found[name], exact[name]);
  });

const keyOf = ({ group }: Answer): string => JSON.stringify(group);

/** Says nothing: whether there is a group where no part of a number of several parts has anything is left open. */
const isSilent = ({ value, numerator, denominator }: Answer): boolean => value === null && !numerator && !denominator;

const text = (answers: ReadonlyArray<Answer>): string =>
  JSON.stringify(
    answers.map(({ group, value, numerator, denominator, count }) => ({ group, value, numerator, denominator, count })),
  );

/** How the engine's answer to a question about a metric differs from the oracle's, in words; undefined where it does not. */
export const answerDifference = (
  metric: string,
  found: ReadonlyArray<KpiAnswer>,
  expected: ReadonlyArray<OracleAnswer>,
): string | undefined => {
  const foundBy = new Map(found.map((answer) => [keyOf(answer), answer]));
  const spoken = (answers: ReadonlyArray<Answer>, others: ReadonlyArray<Answer>): ReadonlyArray<Answer> =>
    answers.filter((answer) => !isSilent(answer) || others.some((other) => keyOf(other) === keyOf(answer)));
  const sameOrder = spoken(expected, found).map(keyOf).join() === spoken(found, expected).map(keyOf).join();
  const same = expected.every((exact) => {
    const answer = foundBy.get(keyOf(exact));
    return answer === undefined || isSame(metric, answer, exact);
  });
  return sameOrder && same ? undefined : `the oracle says ${text(expected)}, found ${text(found)}`;
};
