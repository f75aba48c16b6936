import { localText, wholeText } from "@leadwire/kpis";
import type { AlertDeliveriesDocument, DeliveryLine } from "../../../reports/alerts/alert-deliveries.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions } from "../../context.ts";
import { printReport } from "../../print-report.ts";
import { safeText } from "../../safe-text.ts";
import { leftColumn, rightColumn, tableText } from "../../table.ts";

export interface DeliveriesOptions extends SharedOptions {
  readonly dead?: boolean;
  readonly limit: number;
}

const detailMax = 34;
const shortText = (text: string): string => (text.length > detailMax ? `${text.slice(0, detailMax - 1)}…` : text);

const rowOf =
  (timeZone: string) =>
  ({ key, receiver, outcome, attempts, planned_at: planned, detail }: DeliveryLine): ReadonlyArray<string> => [
    key,
    localText(planned, timeZone).slice(0, 16),
    receiver,
    outcome === "under_way" ? "under way" : outcome,
    outcome === "under_way" ? "" : wholeText(attempts),
    shortText(safeText(detail)),
  ];

/** What receivers were told, for people; `dataDir` as the command line names it. */
export const deliveriesText = (
  { deliveries, cut }: AlertDeliveriesDocument,
  timeZone: string,
  dataDir: string,
  deadOnly = false,
): string => {
  if (deliveries.length === 0) return deadOnly ? "Nothing was given up.\n" : "Nobody was told anything.\n";
  const columns = [
    leftColumn("key"),
    leftColumn("planned"),
    leftColumn("receiver"),
    leftColumn("outcome"),
    rightColumn("tries"),
    leftColumn("answer"),
  ];
  const more = cut ? `The newest ${wholeText(deliveries.length)}; --limit N shows more.\n` : "";
  const dead = deliveries.some(({ outcome }) => outcome === "dead")
    ? `npx leadwire alerts resend KEY${dataDirFlag(dataDir)} sends one again that was given up.\n`
    : "";
  return `${tableText(columns, deliveries.map(rowOf(timeZone)))}Times are of ${timeZone}.\n${more}${dead}`;
};

/** `alerts deliveries`. */
export const deliveries = async (context: CliContext, options: DeliveriesOptions): Promise<number> => {
  const args = { limit: String(options.limit), ...(options.dead === true ? { outcome: "dead" } : {}) };
  await printReport<AlertDeliveriesDocument>(context, options, "alert-deliveries", args, (document, timeZone) =>
    deliveriesText(document, timeZone, options.dataDir, options.dead === true),
  );
  return ExitCode.done;
};
