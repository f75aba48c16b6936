import type { Dimension } from "@leadwire/funnel";
import type { Over } from "../expression.ts";
import type { Measure } from "../measure.ts";
import { measureConditions, placedColumn } from "./partial-sql.ts";

/**
 * What a metric's view is asked with: the caller knows the calendar, the view does not. `by` is a dimension or `company`;
 * `since` is included, `until` excluded, nothing later than `at` counts and levels are read before the earlier of both;
 * `today` is the first instant of the local day they are read on.
 */
export type ViewParameter =
  | "by"
  | "since"
  | "until"
  | "at"
  | "prior_since"
  | "prior_until"
  | "prior_at"
  | "today"
  | "period"
  | "months"
  | "days_begun"
  | "days_all";

export const instant = (name: ViewParameter): string => `{${name}:DateTime64(3, 'UTC')}`;

/** The instant before which levels are read, of a view that has a window or only an instant. */
const levelInstant = (hasWindow: boolean): string =>
  hasWindow ? `least(${instant("until")}, ${instant("at")})` : instant("at");

const timeConditions = (measure: Measure, over: Over, hasWindow: boolean): ReadonlyArray<string> => {
  const placed = placedColumn(measure);
  if (over === "prior") {
    if (measure.level) return [`at < least(${instant("prior_until")}, ${instant("prior_at")})`];
    const edges = [`${placed} >= ${instant("prior_since")}`, `${placed} < ${instant("prior_until")}`];
    return [...edges, `at <= ${instant("prior_at")}`];
  }
  const level = levelInstant(hasWindow);
  if (measure.level) return [`at < ${level}`];
  if (over === "window") {
    return [`${placed} >= ${instant("since")}`, `${placed} < ${instant("until")}`, `at <= ${instant("at")}`];
  }
  return [`${placed} >= ${level} - INTERVAL 365 DAY`, `${placed} < ${level}`, `at <= ${instant("at")}`];
};

/** Which facts a measure counts in a view, its time included. */
export const viewConditions = (measure: Measure, over: Over = "window", hasWindow = !measure.level): string =>
  [...measureConditions(measure), ...timeConditions(measure, over, hasWindow)].join(" AND ");

/** The group's value by the parameter `by`; a dimension that the statistic does not have is refused. */
export const groupColumn = (dimensions: ReadonlyArray<Dimension>): string => {
  const cases = dimensions.flatMap((dimension) => [`{by:String} = '${dimension}'`, dimension]);
  const refused = `throwIf(1, 'no such dimension here: by is ${["company", ...dimensions].join(", ")}')::String`;
  return `multiIf(${["{by:String} IN ('', 'company')", "''", ...cases, refused].join(", ")})`;
};
