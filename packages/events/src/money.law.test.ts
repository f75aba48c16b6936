import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencies, currencyExponent, isCurrencyAt } from "./currency.ts";
import { convertMinor, type DecimalFormat, parseDecimalMinor } from "./money.ts";

const plain: DecimalFormat = { decimal: ".", group: "" };
const formats: ReadonlyArray<DecimalFormat> = [
  plain,
  { decimal: ".", group: "," },
  { decimal: ",", group: "." },
  { decimal: ",", group: " " },
  { decimal: ",", group: "\u00a0" },
  { decimal: ".", group: "'" },
];
const currency = fc.constantFrom(...currencies);
const amount = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });

/** Writes an amount the long way round, by its digits. */
const written = (minor: number, exponent: number, format: DecimalFormat): string => {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, format.group);
  const fraction = digits.slice(digits.length - exponent);
  return `${minor < 0 ? "-" : ""}${whole}${exponent === 0 ? "" : format.decimal + fraction}`;
};

describe("parsing decimals", () => {
  test("any amount in any currency and format is read back exactly", () => {
    fc.assert(
      fc.property(amount, currency, fc.constantFrom(...formats), (minor, code, format) => {
        const text = written(minor, currencyExponent(code) ?? 0, format);
        expect(parseDecimalMinor(text, code, format)).toEqual({ _tag: "Right", right: minor + 0 });
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["1054", "USD", plain, 105_400],
    ["1,234.5", "USD", { decimal: ".", group: "," }, 123_450],
    [" 0.07 ", "EUR", plain, 7],
    ["+5", "JPY", plain, 5],
    ["1.500", "EUR", plain, 150],
    ["-0", "EUR", plain, 0],
    ["1.234", "KWD", plain, 1234],
  ] as const)("%j %s is read exactly", (text, code, format, minor) => {
    expect(parseDecimalMinor(text, code, format)).toEqual({ _tag: "Right", right: minor });
  });

  test.each([
    ["", "EUR", plain, "bad_value"],
    ["-", "EUR", plain, "bad_value"],
    ["1.", "EUR", plain, "bad_value"],
    [".5", "EUR", plain, "bad_value"],
    ["1e3", "EUR", plain, "bad_value"],
    ["12 EUR", "EUR", plain, "bad_value"],
    ["1.2.3", "EUR", plain, "bad_value"],
    ["1,2", "EUR", { decimal: ".", group: "," }, "bad_value"],
    ["1234,567", "EUR", { decimal: ".", group: "," }, "bad_value"],
    ["1.005", "EUR", plain, "bad_value"],
    ["0.5", "JPY", plain, "bad_value"],
    ["--5", "EUR", plain, "bad_value"],
    ["1", "XXX", plain, "unknown_currency"],
    ["1", "toString", plain, "unknown_currency"],
    ["100000000000.01", "EUR", plain, "amount_too_large"],
    ["9".repeat(1000), "EUR", plain, "amount_too_large"],
  ] as const)("case %#: an amount that cannot be read exactly is refused", (text, code, format, tag) => {
    expect(parseDecimalMinor(text, code, format)).toMatchObject({ _tag: "Left", left: { _tag: tag } });
  });
});

describe("conversion", () => {
  const rate = fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 999_999 }))
    .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, "0")}`);
  const exponent = fc.integer({ min: 0, max: 4 });

  test("the result is never further than half a minor unit from the exact one, and halves go away from zero", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 6 }), exponent, exponent, rate, (minor, from, to, text) => {
        const converted = convertMinor(minor, from, to, text);
        if (converted === undefined) throw new Error("out of range");
        // 2·(exact − converted), over the common denominator: from −1 (included: rounded up) to 1 (excluded).
        const denominator = 10n ** BigInt(6 + from);
        const exact = BigInt(minor) * BigInt(text.replace(".", "")) * 10n ** BigInt(to);
        const twice = 2n * (exact - BigInt(converted) * denominator);
        expect(twice >= -denominator && twice < denominator).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("what leaves is what entered, with the other sign", () => {
    fc.assert(
      fc.property(amount, exponent, exponent, rate, (minor, from, to, text) => {
        const there = convertMinor(minor, from, to, text);
        const back = convertMinor(-minor, from, to, text);
        expect(there === undefined ? undefined : there + (back ?? Number.NaN)).toBe(
          there === undefined ? undefined : 0,
        );
      }),
    );
  });

  test("a rate of one between equal currencies changes nothing", () => {
    fc.assert(
      fc.property(amount, exponent, (minor, digits) => {
        expect(convertMinor(minor, digits, digits, "1")).toBe(minor + 0);
      }),
    );
  });

  test.each([
    [1250, 2, 2, "1.0842", 1355], // 13.55250
    [5, 2, 0, "1", 0], // 0.05 yen
    [50, 2, 0, "1", 1], // half a yen, away from zero
    [-50, 2, 0, "1", -1],
    [1, 0, 2, "0.0065", 1], // 0.65 cents
    [10 ** 13, 2, 2, "99999", undefined],
  ])("%i (%i decimals to %i) at %s is %s", (minor, from, to, text, expected) => {
    expect(convertMinor(minor, from, to, text)).toBe(expected);
  });

  test.each(["", "0", "0.0", "-1", "1,5", "1e3", "1.", "abc"])("rate %j is no rate", (text) => {
    expect(() => convertMinor(1, 2, 2, text)).toThrow("not a positive decimal");
  });
});

test("three bytes are a currency exactly when their text is", () => {
  // The capital letters, and the bytes just outside them.
  const bytes = Array.from({ length: 32 }, (_, index) => 62 + index);
  for (const first of bytes)
    for (const second of bytes)
      for (const third of bytes) {
        const code = Uint8Array.of(first, second, third);
        const text = String.fromCharCode(first, second, third);
        if (isCurrencyAt(code, 0, 3) !== (currencyExponent(text) !== undefined)) throw new Error(text);
      }
  expect(isCurrencyAt(Buffer.from("EURO"), 0, 4)).toBe(false);
  expect(isCurrencyAt(Buffer.from("EURO"), 0, 3)).toBe(true);
  expect(isCurrencyAt(Buffer.from("EUR"), 0, 2)).toBe(false);
});

test("every currency that the platform knows in use is known here", () => {
  const platform = Intl.supportedValuesOf("currency").filter((code) => code !== "XDR" && code !== "XSU");
  expect(platform.filter((code) => currencyExponent(code) === undefined)).toEqual([]);
});
