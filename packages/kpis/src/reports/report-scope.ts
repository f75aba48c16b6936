import type { Dimension, FactKind } from "@leadwire/funnel";
import type { NamedDimension } from "../evaluate/question.ts";
import { instantParam } from "../sql/instant-param.ts";
import type { SqlText } from "../sql/partial-sql.ts";
import type { PlacedWindow, Span } from "../window/window.ts";

/** What a report is about: when, by what, and which facts at all. */
export interface ReportScope {
  readonly window: PlacedWindow;
  readonly by: ReadonlyArray<NamedDimension>;
  readonly where: ReadonlyArray<readonly [Dimension, string]>;
  /** What stands after FROM for the facts of these kinds: as they are known now, or as of an earlier time. */
  readonly facts: (...kinds: ReadonlyArray<FactKind>) => string;
}

/** A row as ClickHouse's JSONCompactEachRow gives it. */
export type ReportRow = ReadonlyArray<unknown>;

/** The facts that are known now, each once. */
export const factsView = "leadwire.facts";

/** Which instants lie in a span, over a column of instants. */
export const spanConditions = (column: string, { fromMs, toMs, atMs }: Span): ReadonlyArray<string> => [
  ...(fromMs === null ? [] : [`${column} >= ${instantParam("from")}`]),
  ...(toMs === null ? [] : [`${column} < ${instantParam("to")}`]),
  ...(Number.isFinite(atMs) ? [`${column} <= ${instantParam("at")}`] : []),
];

/** What the conditions of `spanConditions` refer to. */
export const spanParams = ({ fromMs, toMs, atMs }: Span): SqlText["params"] => ({
  ...(fromMs === null ? {} : { from: fromMs }),
  ...(toMs === null ? {} : { to: toMs }),
  ...(Number.isFinite(atMs) ? { at: atMs } : {}),
});

/** Filters over the columns of facts; the values go as parameters. */
export const whereConditions = (where: ReportScope["where"]): ReadonlyArray<string> =>
  where.map(([dimension], index) => `${dimension} = {where_${index}:String}`);

/** What the conditions of `whereConditions` refer to. */
export const whereParams = (where: ReportScope["where"]): SqlText["params"] =>
  Object.fromEntries(where.map(([, value], index) => [`where_${index}`, value]));

/** The columns that a report is grouped by, each with a comma behind it. */
export const byColumns = (by: ReportScope["by"]): string => by.map(({ dimension }) => `${dimension}, `).join("");

/** A group as an answer shows it: values under the names that the question gave their dimensions. */
export const groupOf = (by: ReportScope["by"], values: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(by.map(({ name }, index) => [name, values[index] ?? ""]));

/** Rows by their first values, in the order of code units: the same on every machine. */
export const inGroups = (
  rows: ReadonlyArray<ReportRow>,
  by: ReportScope["by"],
): ReadonlyArray<readonly [values: ReadonlyArray<string>, rows: ReadonlyArray<ReportRow>]> => {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, by.length).map(String)));
  if (by.length === 0 && groups.size === 0) groups.set("[]", []);
  return [...groups.values()]
    .map((inGroup) => [(inGroup[0] ?? []).slice(0, by.length).map(String), inGroup] as const)
    .sort(([a], [b]) => compareTexts(a, b));
};

const compareTexts = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): number => {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
};
