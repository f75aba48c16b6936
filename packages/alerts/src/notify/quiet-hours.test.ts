import { describe, expect, it } from "vitest";
import type { QuietHours } from "./notification-config.ts";
import { quietUntilMs } from "./quiet-hours.ts";
import { berlin } from "./testing/notify-rig.ts";

const hours = (weekdays: ReadonlyArray<number>, from: string, to: string): QuietHours => {
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return { weekdays, fromMinute: minutes(from), toMinute: minutes(to) };
};
const workdays = [1, 2, 3, 4, 5];
const always = [1, 2, 3, 4, 5, 6, 7];
const nights = hours(workdays, "20:00", "08:00");
const noon = hours([1], "12:00", "13:00");
const wholeDay = hours([7], "00:00", "24:00");
const changing = hours(always, "02:30", "03:30");

describe("Quiet hours", () => {
  // 2026-03-02 is a Monday, Berlin is an hour ahead of UTC, from 29 March to 25 October two.
  it.each<[string, ReadonlyArray<QuietHours>, string, string | undefined]>([
    ["none", [], "2026-03-02T23:00Z", undefined],
    ["before they begin", [nights], "2026-03-02T18:59:59.999Z", undefined],
    ["as they begin", [nights], "2026-03-02T19:00Z", "2026-03-03T07:00Z"],
    ["over midnight", [nights], "2026-03-03T03:00Z", "2026-03-03T07:00Z"],
    ["as they end", [nights], "2026-03-03T07:00Z", undefined],
    ["Friday's night ends on Saturday", [nights], "2026-03-07T06:00Z", "2026-03-07T07:00Z"],
    ["Sunday's night is no workday's", [nights], "2026-03-08T22:00Z", undefined],
    ["within a day", [noon], "2026-03-02T11:30Z", "2026-03-02T12:00Z"],
    ["on another weekday", [noon], "2026-03-03T11:30Z", undefined],
    ["a whole day", [wholeDay], "2026-03-08T12:00Z", "2026-03-08T23:00Z"],
    ["the longest of several", [nights, hours([1], "19:00", "21:00")], "2026-03-02T19:30Z", "2026-03-03T07:00Z"],
    ["a night that is an hour shorter", [hours([6], "20:00", "08:00")], "2026-03-29T05:59Z", "2026-03-29T06:00Z"],
    ["a night that is an hour longer", [hours([6], "20:00", "08:00")], "2026-10-25T06:59Z", "2026-10-25T07:00Z"],
    ["a beginning that clocks skip comes with the gap", [changing], "2026-03-29T01:00Z", "2026-03-29T01:30Z"],
    ["and not before it", [changing], "2026-03-29T00:59:59Z", undefined],
    ["an hour that comes twice: from its first time", [changing], "2026-10-25T00:30Z", "2026-10-25T02:30Z"],
  ])("%s", (_, quietHours, at, until) => {
    const untilMs = quietUntilMs(quietHours, berlin, Date.parse(at));
    expect(untilMs).toBe(until === undefined ? undefined : Date.parse(until));
  });
});
