import { isDeepStrictEqual } from "node:util";
import type { KpiAnswer } from "@leadwire/kpis";
import type { OracleAnswer } from "./oracle.ts";

/** What is compared: everything but how an answer is dressed. */
const comparable = ({ group, value, numerator, denominator, count }: KpiAnswer | OracleAnswer) => ({
  group,
  value,
  numerator,
  denominator,
  count,
});

/** Percentiles come from bins, which lie within this share of the exact one. */
const tolerance = 0.01;
const isPercentile = (metric: string): boolean => /\.(p\d+)$|_response_time$/.test(metric);

const isNear = (found: number | null, exact: number | null): boolean => {
  if (found === null || exact === null) return found === exact;
  return Math.abs(found - exact) <= exact * tolerance;
};

/** How the engine's answer to a question about a metric differs from the oracle's, in words; undefined where it does not. */
export const answerDifference = (
  metric: string,
  found: ReadonlyArray<KpiAnswer>,
  expected: ReadonlyArray<OracleAnswer>,
): string | undefined => {
  const isSame = isPercentile(metric)
    ? found.length === expected.length &&
      found.every(({ group, value }, n) => {
        const exact = expected[n];
        return exact !== undefined && isDeepStrictEqual({ ...group }, { ...exact.group }) && isNear(value, exact.value);
      })
    : isDeepStrictEqual(found.map(comparable), expected.map(comparable));
  if (isSame) return undefined;
  const text = (answers: ReadonlyArray<KpiAnswer | OracleAnswer>): string => JSON.stringify(answers.map(comparable));
  return `the oracle says ${text(expected)}, found ${text(found)}`;
};
