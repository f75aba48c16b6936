import type { Unit } from "@leadwire/kpis";
import type { MetricEntry, MetricsDocument } from "../reports/metrics.ts";
import { numberText } from "./kpi-number-text.ts";
import { safeText } from "./safe-text.ts";
import { textWidth } from "./table.ts";

const unitText = (unit: Unit): string =>
  unit === "s" ? "seconds" : unit === "x" ? "times" : unit.replaceAll("_", " ");

const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - textWidth(text)));

const statisticLines = ({ statistics }: MetricEntry): ReadonlyArray<string> => {
  const nameWidth = Math.max(...statistics.map(({ name }) => name.length));
  const unitWidth = Math.max(...statistics.map(({ unit }) => unitText(unit).length));
  const by = (dimensions: ReadonlyArray<string>): string => ["company", ...dimensions].join(", ");
  const common = by(statistics[0]?.dimensions ?? []);
  const isCommon = statistics.every(({ dimensions }) => by(dimensions) === common);
  const lines = statistics.flatMap(({ name, unit, formula, dimensions }) => [
    `  ${padded(name, nameWidth)}  ${padded(unitText(unit), unitWidth)}  ${formula.replaceAll("`", "")}`,
    ...(isCommon ? [] : [`  ${" ".repeat(nameWidth + unitWidth + 2)}  by ${by(dimensions)}`]),
  ]);
  return isCommon ? [...lines, `  By:        ${common}`] : lines;
};

const targetsMax = 6;

const targetLine = ({ targets, statistics }: MetricEntry, currency: string): ReadonlyArray<string> => {
  if (targets.length === 0) return [];
  const unitOf = (wanted: string): Unit | undefined =>
    (statistics.find(({ name }) => name === wanted) ?? statistics.find((each) => each.default))?.unit;
  const shown = targets
    .slice(0, targetsMax)
    .map(({ metric, scope, period, value }) =>
      safeText(`${scope} ${period} ${numberText(value, { unit: unitOf(metric) ?? "units", currency })}`),
    );
  const more = targets.length > targetsMax ? [`and ${targets.length - targetsMax} more (targets list)`] : [];
  return [`  Targets:   ${[...shown, ...more].join("; ")}`];
};

const metricText = (entry: MetricEntry, currency: string): string =>
  [
    `${entry.metric}  ${entry.name}`,
    `  ${entry.line}. ${entry.better === "higher" ? "Higher" : "Lower"} is better.`,
    ...statisticLines(entry),
    `  Null:      ${entry.null_rule.replaceAll("`", "")}`,
    `  Misleads:  ${entry.misleads.replaceAll("`", "")}`,
    ...targetLine(entry, currency),
    "",
  ].join("\n");

/** Every metric for people: what it is, its numbers with unit, formula and dimensions, and where it misleads. */
export const metricsText = ({ metrics, currency }: MetricsDocument): string =>
  metrics.map((entry) => metricText(entry, currency)).join("\n");
