import { countText, localText, noNumber, percentText, type QualityLine, wholeText } from "@leadwire/kpis";
import type { QualityDocument } from "../../reports/quality.ts";
import { type CliContext, ExitCode } from "../context.ts";
import { headText, printReport, type ReportOptions, reportArgs } from "../print-report.ts";
import { leftColumn, rightColumn, tableText } from "../table.ts";

export interface QualityOptions extends ReportOptions {
  readonly list?: string;
  readonly limit: number;
}

const trendText = ({ trend }: QualityLine): string => {
  if (trend === null) return "";
  if (trend === 0) return "as before";
  return `${countText(Math.round(Math.abs(trend) * 10_000) / 100)} points ${trend < 0 ? "better" : "worse"}`;
};

const listText = ({ list, checks }: QualityDocument, timeZone: string): string => {
  if (list === undefined) return "";
  if (list.length === 0) return "Nothing is found.\n";
  const columns = ["id", "lead", "owner", "at", "detail"].map(leftColumn);
  const rows = list.map(({ id, lead_id, owner, at, detail }) => [id, lead_id, owner, localText(at, timeZone), detail]);
  const [check] = checks;
  const cut =
    check !== undefined && list.length < check.count
      ? `The newest ${wholeText(list.length)} of ${wholeText(check.count)}; --limit N shows more.\n`
      : "";
  return `\n${check?.means ?? ""}.\n${check?.fix ?? ""}\n\n${tableText(columns, rows)}${cut}`;
};

/** The checks as a table, for people. */
export const qualityText = (document: QualityDocument, timeZone: string): string => {
  const { checks, list } = document;
  const hasTrend = checks.some(({ trend }) => trend !== null);
  const columns = [
    leftColumn("check"),
    rightColumn("found"),
    rightColumn("share"),
    leftColumn("of"),
    ...(hasTrend ? [leftColumn("against the window before")] : []),
  ];
  const rows = checks.map((line) => [
    line.check,
    wholeText(line.count),
    line.share === null ? noNumber : percentText(line.share),
    `${wholeText(line.of)} ${line.of_what}`,
    ...(hasTrend ? [trendText(line)] : []),
  ]);
  const trend = hasTrend || list !== undefined ? "" : "With --window 30d, or another one: whether it gets better.\n";
  const more =
    list === undefined ? `npx leadwire quality --list CHECK shows what it found, and the fix.\n${trend}` : "";
  return `${tableText(columns, rows)}\n${more}${headText(document, timeZone)}${listText(document, timeZone)}`;
};

export const quality = async (context: CliContext, options: QualityOptions): Promise<number> => {
  const { list, limit } = options;
  const args = reportArgs(options, { list, limit: String(limit) });
  await printReport<QualityDocument>(context, options, "quality", args, qualityText);
  return ExitCode.done;
};
