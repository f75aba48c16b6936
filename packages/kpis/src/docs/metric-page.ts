import type { Catalogue } from "../catalogue.ts";
import { languages, type Metric, type Unit } from "../metric.ts";
import { exampleSql } from "./example-sql.ts";
import { formulaWords } from "./formula-words.ts";

const unitWords: Readonly<Record<Unit, string>> = {
  leads: "leads",
  deals: "deals",
  money: "money, in minor units of the workspace's currency",
  ratio: "ratio, 0.63 is 63 %",
  s: "seconds",
};

const languageNames = {
  en: "English",
  ro: "Romanian",
  pl: "Polish",
  ru: "Russian",
  "zh-Hant": "Chinese (traditional)",
};

const made = "<!-- Made from packages/kpis/src/metrics by packages/kpis/catalogue/write-docs.ts: edit there. -->";

const statisticName = (metric: Metric, name: string): string => (name === "" ? metric.id : `${metric.id}.${name}`);

const formulaLines = (metric: Metric): ReadonlyArray<string> =>
  [...metric.statistics].map(([name, { unit, formula }]) => {
    const isDefault = metric.statistics.size > 1 && name === metric.defaultStatistic;
    const note = isDefault ? ` (what the bare name \`${metric.id}\` gives)` : "";
    return `- \`${statisticName(metric, name)}\`${note}: ${formulaWords(formula)}. Unit: ${unitWords[unit]}.`;
  });

const sqlLines = (metric: Metric): ReadonlyArray<string> => {
  const statistic = metric.statistics.get(metric.defaultStatistic);
  if (statistic === undefined) return [];
  const note = statistic.formula._tag === "Percentile" ? " (exact; the metric itself is within 1 % of it)" : "";
  const name = statisticName(metric, metric.defaultStatistic);
  return [
    `\`${name}\` of March 2026 in a workspace in UTC${note}:`,
    "",
    "```sql",
    exampleSql(statistic.formula),
    "```",
  ];
};

/** The page of one metric, as Markdown. */
const metricPage = (metric: Metric): string => {
  const [name, line] = metric.texts.en;
  const grouped = metric.dimensions.find((dimension) => dimension !== "owner") ?? "company";
  const parts = [
    made,
    `# ${name}`,
    `${line}. ${metric.better === "higher" ? "Higher" : "Lower"} is better. Formula version ${metric.version}.`,
    "## Formula",
    formulaLines(metric).join("\n"),
    metric.nullRule,
    "## Example",
    metric.example,
    "## Ask for it",
    `\`\`\`\nnpx leadwire kpi ${metric.id} --window 30d\nnpx leadwire kpi ${metric.id} --window 2026-03 --by ${grouped} --json\n\`\`\``,
    `By company, ${metric.dimensions.map((dimension) => (dimension === "owner" ? "owner (or rep)" : dimension)).join(", ")}.`,
    "## In SQL",
    sqlLines(metric).join("\n"),
    "## Where it misleads",
    metric.misleads,
    `Look beside it at ${metric.beside.map((id) => `[${id}](${id}.md)`).join(", ")}.`,
    "## In other languages",
    languages
      .filter((language) => language !== "en")
      .map((language) => `- ${languageNames[language]}: ${metric.texts[language].join(" – ")}`)
      .join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
};

/** The list of all metrics. */
const metricIndex = (catalogue: Catalogue): string => {
  const rows = [...catalogue.metrics.values()].map((metric) => {
    const names = [...metric.statistics.keys()].filter((name) => name !== "").map((name) => `\`.${name}\``);
    return `| [${metric.id}](${metric.id}.md) | ${metric.texts.en[1]} | ${names.join(" ")} |`;
  });
  const head = `${made}\n\n# Metrics\n\n| metric | what it is | numbers |\n| --- | --- | --- |`;
  return `${head}\n${rows.join("\n")}\n`;
};

/** Every page by its file name, in the folder docs/metrics. */
export const metricPages = (catalogue: Catalogue): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", metricIndex(catalogue)],
    ...[...catalogue.metrics.values()].map((metric) => [`${metric.id}.md`, metricPage(metric)] as const),
  ]);
