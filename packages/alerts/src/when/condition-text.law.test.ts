import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { isSliceable } from "../evaluate/threshold-question.ts";
import { conditionText } from "./condition-text.ts";
import { parseCondition } from "./parse-condition.ts";

const context = { catalogue, currency: "EUR" };

const subjects = [...catalogue.metrics.values()].flatMap((metric) =>
  [...metric.statistics].map(([name, statistic]) => ({
    name: name === "" ? metric.id : `${metric.id}.${name}`,
    unit: statistic.unit,
    isLive: isSliceable(statistic, []),
    dimensions: statistic.dimensions.map((dimension) => (dimension === "owner" ? "rep" : dimension)),
  })),
);

const decimal = fc
  .tuple(fc.nat(999_999), fc.nat(999))
  .map(([whole, part]) => `${whole}.${String(part).padStart(3, "0")}`);
const duration = fc
  .tuple(fc.nat(9_999), fc.constantFrom("s", "min", "h", "d"))
  .map(([size, unit]) => `${size} ${unit}`);
const value = fc.oneof(
  fc.constantFrom("north", "paid-search", "Ș1"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => JSON.stringify(text)),
);

const amountOf = (unit: string): fc.Arbitrary<string> => {
  const sign = fc.constantFrom("", "-");
  if (unit === "s") return duration;
  if (unit.startsWith("money"))
    return fc.tuple(sign, fc.nat(10 ** 9)).map(([s, n]) => `${s}${(n / 100).toFixed(2)} EUR`);
  if (unit === "ratio") return fc.tuple(sign, decimal).map(([s, n]) => `${s}${n} %`);
  return fc.tuple(sign, decimal).map(([s, n]) => `${s}${n}`);
};

const comparator = fc.constantFrom("<", "<=", ">", ">=");
const window = fc.constantFrom("1h", "24h", "7d", "30d", "day", "week");

const threshold = fc.constantFrom(...subjects).chain(({ name, unit, dimensions }) => {
  const times = decimal.map((n) => ` * ${n}`);
  const plus = fc
    .tuple(fc.constantFrom("+", "-"), amountOf(unit))
    .map(([sign, n]) => ` ${sign} ${n.replace(/^-/u, "")}`);
  const relative = fc
    .tuple(fc.constantFrom("prior", "year"), fc.option(times, { nil: "" }), fc.option(plus, { nil: "" }))
    .map((parts) => parts.join(""));
  const by = fc.subarray([...dimensions]).map((names) => (names.length === 0 ? "" : ` by ${names.join(", ")}`));
  const where = fc
    .subarray([...dimensions])
    .chain((names) => fc.tuple(...names.map((dimension) => value.map((text) => `${dimension}=${text}`))))
    .map((pairs) => (pairs.length === 0 ? "" : ` where ${pairs.join(" and ")}`));
  return fc
    .tuple(window, by, where, comparator, fc.oneof(amountOf(unit), relative))
    .map(([w, b, f, c, level]) => `${name} ${w}${b}${f} ${c} ${level}`);
});

const baseline = fc
  .tuple(fc.integer({ min: 3, max: 52 }), fc.constantFrom("", " - 3 mad", " + 2.5 mad"))
  .map(([weeks, mads]) => `baseline(${weeks} weeks)${mads}`);
const unusual = fc
  .tuple(fc.constantFrom(...subjects.filter(({ isLive }) => isLive)), window, comparator, baseline)
  .map(([{ name }, w, c, level]) => `${name} ${w} ${c} ${level}`);

const patience = fc.oneof(
  duration,
  fc.nat(1_000).map((minutes) => `${minutes} min of business hours`),
  fc.integer({ min: 1, max: 99 }).map((days) => `${days} business days`),
);
const absence = fc.oneof(
  fc.tuple(patience, value).map(([time, team]) => `lead without response for ${time} where team=${team}`),
  fc.tuple(patience, fc.nat(10 ** 8)).map(([time, n]) => `deal without activity for ${time} worth ${n} EUR`),
  patience.map((time) => `deal past its expected close by ${time}`),
);
const health = fc.oneof(
  fc.tuple(value, patience).map(([name, time]) => `source ${name} silent for ${time}`),
  value.map((name) => `source ${name} silent for longer than usual`),
  duration.map((time) => `lag > ${time}`),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 99 })).map(([n, minutes]) => `quarantine > ${n} in ${minutes} min`),
);

test("a condition in its one way to be written is read as the same condition", () =>
  fc.assert(
    fc.property(fc.oneof(threshold, threshold, unusual, absence, health), (text) => {
      const first = parseCondition(text, context);
      if (isLeft(first)) throw new Error(`${text}: ${JSON.stringify(first.left)}`);
      const written = conditionText(first.right, "EUR");
      expect(parseCondition(written, context), written).toEqual(first);
      expect(conditionText(first.right, "EUR")).toBe(written);
    }),
    { numRuns: 300 },
  ));
