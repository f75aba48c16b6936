import type { RestatementsDocument } from "../../reports/restatements/restatements.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";
import { printReport } from "../print-report.ts";
import { restatementsText } from "../restatements-text.ts";

export interface RestatementsOptions extends SharedOptions {
  readonly since: string;
  readonly metric?: string;
  readonly window?: string;
  readonly period: string;
  readonly limit: number;
}

export const restatements = async (context: CliContext, options: RestatementsOptions): Promise<number> => {
  const { since, metric, window, period, limit } = options;
  const args = {
    since,
    period,
    limit: String(limit),
    ...(metric === undefined ? {} : { metric }),
    ...(window === undefined ? {} : { window }),
  };
  await printReport<RestatementsDocument>(context, options, "restatements", args, restatementsText);
  return ExitCode.done;
};
