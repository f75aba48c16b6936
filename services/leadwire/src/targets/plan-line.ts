import { isoText, type PlanEntry, planOrder } from "@leadwire/kpis";
import { forecastMetric } from "./plan-event.ts";

/** A target or a forecast as `targets list` shows it. */
export interface PlanLine {
  /** `forecast` of a forecast. */
  readonly metric: string;
  /** company, team:NAME or rep:NAME. */
  readonly scope: string;
  readonly period: string;
  /** In the metric's own unit; money in minor units of the workspace's currency. */
  readonly value: number;
  /** ISO 8601, UTC. */
  readonly set_at: string;
  /** False for one that a later one took the place of. */
  readonly counts: boolean;
}

const scopeText = ({ level, name }: PlanEntry): string =>
  level === "company" ? "company" : `${level === "owner" ? "rep" : "team"}:${name}`;

const metricOf = ({ kind, subject }: PlanEntry): string => (kind === "forecast" ? forecastMetric : subject);

const sortKey = ({ metric, scope, period, set_at }: PlanLine): string =>
  [metric, scope === "company" ? 0 : 1, scope, period, set_at].join("\u0000");

/** Every target and forecast, by metric, scope and period, the oldest first; of each the last one counts. */
export const planLines = (entries: ReadonlyArray<PlanEntry>): ReadonlyArray<PlanLine> => {
  const last = new Map<string, PlanEntry>();
  const keyOf = (entry: PlanEntry): string => JSON.stringify([metricOf(entry), scopeText(entry), entry.period]);
  for (const entry of [...entries].sort(planOrder)) last.set(keyOf(entry), entry);
  return entries
    .map((entry) => ({
      metric: metricOf(entry),
      scope: scopeText(entry),
      period: entry.period,
      value: entry.value,
      set_at: isoText(entry.atMs),
      counts: last.get(keyOf(entry)) === entry,
    }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
};
