import {
  businessTimeText,
  durationText,
  type FunnelPipeline,
  type FunnelStage,
  noNumber,
  percentText,
  wholeText,
} from "@leadwire/kpis";
import type { FunnelDocument } from "../../reports/funnel.ts";
import { type CliContext, ExitCode } from "../context.ts";
import { groupText, headText, printReport, type ReportOptions, reportArgs } from "../print-report.ts";
import { type Column, leftColumn, rightColumn, tableText } from "../table.ts";

export interface FunnelOptions extends ReportOptions {
  readonly pipeline?: string;
}

const orNone = (value: number | null, text: (value: number) => string): string =>
  value === null ? noNumber : text(value);

const columns: ReadonlyArray<readonly [title: string, cell: (stage: FunnelStage) => string]> = [
  ["entries", ({ entries }) => wholeText(entries)],
  ["again", ({ entered_again }) => wholeText(entered_again)],
  ["exits", ({ exits }) => wholeText(exits)],
  ["advances", ({ advances }) => wholeText(advances)],
  ["back", ({ regressions }) => wholeText(regressions)],
  ["lost", ({ lost }) => wholeText(lost)],
  ["no decision", ({ no_decision }) => wholeText(no_decision)],
  ["conversion", ({ conversion }) => orNone(conversion, percentText)],
  ["of first", ({ share_of_first }) => orNone(share_of_first, percentText)],
  ["time p50", ({ time_in_stage: { p50 } }) => orNone(p50, durationText)],
  ["mean", ({ time_in_stage: { mean } }) => orNone(mean, durationText)],
  ["business p50", ({ time_in_stage: { business_p50: p50 } }) => orNone(p50, businessTimeText)],
];

const pipelineText = ({ group, pipeline, stages }: FunnelPipeline): string => {
  const titles: ReadonlyArray<Column> = [leftColumn("stage"), ...columns.map(([title]) => rightColumn(title))];
  const rows = stages.map((stage) => [stage.stage, ...columns.map(([, cell]) => cell(stage))]);
  const name = groupText(group) === "" ? pipeline : `${groupText(group)}: ${pipeline}`;
  return `${name}\n\n${tableText(titles, rows)}`;
};

/** The funnels as tables, for people. */
export const funnelText = (document: FunnelDocument, timeZone: string): string =>
  [
    ...document.pipelines.map(pipelineText),
    "Conversion: advances of the window / entries of the window; skipped stages count, and each deal once.",
    headText(document, timeZone),
  ].join("\n");

export const funnel = async (context: CliContext, options: FunnelOptions): Promise<number> => {
  const args = reportArgs(options, { pipeline: options.pipeline });
  await printReport<FunnelDocument>(context, options, "funnel", args, funnelText);
  return ExitCode.done;
};
