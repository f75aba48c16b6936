import { localText } from "@leadwire/kpis";
import type { AlertsDocument, StandingAlert } from "../../../reports/alerts/alerts.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions } from "../../context.ts";
import { printReport } from "../../print-report.ts";
import { safeText } from "../../safe-text.ts";
import { wrappedText } from "../../table.ts";
import { labelsText } from "./alert-name.ts";

export interface ListOptions extends SharedOptions {
  readonly all?: boolean;
  readonly rule?: string;
}

const notesOf = ({ silenced_by: silences, acknowledged, step }: StandingAlert): ReadonlyArray<string> => [
  ...(step > 0 ? [`escalated ${step === 1 ? "once" : `${step} times`}`] : []),
  ...silences.map((id) => `silenced by ${id}`),
  ...(acknowledged === undefined
    ? []
    : [`${acknowledged.author} looks after it${acknowledged.comment === "" ? "" : `: ${acknowledged.comment}`}`]),
];

const alertText = (alert: StandingAlert, timeZone: string): string => {
  const labels = labelsText(alert.labels);
  const since = alert.status === "resolved" ? alert.at : alert.started_at;
  const head = `${alert.status.padEnd(8)}  ${alert.severity.padEnd(8)}  ${alert.rule}, since ${localText(since, timeZone)}`;
  const indent = " ".repeat(20);
  return [
    head,
    wrappedText(indent, safeText(alert.summary)),
    ...(labels === "" ? [] : [wrappedText(indent, safeText(labels))]),
    ...notesOf(alert).map((note) => wrappedText(indent, safeText(note))),
  ].join("\n");
};

/** The alerts that stand, each with what happened and since when; `dataDir` as the command line names it. */
export const alertsText = ({ alerts }: AlertsDocument, timeZone: string, dataDir: string): string => {
  if (alerts.length === 0) return "No alert is pending or firing.\n";
  const count = (status: string): number => alerts.filter((alert) => alert.status === status).length;
  const resolved = count("resolved");
  const counts = `${count("firing")} firing, ${count("pending")} pending${resolved > 0 ? `, ${resolved} resolved in the last 24 h` : ""}. Times are of ${timeZone}.`;
  const more = `npx leadwire alerts history --rule RULE${dataDirFlag(dataDir)} shows how it came to this; ack RULE says that you look after it.`;
  return `${alerts.map((alert) => alertText(alert, timeZone)).join("\n\n")}\n\n${counts}\n${more}\n`;
};

/** `alerts list`. */
export const listAlerts = async (context: CliContext, options: ListOptions): Promise<number> => {
  const { all, rule } = options;
  const args = { ...(all === true ? { all: "true" } : {}), ...(rule === undefined ? {} : { rule }) };
  await printReport<AlertsDocument>(context, options, "alerts", args, (document, timeZone) =>
    alertsText(document, timeZone, options.dataDir),
  );
  return ExitCode.done;
};
