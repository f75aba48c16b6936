import type { Expectation, ExpectedAnswer } from "./golden-case.ts";

/** What an answer has to say to be held against a case: the JSON of `kpi --json` fits. */
export interface FoundAnswer {
  readonly group: Readonly<Record<string, string | undefined>>;
  readonly value: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  readonly count?: number;
}

const numbers = ["value", "numerator", "denominator", "count"] as const;

const same = (expected: number | null, found: number | null | undefined, tolerance: number): boolean =>
  expected === null || found === null || found === undefined
    ? expected === found
    : Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected));

const keyOf = (by: Expectation["by"], { group }: Pick<FoundAnswer, "group">): string =>
  by.map((name) => group[name] ?? "").join(" / ");

const differences = (expected: ExpectedAnswer, found: FoundAnswer, tolerance: number): ReadonlyArray<string> =>
  numbers.flatMap((name) => {
    const wanted = expected[name];
    return wanted === undefined || same(wanted, found[name], tolerance)
      ? []
      : [`${name}: expected ${wanted}, found ${found[name]}`];
  });

/**
 * Where answers differ from a case, one line each; empty where they agree. Groups have to be the same ones; numbers
 * agree within the relative tolerance (percentiles from bins need 0.01).
 */
export const mismatches = (
  expectation: Expectation,
  found: ReadonlyArray<FoundAnswer>,
  tolerance = 1e-12,
): ReadonlyArray<string> => {
  const { by, answers } = expectation;
  const foundBy = new Map(found.map((answer) => [keyOf(by, answer), answer]));
  const surplus = [...foundBy.keys()].filter((key) => !answers.some((answer) => keyOf(by, answer) === key));
  return [
    ...surplus.map((key) => `group ${key}: not expected`),
    ...answers.flatMap((expected) => {
      const key = keyOf(by, expected);
      const answer = foundBy.get(key);
      if (answer === undefined) return [`group ${key}: missing`];
      return differences(expected, answer, tolerance).map((line) => (key === "" ? line : `group ${key}: ${line}`));
    }),
  ];
};

/** Percentiles come from bins: within 1 %. Everything else is exact, up to the digits that a case writes down. */
export const toleranceOf = (metric: string): number =>
  /p\d+$|^(lead_response_time|time_in_stage)$/.test(metric) ? 0.01 : 1e-12;
