import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Measure, planKpi } from "@leadwire/kpis";
import type { AlertRule } from "../rule/rule.ts";

/** A view takes these to show that the log has activities. */
const activityMeasures: ReadonlySet<string> = new Set(["response_times", "sla_met"]);

/** The measures that questions of rules are answered from: no other has to be sliced for them. */
export const neededMeasures = (
  rules: ReadonlyArray<AlertRule>,
  measures: ReadonlyArray<Measure>,
  calendar: ZoneCalendar,
  workspace: Workspace,
): ReadonlyArray<Measure> => {
  const asked = rules.flatMap(({ condition }) =>
    condition._tag === "Threshold" ? planKpi(condition.question, calendar, workspace).queries : [],
  );
  if (asked.length === 0) return [];
  const ids = new Set(asked.map(({ query }) => query.measure.id));
  return measures.filter(({ id }) => ids.has(id) || activityMeasures.has(id));
};
