import { figuresText } from "@leadwire/alerts";
import { countText, localText } from "@leadwire/kpis";
import type { AlertHistoryDocument } from "../../../reports/alerts/alert-history.ts";
import type { AlertLine } from "../../../reports/alerts/alert-line.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../../context.ts";
import { printReport } from "../../print-report.ts";
import { safeText } from "../../safe-text.ts";
import { wrappedText } from "../../table.ts";
import { labelsText } from "./alert-name.ts";

export interface HistoryOptions extends SharedOptions {
  readonly rule?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly events?: boolean;
}

const causes: Readonly<Record<string, string>> = {
  data: "",
  time: "as time passed",
  gone: "there is no value any more",
  rule_changed: "the rule was edited",
  rule_removed: "the rule was taken away",
  formula_changed: "the formulas or the workspace changed",
};

const transitionText = (line: AlertLine, currency: string, timeZone: string, withEvents: boolean): string => {
  const { former, status, step, evaluated_at: found, at, rule_version: version } = line;
  const went = former === status ? `${status}, step ${step}` : `${former} → ${status}`;
  const late = Date.parse(found) - Date.parse(at) >= 60_000 ? `, found ${localText(found, timeZone)}` : "";
  const cause = causes[line.cause] ?? line.cause;
  const indent = " ".repeat(18);
  const value = figuresText(line, currency);
  const labels = labelsText(line.labels);
  return [
    `${localText(at, timeZone).slice(0, 16)}  ${went}  ${line.rule}${late}`,
    wrappedText(indent, safeText(line.summary)),
    ...(value === "" ? [] : [`${indent}${value}`]),
    ...(cause === "" ? [] : [`${indent}${cause}`]),
    ...(labels === "" ? [] : [wrappedText(indent, safeText(labels))]),
    ...(withEvents
      ? [
          `${indent}rule version ${version}`,
          ...line.events.map((event) => `${indent}${safeText(event)}`),
          ...(line.explain === "" ? [] : [wrappedText(indent, safeText(line.explain))]),
        ]
      : []),
  ].join("\n");
};

/** Transitions, the newest first, for people. */
export const historyText = (
  { transitions, cut, currency }: AlertHistoryDocument,
  timeZone: string,
  withEvents: boolean,
): string => {
  if (transitions.length === 0) return "No alert has changed its state.\n";
  const lines = transitions.map((line) => transitionText(line, currency, timeZone, withEvents)).join("\n\n");
  const more = cut ? `The newest ${countText(transitions.length)}; --limit N shows more.\n` : "";
  const hint = withEvents ? "" : "--events shows the events behind each, and the rule's version.\n";
  return `${lines}\n\nTimes are of ${timeZone}.\n${more}${hint}`;
};

/** `alerts history`. */
export const alertHistory = async (context: CliContext, options: HistoryOptions): Promise<number> => {
  const { rule, from, to, limit, events } = options;
  const args = {
    ...(rule === undefined ? {} : { rule }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    limit: String(limit),
  };
  await printReport<AlertHistoryDocument>(context, options, "alert-history", args, (document, timeZone) =>
    historyText(document, timeZone, events === true),
  );
  return ExitCode.done;
};
