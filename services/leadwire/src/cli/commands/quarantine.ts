import { quarantineExplanations } from "@leadwire/events";
import { wholeText } from "@leadwire/kpis";
import type { QuarantineEntry, ShownQuarantined } from "../../engine/engine.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions } from "../context.ts";
import { safeBytes, safeText } from "../safe-text.ts";
import { tableText } from "../table.ts";
import { withEngine } from "../with-engine.ts";

const detailMax = 90;
const bytesShownMax = 4096;

const cut = (text: string): string => (text.length > detailMax ? `${text.slice(0, detailMax - 1)}…` : text);

/** The list for people; `dataDir` as the command line names it. */
export const listText = (entries: ReadonlyArray<QuarantineEntry>, limit: number, dataDir: string): string => {
  if (entries.length === 0) return "Nothing is in quarantine.\n";
  const hasSettled = entries.some(({ settled }) => settled !== undefined);
  const rows = entries.map(({ id, source, origin, position, reason, detail, settled = "" }) => [
    id,
    source,
    `${origin}:${position}`,
    reason,
    ...(hasSettled ? [settled] : []),
    cut(detail),
  ]);
  const table = tableText(
    ["id", "source", "where", "reason", ...(hasSettled ? ["since"] : []), "detail"].map((title) => ({
      title,
      align: "left" as const,
    })),
    rows,
  );
  const more = entries.length < limit ? "" : `The newest ${wholeText(limit)}; --limit N shows more.\n`;
  return `${table}\n${more}npx leadwire quarantine show ID${dataDirFlag(dataDir)} shows one with its original bytes and the fix; repair and replay bring it back.\n`;
};

export const list = async (
  context: CliContext,
  options: SharedOptions & { readonly limit: number; readonly reason?: string },
): Promise<number> => {
  const { limit, reason } = options;
  const entries = await withEngine(context, options, (engine) => engine.quarantineList(limit, reason));
  const { out } = context.terminal;
  await out(options.json === true ? `${JSON.stringify(entries)}\n` : listText(entries, options.limit, options.dataDir));
  return ExitCode.done;
};

export const showText = (record: ShownQuarantined): string => {
  const { means, fix } = quarantineExplanations[record.reason];
  const partition = record.partition === undefined ? "" : ` partition ${record.partition}, offset`;
  return [
    `${record.id}  ${record.reason}`,
    "",
    `source   ${safeText(record.source_system === "" ? "(unknown)" : record.source_system)}`,
    `where    ${safeText(record.origin)}${partition === "" ? ", line" : partition} ${record.position}`,
    `found    ${safeText(record.detail)}`,
    `means    ${means}`,
    `fix      ${fix}`,
    ...(record.settled === undefined ? [] : [`since    ${record.settled}: the event counts`]),
    "",
    `original (${wholeText(record.bytes.length)} bytes):`,
    safeBytes(record.bytes, bytesShownMax),
    "",
  ].join("\n");
};

export const show = async (context: CliContext, options: SharedOptions & { readonly id: string }): Promise<number> => {
  const record = await withEngine(context, options, (engine) => engine.quarantineShow(options.id));
  if (record === null)
    throw new CommandFault(
      `There is no ${safeText(options.id)} in quarantine. npx leadwire quarantine list${dataDirFlag(options.dataDir)} shows the ids.`,
    );
  const shown = {
    ...record,
    bytes: Buffer.from(record.bytes).toString("base64"),
    ...quarantineExplanations[record.reason],
  };
  await context.terminal.out(options.json === true ? `${JSON.stringify(shown)}\n` : showText(record));
  return ExitCode.done;
};
