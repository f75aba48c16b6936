import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dayMax,
  dayMin,
  dayText,
  instantMsMax,
  instantMsMin,
  instantText,
  parseDay,
  parseInstantMs,
} from "./iso-time.ts";

test.each([
  ["2026-03-02T08:00:00Z", Date.UTC(2026, 2, 2, 8)],
  ["2026-03-02T08:00Z", Date.UTC(2026, 2, 2, 8)],
  ["2026-03-02 08:00:00.5z", Date.UTC(2026, 2, 2, 8, 0, 0, 500)],
  ["2026-03-02T08:00:00.123456789-05:30", Date.UTC(2026, 2, 2, 13, 30, 0, 123)],
  ["2024-02-29T23:59:59+0200", Date.UTC(2024, 1, 29, 21, 59, 59)],
])("%s is an instant", (text, epochMs) => {
  expect(parseInstantMs(text)).toBe(epochMs);
});

test.each([
  "2026-03-02T08:00:00",
  "2026-03-02",
  "2025-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-03-02T24:00:00Z",
  "2026-03-02T08:60:00Z",
  "2026-03-02T08:00:60Z",
  "2026-03-02T08:00:00+15:00",
  "2026-03-02T08:00:00Z ",
  "02/03/2026 08:00Z",
])("%s is none", (text) => {
  expect(parseInstantMs(text)).toBeUndefined();
});

test.each(["2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32"])(
  "%s is no day",
  (text) => {
    expect(parseDay(text)).toBeUndefined();
  },
);

test("any instant and any day in range is read back from its text", () => {
  fc.assert(
    fc.property(fc.integer({ min: instantMsMin, max: instantMsMax }), (epochMs) => {
      expect(parseInstantMs(instantText(epochMs))).toBe(epochMs);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: dayMin, max: dayMax }), (day) => {
      expect(parseDay(dayText(day))).toBe(day);
    }),
  );
});
