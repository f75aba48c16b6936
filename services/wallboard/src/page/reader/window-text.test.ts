import { expect, test } from "vitest";
import { en } from "../texts/en.ts";
import { priorText, windowText } from "./window-text.ts";

const reader = { locale: "en", texts: en };

test.each([
  ["now", "now", "a week ago"],
  ["day", "today", "yesterday by now"],
  ["month", "this month", "last month by now"],
  ["1h", "last hour", "the hour before"],
  ["24h", "last 24 hours", "prior 24 hours"],
  ["30d", "last 30 days", "prior 30 days"],
  ["2026-Q1", "2026-Q1", "the period before"],
])("reads %s as %s, against %s", (window, said, prior) => {
  expect(windowText(window, reader)).toBe(said);
  expect(priorText(window, "prior", reader)).toBe(prior);
  expect(priorText(window, "year", reader)).toBe("a year ago");
});
