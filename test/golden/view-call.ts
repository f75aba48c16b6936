import type { MetricView } from "@leadwire/kpis";
import { businessDays } from "../oracle/business-time.ts";
import { dateStartMs, localDate } from "../oracle/local-time.ts";
import { asNumber } from "../oracle/rational.ts";
import { levelBeforeMs, windowOf } from "../oracle/window.ts";
import type { Expectation, GoldenCase } from "./golden-case.ts";

/** What ClickHouse can hold of the years: an open window begins and ends here. */
const earliestMs = Date.parse("1900-01-01T00:00:00Z");
const latestMs = Date.parse("2299-12-31T00:00:00Z");

const instant = (ms: number): string => `'${new Date(ms).toISOString().replace("T", " ").replace("Z", "")}'`;

/** What each parameter of a metric's view is, for a question of a golden case. */
const parametersOf = ({ workspace }: GoldenCase, { window, atMs, by }: Expectation, view: MetricView) => {
  const [dimension = "company"]: ReadonlyArray<string> = by;
  const { fromMs, toMs, levelMs, prior, period, months } = windowOf(window, atMs, workspace);
  const isLevel = !view.parameters.includes("since");
  const levelAtMs = levelBeforeMs({ fromMs, toMs, atMs, levelMs, prior, period, months });
  const days = businessDays(fromMs ?? atMs, toMs ?? atMs, atMs, workspace);
  return {
    by: `'${dimension === "rep" ? "owner" : dimension}'`,
    since: instant(fromMs ?? earliestMs),
    until: instant(toMs ?? latestMs),
    // A level counts what lies before the instant it is asked for.
    at: instant(isLevel ? levelAtMs : atMs),
    prior_since: instant(prior?.fromMs ?? earliestMs),
    prior_until: instant(prior?.toMs ?? earliestMs),
    prior_at: instant(prior?.atMs ?? earliestMs),
    today: instant(dateStartMs(localDate(levelMs, workspace.timeZone), workspace.timeZone)),
    period: `'${period ?? ""}'`,
    months: String(asNumber(months) ?? 0),
    days_begun: String(days.begun),
    days_all: String(days.all),
  };
};

/** `SELECT` of a metric's view as a question of a golden case asks it: the group and its value. */
export const viewCall = (golden: GoldenCase, expectation: Expectation, view: MetricView): string => {
  const values = parametersOf(golden, expectation, view);
  const asked = view.parameters.map((name) => `${name} = ${values[name]}`).join(", ");
  return `SELECT group_value, value FROM leadwire.${view.name}(${asked})`;
};

const isWhole = (months: number | null): boolean => months !== null && Number.isInteger(months);

/** Views group by one dimension or none, have no filter, and are told whole months to the digit. */
export const isForViews = (golden: GoldenCase, { window, atMs, by, where }: Expectation, view: MetricView): boolean =>
  by.length <= 1 &&
  where.length === 0 &&
  !(view.parameters.includes("months") && !isWhole(asNumber(windowOf(window, atMs, golden.workspace).months)));
