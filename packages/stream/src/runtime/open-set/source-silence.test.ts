import { BusinessHours, defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { SourceSilence } from "./source-silence.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday; people work from 9 to 17, Monday to Friday. */
const mondayMs = Date.parse("2026-06-01T00:00:00Z");

const heard = (): SourceSilence => {
  const calendar = new ZoneCalendar("UTC");
  return new SourceSilence(new BusinessHours(calendar, defaultWorkspace.businessHours, []), calendar);
};

test("what is usual is the longest silence within business hours of four weeks", () => {
  const silence = heard();
  for (let day = 0; day < 28; day += 1)
    for (const hour of day === 2 ? [9, 16] : [9, 12, 14, 17])
      silence.hear("web", mondayMs + day * dayMs + hour * hourMs);
  const nowMs = mondayMs + 28 * dayMs;
  expect(silence.of("web", nowMs)).toEqual({ source: "web", lastMs: nowMs - 7 * hourMs, usualSilenceMs: 7 * hourMs });
  // The long one was on the third day.
  expect(silence.of("web", nowMs + 3 * dayMs)).toMatchObject({ usualSilenceMs: 3 * hourMs });
});

test("what was heard for less than a week has no habits, and what was never heard is not known", () => {
  const silence = heard();
  silence.hear("web", mondayMs);
  silence.hear("web", mondayMs + 6 * dayMs);
  expect(silence.of("web", mondayMs + 8 * dayMs)).toEqual({
    source: "web",
    lastMs: mondayMs + 6 * dayMs,
    usualSilenceMs: null,
  });
  expect(silence.of("crm", mondayMs)).toBeUndefined();
  expect(silence.names()).toEqual(["web"]);
});

test("an older time, as another partition tells it, changes nothing", () => {
  const silence = heard();
  expect(silence.hear("web", mondayMs + hourMs)).toBe(true);
  expect(silence.hear("web", mondayMs)).toBe(false);
  expect(silence.of("web", mondayMs)).toMatchObject({ lastMs: mondayMs + hourMs });
});
