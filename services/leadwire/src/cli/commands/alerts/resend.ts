import { readUserName } from "../../../config.ts";
import type { AlertDeliveriesDocument } from "../../../reports/alerts/alert-deliveries.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions } from "../../context.ts";
import { askReport } from "../../print-report.ts";
import { withEngine } from "../../with-engine.ts";
import { appendAlert, authorOf } from "./append-alert.ts";

export interface ResendOptions extends SharedOptions {
  readonly key: string;
  readonly author?: string;
}

/** `alerts resend`: asks the owner of the notification to send it again. */
export const resend = async (context: CliContext, options: ResendOptions): Promise<number> => {
  const { key } = options;
  const author = authorOf(options.author, readUserName());
  const found = await withEngine(context, options, async (engine) => {
    const document = await askReport<AlertDeliveriesDocument>(engine, "alert-deliveries", { key });
    const [one] = document.deliveries;
    if (one === undefined)
      throw new CommandFault(
        `There is no notification ${key}: npx leadwire alerts deliveries --dead${dataDirFlag(options.dataDir)} lists those that can be sent again.`,
      );
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
