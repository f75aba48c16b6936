import { ZoneCalendar } from "@leadwire/funnel";
import { describe, expect, test } from "vitest";
import { dateFormat, instantOf, isoDates } from "./date-format.ts";

const instant = (pattern: string, text: string, zone = "UTC"): string | null => {
  const format = dateFormat(pattern);
  if (format._tag === "Left") throw new Error(format.left);
  const written = format.right.read(text);
  return written === null ? null : new Date(instantOf(written, new ZoneCalendar(zone))).toISOString();
};

describe("date formats", () => {
  test.each([
    ["M/D/YYYY", "3/1/2017", "2017-03-01T00:00:00.000Z"],
    ["M/D/YYYY", "12/31/2017", "2017-12-31T00:00:00.000Z"],
    ["DD.MM.YYYY", "01.03.2017", "2017-03-01T00:00:00.000Z"],
    ["D MMM YY", "1 Mar 17", "2017-03-01T00:00:00.000Z"],
    ["MMMM D, YYYY", "march 1, 2017", "2017-03-01T00:00:00.000Z"],
    ["M/D/YYYY h:mm A", "3/1/2017 12:05 am", "2017-03-01T00:05:00.000Z"],
    ["M/D/YYYY h:mm A", "3/1/2017 3:05 PM", "2017-03-01T15:05:00.000Z"],
    ["YYYY-MM-DD HH:mm:ss.SSS Z", "2017-03-01 10:20:30.456 +02:00", "2017-03-01T08:20:30.456Z"],
    ["[on] YYYY-MM-DD", "on 2017-03-01", "2017-03-01T00:00:00.000Z"],
    ["iso", "2017-03-01", "2017-03-01T00:00:00.000Z"],
    ["iso", "2017-03-01T10:20:30.123456Z", "2017-03-01T10:20:30.123Z"],
    ["iso", "2017-03-01 10:20+0530", "2017-03-01T04:50:00.000Z"],
    ["epoch_ms", "1488326400000", "2017-03-01T00:00:00.000Z"],
    ["epoch_s", "1488326400", "2017-03-01T00:00:00.000Z"],
    ["iso", "2016-02-29", "2016-02-29T00:00:00.000Z"],
  ])("reads %s %s", (pattern, text, expected) => {
    expect(instant(pattern, text)).toBe(expected);
  });

  test.each([
    ["YYYY-MM-DD", "2017-13-05"],
    ["iso", "2017-02-29"],
    ["iso", "1900-02-29"],
    ["M/D/YYYY", "4/31/2017"],
    ["MM/DD/YYYY", "3/1/2017"],
    ["M/D/YYYY", "3/1/2017 10:00"],
    ["M/D/YYYY h:mm A", "3/1/2017 13:05 PM"],
    ["iso", "2017-03-01T24:00:00Z"],
    ["D MMM YYYY", "1 Foo 2017"],
    ["epoch_ms", "soon"],
  ])("finds no date of the format %s in %s", (pattern, text) => {
    expect(instant(pattern, text)).toBeNull();
  });

  test.each([
    ["banana", "a year, a month and a day"],
    ["M/D", "a year, a month and a day"],
    ["M/D/YYYY h:mm", "together"],
    ["M/D/YYYY :mm", "hours"],
  ])("refuses %s as a format", (pattern, expected) => {
    expect(dateFormat(pattern)).toMatchObject({ _tag: "Left", left: expect.stringContaining(expected) });
  });

  test("reads ISO where a mapping names no format", () => {
    expect(isoDates[0]?.read("2017-03-01")).toEqual({ day: 17226, msOfDay: null, offsetMs: null });
  });
});

describe("local times", () => {
  test("a date without a time is the start of its day in the zone, in winter and in summer", () => {
    expect(instant("iso", "2026-01-10", "Europe/Bucharest")).toBe("2026-01-09T22:00:00.000Z");
    expect(instant("iso", "2026-07-10", "Europe/Bucharest")).toBe("2026-07-09T21:00:00.000Z");
  });

  test("on the day the clocks go forward, a time after the gap is an hour less after midnight", () => {
    expect(instant("iso", "2026-03-29 02:30", "Europe/Bucharest")).toBe("2026-03-29T00:30:00.000Z");
    expect(instant("iso", "2026-03-29 12:00", "Europe/Bucharest")).toBe("2026-03-29T09:00:00.000Z");
    expect(instant("iso", "2026-03-29 03:30", "Europe/Bucharest")).toBe("2026-03-29T01:30:00.000Z");
  });

  test("of a time that the clocks repeat, the first counts", () => {
    expect(instant("iso", "2026-10-25 03:30", "Europe/Bucharest")).toBe("2026-10-25T00:30:00.000Z");
    expect(instant("iso", "2026-10-25 12:00", "Europe/Bucharest")).toBe("2026-10-25T10:00:00.000Z");
  });

  test("a day without a midnight begins when its clock does", () => {
    expect(instant("iso", "2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
  });

  test("a written offset outweighs the zone", () => {
    expect(instant("iso", "2026-03-29T12:00:00Z", "Europe/Bucharest")).toBe("2026-03-29T12:00:00.000Z");
  });
});
