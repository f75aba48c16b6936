import { parseFilters } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { readUserName } from "../../../config.ts";
import type { AlertsDocument } from "../../../reports/alerts/alerts.ts";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { askReport } from "../../print-report.ts";
import { safeText } from "../../safe-text.ts";
import { withEngine } from "../../with-engine.ts";
import { alertName } from "./alert-name.ts";
import { appendAlert, authorOf } from "./append-alert.ts";

export interface AckOptions extends SharedOptions {
  readonly rule: string;
  readonly group: ReadonlyArray<string>;
  readonly comment?: string;
  readonly author?: string;
}

/** `alerts ack`: says that somebody looks after alerts that fire, all of a rule or those of a group. */
export const ack = async (context: CliContext, options: AckOptions): Promise<number> => {
  const filters = parseFilters(options.group);
  if (isLeft(filters)) throw wrongUsage(filters.left.message);
  const author = authorOf(options.author, readUserName());
  const { rule, comment = "" } = options;
  const taken = await withEngine(context, options, async (engine) => {
    const { alerts } = await askReport<AlertsDocument>(engine, "alerts", {});
    const firing = alerts.filter(({ status }) => status === "firing");
    const matching = firing.filter(
      (alert) => alert.rule === rule && filters.right.every(([label, value]) => alert.labels[label] === value),
    );
    if (matching.length === 0) {
      const named = firing.map((alert) => `  ${safeText(alertName(alert))}`).join("\n");
      throw new CommandFault(
        `No alert of ${rule} that matches is firing.${named === "" ? " Nothing is." : ` These are:\n${named}`}`,
      );
    }
    for (const { rule_set, fingerprint } of matching) {
      const record = { rule_set, rule, fingerprint, author, comment, acknowledged_at: context.nowMs() };
      await appendAlert(engine, rule_set, { name: "alert-acknowledged", record });
    }
    return matching;
  });
  const lines = taken.map((alert) => `${author} looks after ${safeText(alertName(alert))}.`);
  const told = taken.map(({ rule_set, fingerprint, labels }) => ({ rule_set, rule, fingerprint, labels }));
  await context.terminal.out(
    options.json === true
      ? `${JSON.stringify({ author, acknowledged: told })}\n`
      : `${lines.join("\n")}\nIt is not repeated and does not escalate until it is resolved.\n`,
  );
  return ExitCode.done;
};
