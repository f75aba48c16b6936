import type { Dimension } from "@leadwire/funnel";
import type { Catalogue } from "../catalogue.ts";
import { type CompletedStatistic, languages, type Metric, type Unit } from "../metric.ts";
import { isOfDays } from "../sql/day-view.ts";
import { metricViews } from "../sql/metric-views.ts";
import { exampleSql, viewExample } from "./example-sql.ts";
import { formulaWords } from "./formula-words.ts";
import { factList, windowWords } from "./list-words.ts";

const unitWords: Readonly<Record<Unit, string>> = {
  leads: "leads",
  deals: "deals",
  accounts: "accounts",
  activities: "activities",
  touches: "touches",
  units: "units",
  money: "money, in minor units of the workspace's currency",
  money_per_day: "money a day, in minor units of the workspace's currency",
  ratio: "ratio, 0.63 is 63 %",
  x: "a multiple, 3 is 3 ×",
  months: "months",
  score: "score",
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

const dimensionWords = (dimensions: ReadonlyArray<Dimension>): string =>
  ["company", ...dimensions.map((dimension) => (dimension === "owner" ? "owner (or rep)" : dimension))].join(", ");

const sameDimensions = (metric: Metric, { dimensions }: CompletedStatistic): boolean =>
  dimensions.join() === metric.dimensions.join();

const formulaLines = (metric: Metric): ReadonlyArray<string> =>
  [...metric.statistics].map(([name, statistic]) => {
    const isDefault = metric.statistics.size > 1 && name === metric.defaultStatistic;
    const note = isDefault && name !== "" ? ` (what the bare name \`${metric.id}\` gives)` : "";
    const by = sameDimensions(metric, statistic) ? "" : ` By ${dimensionWords(statistic.dimensions)}.`;
    return `- \`${statisticName(metric, name)}\`${note}: ${formulaWords(statistic.formula)}. Unit: ${unitWords[statistic.unit]}.${by}`;
  });

/** By the words of a window, and by day where it has a number of a day. */
const windowExample = (view: string, statistic: CompletedStatistic): ReadonlyArray<string> => {
  const [dimension = ""] = statistic.dimensions;
  const asked = `SELECT * FROM leadwire.${view}_window(window = '2026-03', by = '${dimension}', at = '', as_of = '')`;
  const daily = `SELECT day, value FROM leadwire.${view}_daily WHERE dimension = 'company' ORDER BY day`;
  return isOfDays(statistic.formula)
    ? ["Over a window, and by day ([sql.md](../sql.md)):", "", "```sql", `${asked};\n\n${daily}`, "```"]
    : ["Over a window ([sql.md](../sql.md)); it has no number of a day:", "", "```sql", asked, "```"];
};

const sqlLines = (metric: Metric): ReadonlyArray<string> => {
  const statistic = metric.statistics.get(metric.defaultStatistic);
  if (statistic === undefined) return [];
  const name = statisticName(metric, metric.defaultStatistic);
  const view = metricViews(metric).find((one) => one.statistic === metric.defaultStatistic);
  const asked = view === undefined ? [] : ["```sql", viewExample(view), "```"];
  const sql = exampleSql(statistic.formula);
  const simple = [...windowExample(view?.name ?? "", statistic), ""];
  if (sql === undefined) return [...simple, `Between instants, in a workspace in UTC:`, "", ...asked];
  const note = statistic.formula._tag === "Percentile" ? " (exact; the metric itself is within 1 % of it)" : "";
  return [
    ...simple,
    `From the facts, \`${name}\` of March 2026 in a workspace in UTC${note}:`,
    "",
    "```sql",
    sql,
    "```",
    ...(asked.length === 0 ? [] : ["", "Between instants:", "", ...asked]),
  ];
};

/** Every metric can be held against a target: as it is written, with a value in the metric's unit. */
const targetLines = (metric: Metric): ReadonlyArray<string> =>
  metric.dimensions.includes("owner") && metric.dimensions.includes("team")
    ? [
        `A target of \`${metric.id}\` for the company, a team or a rep in a month, quarter or year (\`npx leadwire targets --help\`) stands beside the number of that period, with attainment and gap.`,
      ]
    : [];

/** The page of one metric, as Markdown. */
const metricPage = (metric: Metric): string => {
  const [name, line] = metric.texts.en;
  const grouped = metric.dimensions.find((dimension) => dimension !== "owner") ?? "company";
  const second = grouped === "company" ? "" : `npx leadwire kpi ${metric.id} --window 2026-03 --by ${grouped} --json\n`;
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
    `\`\`\`\nnpx leadwire kpi ${metric.id} --window ${grouped === "company" ? "2026-03" : "30d"}\n${second}\`\`\``,
    `By ${dimensionWords(metric.dimensions)}. Beside the window before: \`--compare prior\`, a year earlier: \`--compare year\`.`,
    ...targetLines(metric),
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

/** What stands below the list: how to ask the views, which know no calendar. */
const viewWords = `## In SQL

Every number has three views ([sql.md](../sql.md)): \`leadwire.kpi_<metric>_window\` takes the words of a window, \`leadwire.kpi_<metric>_daily\` has a row for each day and group, and \`leadwire.kpi_<metric>\` goes between instants; a metric with several numbers has them as \`kpi_<metric>_<number>\`. The last is asked with all of its parameters; each page shows them. It gives one row per group (\`group_value\`) with the parts and \`value\`, the same bit for bit as \`npx leadwire kpi\`; a group without any fact has no row. The caller knows the calendar, the view does not:

| parameter | what it is |
| --- | --- |
| \`by\` | a dimension, or \`company\` |
| \`since\`, \`until\` | the window in UTC, from included, to excluded |
| \`at\` | nothing later counts; levels are read before the earlier of \`until\` and \`at\` |
| \`prior_since\`, \`prior_until\`, \`prior_at\` | the same of the window before |
| \`today\` | the first instant of the local day that the pipeline is read on |
| \`period\` | of targets and forecasts: 2026, 2026-Q1 or 2026-03 |
| \`months\` | 1, 3 or 12 of a calendar month, quarter or year; 0 of another window, whose hours are then divided by 730.5 |
| \`days_begun\`, \`days_all\` | the period's business days that have begun, and all of them |
`;

/** The list of all metrics. */
const metricIndex = (catalogue: Catalogue): string => {
  const rows = [...catalogue.metrics.values()].map((metric) => {
    const names = [...metric.statistics.keys()].filter((name) => name !== "").map((name) => `\`.${name}\``);
    return `| [${metric.id}](${metric.id}.md) | ${metric.texts.en[1]} | ${names.join(" ")} |`;
  });
  const head = `${made}\n\n# Metrics\n\n| metric | what it is | numbers |\n| --- | --- | --- |`;
  return `${head}\n${rows.join("\n")}\n\n${windowWords}\n\n${factList}\n\n${viewWords}`;
};

/** Every page by its file name, in the folder docs/metrics. */
export const metricPages = (catalogue: Catalogue): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", metricIndex(catalogue)],
    ...[...catalogue.metrics.values()].map((metric) => [`${metric.id}.md`, metricPage(metric)] as const),
  ]);
