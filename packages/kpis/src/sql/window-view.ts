import { type Workspace, weekdayOf } from "@leadwire/funnel";
import type { PeriodRules } from "../window/period.ts";
import { periodUnits, rollingHours } from "../window/window.ts";
import { epochMs, instantOfMs, type LocalTime, localTimeOf } from "./local-time.ts";
import type { ModelView } from "./model-view.ts";

/** What of a workspace places windows in SQL: constants of the views, which are made anew when it changes. */
export type CalendarRules = PeriodRules & Pick<Workspace, "timeZone" | "businessHours" | "holidays">;

const asked = "{window:String}";
const texts = (words: ReadonlyArray<string>): string => words.map((word) => `'${word}'`).join(", ");
const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const earliest = "toDateTime64('1950-01-01 00:00:00', 3, 'UTC')";
const latest = "toDateTime64('2200-01-01 00:00:00', 3, 'UTC')";

const forms =
  "all; 1h 24h 7d 30d 90d 365d; day week month quarter year; 2017, 2017-Q3, 2017-07, 2017-W14, 2017-07-14; FROM..TO";

/** An instant as people write it: with an offset, without one in UTC, and a day alone as its first instant here. */
export const instantOfText = (text: string, local: LocalTime): string =>
  `if(match(${text}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), ${local.startOf(`toDate32OrDefault(substring(${text}, 1, 10))`)}, parseDateTime64BestEffort(${text}, 3, 'UTC'))`;

/** `now`, or nothing, is the clock of ClickHouse. */
const instantOrNow = (text: string, local: LocalTime): string =>
  `if(${text} IN ('', 'now'), now64(3, 'UTC'), ${instantOfText(`if(${text} IN ('', 'now'), '1970-01-01', ${text})`, local)})`;

const formOf = `multiIf(
      ${asked} = 'all', 'all',
      ${asked} IN (${texts(Object.keys(rollingHours))}), 'rolling',
      ${asked} IN (${texts(periodUnits)}), 'to_date',
      match(${asked}, '^[^.]+[.][.][^.]+$'), 'range',
      match(${asked}, '^[0-9]{4}$'), 'year',
      match(${asked}, '^[0-9]{4}-Q[1-4]$'), 'quarter',
      match(${asked}, '^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-2])$') OR (match(${asked}, '^[0-9]{4}-W53$') AND toISOWeek(makeDate32(toUInt16OrZero(substring(${asked}, 1, 4)), 12, 28)) = 53), 'week',
      match(${asked}, '^[0-9]{4}-(0[1-9]|1[0-2])$'), 'month',
      toString(toDate32OrDefault(${asked})) = ${asked}, 'day',
      throwIf(1, 'no such window: write ${forms}')::String
    )`;

/** The first day of the period that holds a day, by its unit; `back` periods earlier. */
const periodStart = ({ fiscalYearStartMonth, weekStart }: PeriodRules): string => {
  const into = `modulo(toMonth(today) - ${fiscalYearStartMonth} + 12, 12)`;
  return `multiIf(
      form = 'to_date', multiIf(
        unit = 'year', addMonths(toDate32(toStartOfMonth(today)), -${into}),
        unit = 'quarter', addMonths(toDate32(toStartOfMonth(today)), -modulo(${into}, 3)),
        unit = 'month', toDate32(toStartOfMonth(today)),
        unit = 'week', addDays(today, -modulo(toDayOfWeek(today) - ${weekStart} + 7, 7)),
        today),
      form = 'year', makeDate32(named_year${fiscalYearStartMonth === 1 ? "" : " - 1"}, ${fiscalYearStartMonth}, 1),
      form = 'quarter', addMonths(makeDate32(named_year${fiscalYearStartMonth === 1 ? "" : " - 1"}, ${fiscalYearStartMonth}, 1), 3 * (toUInt8OrZero(substring(${asked}, 7, 1)) - 1)),
      form = 'week', addDays(makeDate32(named_year, 1, 4), 1 - toDayOfWeek(makeDate32(named_year, 1, 4)) + 7 * (toUInt8OrZero(substring(${asked}, 7, 2)) - 1)),
      form = 'month', makeDate32(named_year, toUInt8OrZero(substring(${asked}, 6, 2)), 1),
      form = 'day', toDate32OrDefault(${asked}),
      today)`;
};

const stepped = (day: string, sign: "" | "-"): string =>
  `multiIf(unit = 'year', addMonths(${day}, ${sign}12), unit = 'quarter', addMonths(${day}, ${sign}3), unit = 'month', addMonths(${day}, ${sign}1), unit = 'week', addDays(${day}, ${sign}7), addDays(${day}, ${sign}1))`;

/** As plans name it: 2017, 2017-Q3, 2017-07; weeks and days have no plan. */
const periodText = ({ fiscalYearStartMonth: first }: PeriodRules): string => {
  const year = first === 1 ? "toYear(start_day)" : `toYear(start_day) + (toMonth(start_day) >= ${first})`;
  const quarter = `intDiv(modulo(toMonth(start_day) - ${first} + 12, 12), 3) + 1`;
  return `multiIf(NOT is_period, '',
      unit = 'year', leftPad(toString(${year}), 4, '0'),
      unit = 'quarter', concat(leftPad(toString(${year}), 4, '0'), '-Q', toString(${quarter})),
      unit = 'month', formatDateTime(toDate32(start_day), '%Y-%m'),
      '')`;
};

const businessDays = ({ businessHours, holidays }: CalendarRules, until: string): string => {
  const weekdays = [...new Set(businessHours.map(({ weekday }) => weekday))].sort((a, b) => a - b);
  if (weekdays.length === 0) return "toUInt32(0)";
  const closed = [...new Set(holidays)].filter((day) => weekdays.includes(weekdayOf(day))).sort((a, b) => a - b);
  const open =
    closed.length === 0 ? "" : ` AND NOT has([${closed.map((day) => `'${iso(day)}'`).join(", ")}], toString(day))`;
  return `toUInt32(arrayCount(day -> has([${weekdays.join(", ")}], toDayOfWeek(day))${open}, arrayMap(n -> addDays(start_day, n), range(0, greatest(0, dateDiff('day', start_day, ${until}))))))`;
};

/** What a placed window is told by, in the order of its columns. */
export const placedNames = [
  ...(["since", "until", "at", "level", "prior_since", "prior_until", "prior_at", "today"] as const),
  ...(["period", "months", "days_begun", "days_all"] as const),
] as const;
export type PlacedName = (typeof placedNames)[number];

/** The steps from the words to the edges: each SELECT names what the next one uses. */
const edgesSelect = (rules: CalendarRules, at: string): string => {
  const local = localTimeOf(rules.timeZone);
  const hours = Object.entries(rollingHours).map(([name, each]) => `${asked} = '${name}', ${each}`);
  const ceilMinute = "intDiv(at_ms + 59999, 60000) * 60000";
  const ceilHour = `at_ms + modulo(3600000 - modulo(${epochMs(local.wallOf("at_time"))}, 3600000), 3600000)`;
  // Only a range is read as one: other words would be no instants.
  const end = (index: number): string =>
    instantOfText(`if(form = 'range', splitByString('..', ${asked})[${index}], '1970-01-01')`, local);
  return `SELECT *, form NOT IN ('all', 'rolling', 'range') AS is_period,
      multiIf(form = 'all', ${earliest}, is_period, ${local.startOf("start_day")}, form = 'range', ${end(1)}, ${instantOfMs("ceil_ms - hours_of * 3600000")}) AS since_time,
      multiIf(form = 'all', ${latest}, is_period, ${local.startOf("end_day")}, form = 'range', ${end(2)}, ${instantOfMs("ceil_ms")}) AS until_time
    FROM (
      SELECT *, toDate32(${stepped("start_day", "")}) AS end_day, toDate32(${stepped("start_day", "-")}) AS prior_day,
        if(hours_of <= 24, ${ceilMinute}, ${ceilHour}) AS ceil_ms
      FROM (
        SELECT *, toDate32(${periodStart(rules)}) AS start_day
        FROM (
          SELECT *, if(form = 'to_date', ${asked}, form) AS unit, toUInt16OrZero(substring(${asked}, 1, 4)) AS named_year,
            ${local.dayOf("at_time")} AS today, toUnixTimestamp64Milli(at_time) AS at_ms, multiIf(${hours.join(", ")}, 0) AS hours_of
          FROM (SELECT ${formOf} AS form, ${instantOrNow(at, local)} AS at_time)
        )
      )
    )`;
};

/** Each of them over the edges. */
const placedExpressions = (rules: CalendarRules): Readonly<Record<PlacedName, string>> => {
  const local = localTimeOf(rules.timeZone);
  const utcStart = (day: string): string => `toDateTime64(${day}, 3, 'UTC')`;
  const elapsedMs = `${epochMs(local.wallOf("at_time"))} - ${epochMs(utcStart("start_day"))}`;
  const elapsed = `addMilliseconds(${utcStart("prior_day")}, ${elapsedMs})`;
  const level = "multiIf(is_period OR form = 'range', least(until_time, at_time), form = 'all', at_time, until_time)";
  const tomorrow = `addDays(${local.dayOf("at_time")}, 1)`;
  return {
    since: "since_time",
    until: "until_time",
    at: "at_time",
    level,
    prior_since: `multiIf(form = 'all', since_time, is_period, ${local.startOf("prior_day")}, ${instantOfMs(`2 * ${epochMs("since_time")} - ${epochMs("until_time")}`)})`,
    prior_until: "since_time",
    prior_at: `if(is_period AND at_time >= since_time AND at_time < until_time, ${local.instantOf(elapsed)}, at_time)`,
    today: local.startOf(local.dayOf(level)),
    period: periodText(rules),
    months:
      "multiIf(is_period, toNullable(toUInt32(multiIf(unit = 'year', 12, unit = 'quarter', 3, unit = 'month', 1, 0))), form = 'all', NULL, 0)",
    days_begun: `if(is_period, ${businessDays(rules, `least(end_day, ${tomorrow})`)}, toUInt32(0))`,
    days_all: `if(is_period, ${businessDays(rules, "end_day")}, toUInt32(0))`,
  };
};

/**
 * A statement of one row that says where `{window:String}` lies, seen at an instant that is written in `at`; of what
 * there is to say only what is named, since ClickHouse plans all that a statement says.
 */
export const placedSelect = (rules: CalendarRules, names: ReadonlyArray<PlacedName>, at: string): string => {
  const expressions = placedExpressions(rules);
  return `SELECT ${names.map((name) => `${expressions[name]} AS ${name}`).join(",\n    ")}
  FROM (
    ${edgesSelect(rules, at)}
  )`;
};

const time = "DateTime64(3, 'UTC')";

/** Where a window lies in the workspace's calendar: what `kpi_…_window` go by. */
export const windowView = (rules: CalendarRules): ModelView => ({
  name: "window_at",
  comment:
    "Where a window lies at an instant, in the workspace's zone, fiscal year and weeks: one row. at = '' is now; windows are written as on the command line",
  call: "window_at(window = 'month', at = '')",
  columns: [
    { name: "since", type: time, comment: "Its first instant (UTC), included" },
    { name: "until", type: time, comment: "Its end (UTC), excluded" },
    { name: "at", type: time, comment: "The instant it is seen at (UTC): nothing later counts" },
    { name: "level", type: time, comment: "The instant before which levels are read (UTC)" },
    { name: "prior_since", type: time, comment: "First instant of the window before (UTC), included" },
    { name: "prior_until", type: time, comment: "End of the window before (UTC), excluded" },
    {
      name: "prior_at",
      type: time,
      comment: "Nothing later counts in the window before: its same local time elapsed",
    },
    { name: "today", type: time, comment: "First instant of the local day that levels are read on (UTC)" },
    {
      name: "period",
      type: "String",
      comment: "As targets and forecasts name it: 2026, 2026-Q1, 2026-03; else empty",
    },
    {
      name: "months",
      type: "Nullable(UInt32)",
      comment: "12, 3 or 1 of a year, quarter or month; 0 of other windows; null of all",
    },
    { name: "days_begun", type: "UInt32", comment: "Business days of the period that have begun" },
    { name: "days_all", type: "UInt32", comment: "Business days of the period; 0 of a window that is no period" },
  ],
  select: placedSelect(rules, placedNames, "{at:String}"),
});
