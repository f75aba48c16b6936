import { expect, test } from "vitest";
import { bytesText, elapsedText } from "./console-words.ts";

test("sizes and times are written as people read them, in the reader's language", () => {
  const en = { locale: "en-GB" };
  expect([0, 999, 1_000, 34_567_890, 5e12, 5e15].map((bytes) => bytesText(bytes, en))).toEqual([
    "0\u00a0B",
    "999\u00a0B",
    "1\u00a0kB",
    "34.6\u00a0MB",
    "5\u00a0TB",
    "5,000\u00a0TB",
  ]);
  expect([4.26, 99, 120, 1_250, 61_300].map((ms) => elapsedText(ms, en))).toEqual([
    "4.3\u00a0ms",
    "99\u00a0ms",
    "0.12\u00a0s",
    "1.3\u00a0s",
    "61.3\u00a0s",
  ]);
  expect(elapsedText(1_250, { locale: "ro" })).toBe("1,3 s");
});
