import { dayOfText, isoWeeksIn } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type UsageFault, usageFault } from "../usage-fault.ts";
import { type InstantText, parseInstantText } from "./instant-text.ts";
import {
  type NamedPeriod,
  type PeriodUnit,
  periodUnits,
  type RollingName,
  rollingHours,
  type WindowSpec,
} from "./window.ts";

const windowForms =
  "all; 1h 24h 7d 30d 90d 365d; day week month quarter year; 2017, 2017-Q3, 2017-07, 2017-W14, 2017-07-14; FROM..TO";

const isRolling = (text: string): text is RollingName => Object.hasOwn(rollingHours, text);
const isUnit = (text: string): text is PeriodUnit => periodUnits.some((unit) => unit === text);

/** Undefined where the text has none of the forms; a number out of its range is a fault of its own. */
const parsePeriod = (text: string): Either<string, NamedPeriod> | undefined => {
  const day = dayOfText(text);
  if (day !== undefined) return right({ unit: "day", day });
  const match = /^(\d{4})(?:-(?:Q(\d)|W(\d{2})|(\d{2})))?$/.exec(text);
  if (match === null) {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? left("that day does not exist") : undefined;
  }
  const [year, quarter, week, month] = match.slice(1).map(Number) as [number, number, number, number];
  if (match[2] !== undefined) {
    return quarter >= 1 && quarter <= 4 ? right({ unit: "quarter", year, quarter }) : left("quarters are Q1 to Q4");
  }
  if (match[3] !== undefined) {
    const last = isoWeeksIn(year);
    return week >= 1 && week <= last ? right({ unit: "week", year, week }) : left(`${year} has weeks W01 to W${last}`);
  }
  if (match[4] !== undefined) {
    return month >= 1 && month <= 12 ? right({ unit: "month", year, month }) : left("months are 01 to 12");
  }
  return right({ unit: "year", year });
};

const parseRange = (text: string): Either<string, WindowSpec> => {
  const [from, to, ...rest] = text.split("..").map((end): InstantText | undefined => parseInstantText(end));
  if (from === undefined || to === undefined || rest.length > 0) {
    return left("FROM and TO are instants such as 2017-07-14T09:00:00Z, or dates");
  }
  const endsFirst =
    (from._tag === "Instant" && to._tag === "Instant" && to.ms < from.ms) ||
    (from._tag === "LocalDay" && to._tag === "LocalDay" && to.day < from.day);
  return endsFirst ? left("TO lies before FROM") : right({ _tag: "Range", from, to });
};

/** Reads a window as the command line and HTTP write it. */
export const parseWindow = (text: string): Either<UsageFault, WindowSpec> => {
  const refuse = (why: string): Either<UsageFault, WindowSpec> =>
    left(usageFault("BadWindow", `"${text}" is no window${why === "" ? "" : ` (${why})`}: write ${windowForms}.`));
  if (text === "all") return right({ _tag: "All" });
  if (isRolling(text)) return right({ _tag: "Rolling", length: text });
  if (isUnit(text)) return right({ _tag: "ToDate", unit: text });
  if (text.includes("..")) {
    const range = parseRange(text);
    return range._tag === "Left" ? refuse(range.left) : range;
  }
  const period = parsePeriod(text);
  if (period === undefined) return refuse("");
  return period._tag === "Left" ? refuse(period.left) : right({ _tag: "Period", period: period.right });
};
