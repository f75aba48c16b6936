import { expect, test } from "vitest";
import { type Figures, figuresText } from "./figures-text.ts";

const figures = (unit: string, value: number | null, more: Partial<Figures> = {}): Figures => ({
  unit,
  value,
  threshold: null,
  ...more,
});

test.each([
  [figures("ratio", 3 / 14, { numerator: 3, denominator: 14, threshold: 0.25 }), "21.43 % (3 of 14), against 25.00 %"],
  [figures("ratio", 0.2), "20.00 %"],
  [figures("s", 200, { numerator: 400, denominator: 2, threshold: 300 }), "3 min 20 s of 2, against 5 min"],
  [figures("money", 1_200_000, { numerator: 2_400_000, denominator: 2 }), "12,000.00 EUR of 2"],
  [figures("leads", 12, { denominator: 12, threshold: 10 }), "12, against 10"],
  [figures("ratio", null, { numerator: 0, denominator: 0, threshold: 0.25 }), "no value, against 25.00 %"],
  [figures("", null), ""],
])("of %o people read %s", (numbers, text) => {
  expect(figuresText(numbers, "EUR")).toBe(text);
});
