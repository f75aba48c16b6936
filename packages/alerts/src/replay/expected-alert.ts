import type { YamlValue } from "@leadwire/funnel";

/** What a test says of one alert, by field; numbers as numbers, null for no value. */
export type ExpectedAlert = ReadonlyMap<string, string | number | null>;

/** An alert as a test sees it: the fields of a transition or a notification, and the labels. */
export type SeenAlert = ReadonlyMap<string, string | number | null>;

/** Fields that are numbers; every other is a text. */
const numbers: ReadonlySet<string> = new Set(["step", "value", "numerator", "denominator", "threshold"]);

const readField = (name: string, value: YamlValue): string | number | null | undefined => {
  if (value.isEmpty()) return null;
  if (!numbers.has(name)) return value.text("a text");
  return value.number("a number, or null for none", Number.isFinite);
};

/** `{ rule: win-rate-low, team: north, value: 0.2 }`. Undefined after noting a fault. */
export const readExpectedAlert = (value: YamlValue): ExpectedAlert | undefined => {
  const fields = value.entries("an alert such as { rule: win-rate-low, team: north }");
  if (fields === undefined) return undefined;
  const read = fields.flatMap(([name, at]) => {
    const found = readField(name, at);
    return found === undefined ? [] : [[name, found] as const];
  });
  if (!read.some(([name]) => name === "rule")) return value.refuse("the alert's rule", "none");
  return new Map(read);
};

/** Nine digits: what a person works out by hand is a rounded number. */
const isSame = (expected: string | number | null, found: string | number | null | undefined): boolean => {
  if (typeof expected !== "number" || typeof found !== "number") return expected === (found ?? null);
  return Math.abs(expected - found) <= 1e-9 * Math.max(Math.abs(expected), Math.abs(found));
};

/** The names of the fields in which an alert is not what was expected. */
const differences = (expected: ExpectedAlert, found: SeenAlert): ReadonlyArray<string> =>
  [...expected].flatMap(([name, value]) => (isSame(value, found.get(name)) ? [] : [name]));

/** An expected alert with what was found in its place; one of the two is missing where nothing came near. */
export interface AlertMismatch {
  readonly expected?: ExpectedAlert;
  readonly found?: SeenAlert;
  /** Fields that differ, where both are there. */
  readonly fields: ReadonlyArray<string>;
}

/** Pairs expected with found alerts so that as many as can be agree: augmenting paths, one expected alert at a time. */
const pairs = (
  expected: ReadonlyArray<ExpectedAlert>,
  found: ReadonlyArray<SeenAlert>,
): ReadonlyMap<number, number> => {
  const expectedOf = new Map<number, number>();
  const place = (index: number, tried: Set<number>): boolean => {
    for (const [at, alert] of found.entries()) {
      const wanted = expected[index];
      if (wanted === undefined || tried.has(at) || differences(wanted, alert).length > 0) continue;
      tried.add(at);
      const holder = expectedOf.get(at);
      if (holder !== undefined && !place(holder, tried)) continue;
      expectedOf.set(at, index);
      return true;
    }
    return false;
  };
  for (const index of expected.keys()) place(index, new Set());
  return expectedOf;
};

/** Of an alert that ought to be there: the one that came nearest among those of its rule. */
const nearest = (expected: ExpectedAlert, found: ReadonlyArray<SeenAlert>): SeenAlert | undefined =>
  found
    .filter((alert) => alert.get("rule") === expected.get("rule"))
    .toSorted((a, b) => differences(expected, a).length - differences(expected, b).length)[0];

/** What is missing, what ought not to be there, and what is not as expected. Empty where the sets are the same. */
export const mismatches = (
  expected: ReadonlyArray<ExpectedAlert>,
  found: ReadonlyArray<SeenAlert>,
): ReadonlyArray<AlertMismatch> => {
  const expectedOf = pairs(expected, found);
  const placed = new Set(expectedOf.values());
  const missing = expected.filter((_, index) => !placed.has(index));
  let extra = found.filter((_, at) => !expectedOf.has(at));
  const wrong = missing.map((alert): AlertMismatch => {
    const near = nearest(alert, extra);
    if (near === undefined) return { expected: alert, fields: [] };
    extra = extra.filter((each) => each !== near);
    return { expected: alert, found: near, fields: differences(alert, near) };
  });
  return [...wrong, ...extra.map((alert): AlertMismatch => ({ found: alert, fields: [] }))];
};
