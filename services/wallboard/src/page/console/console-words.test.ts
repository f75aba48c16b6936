import { expect, test } from "vitest";
import { bytesText, elapsedText } from "./console-words.ts";

test("sizes and times are written as people read them, in the reader's language", () => {
  const en = { locale: "en-GB" };
  expect([0, 999, 1_000, 34_567_890, 5e12, 5e15].map((bytes) => bytesText(bytes, en))).toEqual([
    "0B",
    "999B",
    "1kB",
    "34.6MB",
    "5TB",
    "5,000TB",
  ]);
  expect([4.26, 99, 120, 1_250, 61_300].map((ms) => elapsedText(ms, en))).toEqual([
    "4.3ms",
    "99ms",
    "0.12s",
    "1.3s",
    "61.3s",
  ]);
  expect(elapsedText(1_250, { locale: "ro" })).toBe("1,3 s");
});
