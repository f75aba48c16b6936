import type { BusinessDay } from "../workspace.ts";
import { type HoursOfDay, parseHours, parseWeekdays } from "./terms.ts";
import type { YamlValue } from "./yaml-value.ts";

const hoursForm = "hours such as 09:00-17:00, ending after they begin";

const readHours = (value: YamlValue): ReadonlyArray<HoursOfDay> => {
  const values = value.isList() ? (value.items(hoursForm) ?? []) : [value];
  const hours = values.map((item) => item.parsed(hoursForm, parseHours)).filter((item) => item !== undefined);
  return hours.sort((a, b) => a.fromMinute - b.fromMinute);
};

/** A map of weekdays (or ranges of them) to hours; a day that is not named is closed. */
export const readBusinessHours = (value: YamlValue): ReadonlyArray<BusinessDay> | undefined => {
  const days: BusinessDay[] = [];
  for (const [key, at] of value.entries("a map of weekdays to hours, such as monday-friday: 09:00-17:00") ?? []) {
    const weekdays = parseWeekdays(key);
    if (weekdays === undefined) at.refuse("a weekday or a range such as monday-friday", JSON.stringify(key));
    if (weekdays === undefined || at.isEmpty()) continue;
    const hours = readHours(at);
    for (const weekday of weekdays) days.push(...hours.map((part) => ({ weekday, ...part })));
  }
  days.sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute);
  const overlaps = days.some((day, index) => {
    const next = days[index + 1];
    return next !== undefined && next.weekday === day.weekday && next.fromMinute < day.toMinute;
  });
  return overlaps ? value.refuse("hours of a day that do not overlap", "some that do") : days;
};
