import { numberText, type Unit } from "@leadwire/kpis";
import type { MetricEntry, MetricsDocument } from "../reports/metrics.ts";
import { type MetricsWords, metricsWords } from "./metrics-words.ts";
import { safeText } from "./safe-text.ts";
import { paddedText, textWidth, wrappedText } from "./table.ts";

const unitText = (unit: Unit): string =>
  unit === "s" ? "seconds" : unit === "x" ? "times" : unit.replaceAll("_", " ");

/** Without the marks that the pages of docs/metrics have. */
const plainText = (text: string): string => text.replaceAll("`", "");

/** A line with its label in front, those of all labels in one column. */
type Labelled = (label: string, text: string) => string;

const labelled = ({ by, null: none, misleads, targets }: MetricsWords): Labelled => {
  const width = Math.max(...[by, none, misleads, targets].map(textWidth)) + 3;
  return (label, text) => wrappedText(`  ${paddedText(`${label}:`, width)}`, text);
};

const statisticLines = ({ statistics }: MetricEntry, words: MetricsWords): ReadonlyArray<string> => {
  const nameWidth = Math.max(...statistics.map(({ name }) => name.length));
  const unitWidth = Math.max(...statistics.map(({ unit }) => unitText(unit).length));
  const by = (dimensions: ReadonlyArray<string>): string => ["company", ...dimensions].join(", ");
  const common = by(statistics[0]?.dimensions ?? []);
  const isCommon = statistics.every(({ dimensions }) => by(dimensions) === common);
  const indent = " ".repeat(nameWidth + unitWidth + 6);
  const lines = statistics.flatMap(({ name, unit, formula, dimensions }) => [
    wrappedText(
      `  ${paddedText(name, nameWidth)}  ${paddedText(unitText(unit), unitWidth)}  `,
      plainText(formula).replaceAll("_", " "),
    ),
    ...(isCommon ? [] : [wrappedText(indent, `by ${by(dimensions)}`)]),
  ]);
  return isCommon ? [...lines, labelled(words)(words.by, common)] : lines;
};

const targetsMax = 6;

const targetLine = (
  { targets, statistics }: MetricEntry,
  currency: string,
  words: MetricsWords,
): ReadonlyArray<string> => {
  if (targets.length === 0) return [];
  const unitOf = (wanted: string): Unit | undefined =>
    (statistics.find(({ name }) => name === wanted) ?? statistics.find((each) => each.default))?.unit;
  const shown = targets
    .slice(0, targetsMax)
    .map(({ metric, scope, period, value }) =>
      safeText(`${scope} ${period} ${numberText(value, { unit: unitOf(metric) ?? "units", currency })}`),
    );
  const more = targets.length > targetsMax ? [words.more(targets.length - targetsMax)] : [];
  return [labelled(words)(words.targets, [...shown, ...more].join("; "))];
};

const metricText = (entry: MetricEntry, currency: string, words: MetricsWords): string =>
  [
    `${entry.metric}  ${entry.name}`,
    wrappedText("  ", `${entry.line}${words.stop}${words.better[entry.better]}`),
    ...statisticLines(entry, words),
    labelled(words)(words.null, plainText(entry.null_rule)),
    labelled(words)(words.misleads, plainText(entry.misleads)),
    ...targetLine(entry, currency, words),
    "",
  ].join("\n");

/** Every metric for people: what it is, its numbers with unit, formula and dimensions, and where it misleads. */
export const metricsText = ({ metrics, currency, language }: MetricsDocument): string =>
  metrics.map((entry) => metricText(entry, currency, metricsWords[language])).join("\n");
