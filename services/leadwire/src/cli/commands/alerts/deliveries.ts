import { localText, wholeText } from "@leadwire/kpis";
import { readUserName } from "../../../config.ts";
import type { AlertDeliveriesDocument, DeliveryLine } from "../../../reports/alerts/alert-deliveries.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions } from "../../context.ts";
import { askReport, printReport } from "../../print-report.ts";
import { safeText } from "../../safe-text.ts";
import { leftColumn, rightColumn, tableText } from "../../table.ts";
import { withEngine } from "../../with-engine.ts";
import { appendAlert, authorOf } from "./append-alert.ts";

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
): string => {
  if (deliveries.length === 0) return "Nobody was told anything.\n";
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
    deliveriesText(document, timeZone, options.dataDir),
  );
  return ExitCode.done;
};

/** `alerts resend`: asks the owner of the notification to send it again. */
export const resend = async (
  context: CliContext,
  options: SharedOptions & { readonly key: string; readonly author?: string },
): Promise<number> => {
  const { key } = options;
  const author = authorOf(options.author, readUserName());
  const found = await withEngine(context, options, async (engine) => {
    const document = await askReport<AlertDeliveriesDocument>(engine, "alert-deliveries", { key });
    const [one] = document.deliveries;
    if (one === undefined)
      throw new CommandFault(`There is no notification ${key}: npx leadwire alerts deliveries --dead lists them.`);
    if (one.outcome !== "dead") {
      const became = one.outcome === "delivered" ? "was delivered" : "is under way: it is tried again by itself";
      throw new CommandFault(`The notification ${key} ${became}.`);
    }
    const record = { key, author, requested_at: context.nowMs() };
    await appendAlert(engine, key, { name: "resend-requested", record }, one.partition);
    return one;
  });
  const text = `${found.receiver} is told again; npx leadwire alerts deliveries${dataDirFlag(options.dataDir)} shows what becomes of it.\n`;
  await context.terminal.out(options.json === true ? `${JSON.stringify({ key, receiver: found.receiver })}\n` : text);
  return ExitCode.done;
};
