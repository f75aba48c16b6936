import { type Cohort, moneyText, percentText, wholeText } from "@leadwire/kpis";
import type { CohortsDocument } from "../../reports/cohorts.ts";
import { type CliContext, ExitCode } from "../context.ts";
import { groupText, headText, printReport, type ReportOptions, reportArgs } from "../print-report.ts";
import { type Column, leftColumn, rightColumn, tableText } from "../table.ts";

export interface CohortsOptions extends ReportOptions {
  readonly metric: string;
  readonly every: string;
  readonly ages: number;
}

const cellText = ({ running_age: running }: Cohort, value: number | null, age: number): string =>
  value === null ? "" : `${percentText(value)}${age === running ? "*" : ""}`;

/** The cohorts as a table, for people: one row each, one column for each age. */
export const cohortsText = (document: CohortsDocument, timeZone: string): string => {
  const { metric, members, every, currency } = document;
  const cohorts = document.cohorts.filter(({ size }) => size > 0);
  if (cohorts.length === 0) return `No ${members} began in this window.\n${headText(document, timeZone)}`;
  const ages = Math.max(0, ...cohorts.map(({ values }) => values.length));
  const hasGroups = cohorts.some(({ group }) => groupText(group) !== "");
  const columns: ReadonlyArray<Column> = [
    ...(hasGroups ? [leftColumn("group")] : []),
    leftColumn(every),
    rightColumn(members),
    ...(currency === undefined ? [] : [rightColumn("mrr at first")]),
    ...Array.from({ length: ages }, (_, age) => rightColumn(String(age))),
  ];
  const rows = cohorts.map((cohort) => [
    ...(hasGroups ? [groupText(cohort.group)] : []),
    cohort.cohort,
    wholeText(cohort.size),
    ...(currency === undefined ? [] : [moneyText(cohort.start_minor ?? 0, currency)]),
    ...cohort.values.map((value, age) => cellText(cohort, value, age)),
  ]);
  return [
    `${metric} by ${every}, and by age in ${every}s`,
    "",
    tableText(columns, rows),
    `*: not over yet. Empty: not reached. A ${every} in which nobody began has no line.`,
    headText(document, timeZone),
  ].join("\n");
};

export const cohorts = async (context: CliContext, options: CohortsOptions): Promise<number> => {
  const { metric, every, ages } = options;
  const args = reportArgs(options, { metric, every, ages: String(ages) });
  await printReport<CohortsDocument>(context, options, "cohorts", args, cohortsText);
  return ExitCode.done;
};
