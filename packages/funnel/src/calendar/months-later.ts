import { dayMs } from "@leadwire/events";
import { civilOfDay, dayOfCivil } from "./civil-day.ts";
import type { ZoneCalendar } from "./zone-calendar.ts";

/** A day so many months later: the same day of the month, or that month's last where it has none such. */
export const dayMonthsLater = (day: number, months: number): number => {
  const { year, month, dayOfMonth } = civilOfDay(day);
  const lastDay = dayOfCivil(year, month + months + 1, 1) - 1;
  return Math.min(dayOfCivil(year, month + months, 1) + dayOfMonth - 1, lastDay);
};

/** An instant so many calendar months later in a zone, at the same time by its clocks. */
export const monthsLater = (calendar: ZoneCalendar, instantMs: number, months: number): number => {
  const day = calendar.localDay(instantMs);
  const msOfDay = calendar.wallMs(instantMs) - day * dayMs;
  return calendar.instantOfLocal(dayMonthsLater(day, months) * dayMs + msOfDay);
};
