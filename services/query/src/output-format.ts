/** Output formats for `--format`; ClickHouse writes them. */
export const outputFormats = [
  "PrettyCompactMonoBlock",
  "Vertical",
  "Markdown",
  "CSV",
  "CSVWithNames",
  "TSV",
  "TSVWithNames",
  "JSON",
  "JSONEachRow",
  "JSONCompactEachRow",
  "JSONColumns",
  "Parquet",
  "ArrowStream",
] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Short names, and any spelling of the long ones. */
const shortNames: Readonly<Record<string, OutputFormat>> = {
  table: "PrettyCompactMonoBlock",
  csv: "CSVWithNames",
  tsv: "TSVWithNames",
  jsonl: "JSONEachRow",
  ndjson: "JSONEachRow",
  arrow: "ArrowStream",
};

/** The format that a person named; undefined where there is none of that name. */
export const outputFormatOf = (name: string): OutputFormat | undefined =>
  shortNames[name.toLowerCase()] ?? outputFormats.find((format) => format.toLowerCase() === name.toLowerCase());
