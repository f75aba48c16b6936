import { type MovementPeriod, moneyText, movementKinds, wholeText } from "@leadwire/kpis";
import type { MovementsDocument } from "../../reports/movements.ts";
import type { CliContext } from "../context.ts";
import { exitOf, groupText, headText, printReport, type ReportOptions, reportArgs } from "../print-report.ts";
import { type Column, leftColumn, rightColumn, tableText } from "../table.ts";

export interface MovementsOptions extends ReportOptions {
  readonly every: string;
}

const amountsOf = ({ start_minor, movements, end_minor }: MovementPeriod): ReadonlyArray<number> => [
  start_minor,
  ...movementKinds.map((kind) => movements[kind].amount_minor),
  end_minor,
];

/** The movements as a table, for people. */
export const movementsText = (document: MovementsDocument, timeZone: string): string => {
  const { currency, every, periods } = document;
  const hasGroups = periods.some(({ group }) => groupText(group) !== "");
  const columns: ReadonlyArray<Column> = [
    ...(hasGroups ? [leftColumn("group")] : []),
    leftColumn(every),
    ...["start", ...movementKinds, "end"].map(rightColumn),
    rightColumn("accounts"),
  ];
  const rows = periods.map((period) => [
    ...(hasGroups ? [groupText(period.group)] : []),
    `${period.period}${period.running ? "*" : ""}`,
    ...amountsOf(period).map((minor) => moneyText(minor, currency)),
    wholeText(period.end_accounts),
  ]);
  const verdict = periods.every((period) => period.adds_up)
    ? "It adds up: start + movements = end, in every line."
    : "It does NOT add up where the end differs from the level read by itself. Run npx leadwire verify.";
  return [
    "Monthly recurring revenue",
    "",
    tableText(columns, rows),
    verdict,
    "*: not over yet.",
    headText(document, timeZone),
  ].join("\n");
};

export const movements = async (context: CliContext, options: MovementsOptions): Promise<number> => {
  const args = reportArgs(options, { every: options.every });
  const document = await printReport<MovementsDocument>(context, options, "movements", args, movementsText);
  return exitOf(document.periods.every((period) => period.adds_up));
};
