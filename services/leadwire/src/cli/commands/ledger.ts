import { wholeText } from "@leadwire/kpis";
import type { LedgerLine, LedgerReport } from "../../engine/engine.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";
import { type Column, tableText } from "../table.ts";
import { withEngine } from "../with-engine.ts";

const counted: ReadonlyArray<keyof Omit<LedgerLine, "source">> = [
  "accepted",
  "applied",
  "duplicate",
  "quarantined",
  "pending",
  "missing",
  "forwarded",
  "superseded",
  "conflict",
];

export const ledgerText = ({ lines, total, balanced }: LedgerReport): string => {
  const shown = counted.filter((name) => name !== "forwarded" || total.forwarded > 0);
  const columns: ReadonlyArray<Column> = [
    { title: "source", align: "left" },
    ...shown.map((title): Column => ({ title, align: "right" })),
  ];
  const row = (source: string, line: Omit<LedgerLine, "source">): ReadonlyArray<string> => [
    source,
    ...shown.map((name) => wholeText(line[name])),
  ];
  const rows = lines.map((line) => row(line.source === "" ? "(unknown)" : line.source, line));
  const verdict = balanced
    ? "It adds up: accepted = applied + duplicate + quarantined + pending, for each source."
    : "It does NOT add up: accepted differs from applied + duplicate + quarantined + pending where `missing` is not 0. " +
      "Run npx leadwire rebuild; if it stays, report it.";
  const conflicts =
    total.conflict === 0
      ? ""
      : `${wholeText(total.conflict)} duplicates carry other content under the same id and revision: the sender should raise the revision.\n`;
  const superseded =
    total.superseded === 0 ? "" : "Superseded: among the applied; a higher revision of the same event counts.\n";
  const forwarded =
    total.forwarded === 0
      ? ""
      : "Forwarded: lay in a wrong partition or topic and was sent on; its copy is what is accepted. " +
        "Its producer should partition by murmur2 of the key.\n";
  return `${tableText(columns, [...rows, row("total", total)])}\n${verdict}\n${forwarded}${superseded}${conflicts}`;
};

export const ledger = async (context: CliContext, options: SharedOptions): Promise<number> => {
  const report = await withEngine(context, options, (engine) => engine.ledger());
  await context.terminal.out(options.json === true ? `${JSON.stringify(report)}\n` : ledgerText(report));
  return report.balanced ? ExitCode.done : ExitCode.failed;
};
