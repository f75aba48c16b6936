import type { ExplainDocument } from "../../reports/explain/explain.ts";
import type { CliContext, SharedOptions } from "../context.ts";
import { explainText } from "../explain-text.ts";
import { exitOf, printReport } from "../print-report.ts";

export interface ExplainOptions extends SharedOptions {
  readonly metric: string;
  readonly window: string;
  /** `DIM=VALUE`, each. */
  readonly group: ReadonlyArray<string>;
  readonly where: ReadonlyArray<string>;
  readonly at: string;
  readonly asOf?: string;
  readonly limit: number;
}

export const explain = async (context: CliContext, options: ExplainOptions): Promise<number> => {
  const { metric, window, group, where, at, asOf, limit } = options;
  const args = {
    metric,
    window,
    at,
    group,
    where,
    limit: String(limit),
    ...(asOf === undefined ? {} : { as_of: asOf }),
  };
  const document = await printReport<ExplainDocument>(context, options, "explain", args, explainText);
  return exitOf(document.adds_up);
};
