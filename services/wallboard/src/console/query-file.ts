import type { ChartChoice, SavedQuery } from "./saved-query.ts";

/**
 * A saved query as a file that every SQL tool reads: what is said about it stands in comments in front of the statement.
 *
 *     -- title: Win rate by channel
 *     -- description: Won of decided, the last 90 days.
 *     -- chart: bar x=channel y=win_rate
 *     SELECT …
 */

const line = /^--[ \t]*(title|description|chart)[ \t]*:[ \t]*(.*?)[ \t]*$/u;
const kinds = ["line", "bar", "scatter"] as const;

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

const chartText = ({ kind, x, y, series }: ChartChoice): string => {
  const named = [["x", x], ["y", y], ...(series === null ? [] : [["series", series]])];
  return `${kind} ${named.map(([key, column = ""]) => `${key}=${encodeURIComponent(column)}`).join(" ")}`;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign of somebody who wrote the line by hand.
    return text;
  }
};

const chartOf = (text: string): ChartChoice | null => {
  const [kind, ...pairs] = text.split(/\s+/u);
  const known = kinds.find((each) => each === kind);
  const columns = new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), decoded(pair.slice(pair.indexOf("=") + 1))]),
  );
  const [x, y] = [columns.get("x"), columns.get("y")];
  // A table is what a query without a chart shows.
  if (known === undefined || x === undefined || y === undefined) return null;
  return { kind: known, x, y, series: columns.get("series") ?? null };
};

/** The statement as it was written, below what is said about it. */
export const queryText = ({ title, description, sql, chart }: SavedQuery): string => {
  const head = [
    ...(oneLine(title) === "" ? [] : [`-- title: ${oneLine(title)}`]),
    ...(oneLine(description) === "" ? [] : [`-- description: ${oneLine(description)}`]),
    ...(chart === null ? [] : [`-- chart: ${chartText(chart)}`]),
  ];
  return `${[...head, sql.trim()].join("\n")}\n`;
};

/** What a file holds. Any text is a query: a head that says something else is part of the statement. */
export const parseQuery = (name: string, text: string): SavedQuery => {
  const lines = text
    .replace(/^\uFEFF/u, "")
    .replaceAll("\r\n", "\n")
    .split("\n");
  const said = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at++) {
    const [, key, value = ""] = line.exec(lines[at] ?? "") ?? [];
    if (key === undefined || said.has(key)) break;
    said.set(key, value);
  }
  return {
    name,
    title: said.get("title") ?? "",
    description: said.get("description") ?? "",
    sql: lines.slice(at).join("\n").trim(),
    chart: chartOf(said.get("chart") ?? ""),
  };
};
