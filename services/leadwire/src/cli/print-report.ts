import { localText } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";
import { answerText } from "../http/kpi-query.ts";
import type { ReportArgs } from "../reports/report.ts";
import type { ReportHead } from "../reports/report-head.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "./context.ts";
import { windowText } from "./instant-text.ts";
import { withEngine } from "./with-engine.ts";

/** What most reports are asked on the command line. */
export interface ReportOptions extends SharedOptions {
  readonly window: string;
  /** Names with commas. */
  readonly by?: string;
  readonly where?: ReadonlyArray<string>;
  readonly at: string;
  /** Undefined: what is known now. */
  readonly asOf?: string;
}

type Asked = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>;

/** What was said of the options that all reports have, and of a report's own; what was not said is left out. */
export const reportArgs = ({ window, by, where = [], at, asOf }: ReportOptions, own: Asked): ReportArgs => {
  const asked: Asked = {
    window,
    by: by === "" ? undefined : by,
    where: where.length === 0 ? undefined : where,
    at,
    as_of: asOf,
  };
  return Object.fromEntries(
    Object.entries({ ...asked, ...own }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};

/** Asks an engine for a report. Throws wrong usage where there is none of this name, or its arguments are wrong. */
export const askReport = async <Document>(
  engine: Pick<Engine, "report">,
  name: string,
  args: ReportArgs,
): Promise<Document> => {
  const answer = await engine.report(name, args);
  if (isLeft(answer)) throw wrongUsage(answer.left.message);
  // The report of this name makes this document; over HTTP it came as JSON from the same code.
  return answer.right as Document;
};

/** Asks the engine for a report and prints it: the document as JSON, else as `text` writes it for people. */
export const printReport = async <Document>(
  context: CliContext,
  options: SharedOptions,
  name: string,
  args: ReportArgs,
  text: (document: Document, timeZone: string) => string,
): Promise<Document> => {
  const [document, shown] = await withEngine(context, options, async (engine) => {
    const made = await askReport<Document>(engine, name, args);
    if (options.json === true) return [made, answerText(made)] as const;
    return [made, text(made, (await engine.workspace()).timeZone)] as const;
  });
  await context.terminal.out(shown);
  return document;
};

/** Where a report lies, and how far the data reach. */
export const headText = (head: ReportHead, timeZone: string): string => {
  const { window, complete_through: through, as_of: asOf, known_since: since } = head;
  const local = (instant: string): string => `${localText(instant, timeZone)} (${timeZone})`;
  return [
    `window          ${windowText(window, timeZone)}`,
    `complete to     ${through === null ? "no events yet" : local(through)}`,
    ...(asOf === undefined ? [] : [`as known at     ${local(asOf)}`]),
    ...(since === undefined
      ? []
      : [`Nothing was known yet: ${since === null ? "the log is empty" : `the log begins at ${local(since)}`}.`]),
    "",
  ].join("\n");
};

/** Exits with 1 where a report that has to add up does not. */
export const exitOf = (addsUp: boolean): number => (addsUp ? ExitCode.done : ExitCode.failed);

/** `north, ana`; empty for the company. */
export const groupText = (group: Readonly<Record<string, string>>): string => Object.values(group).join(", ");
