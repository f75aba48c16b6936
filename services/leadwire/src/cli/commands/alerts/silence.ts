import { type AlertMatcher, parseMatcher } from "@leadwire/events";
import { durationForms, parseDurationMs, ZoneCalendar } from "@leadwire/funnel";
import { localText, parseAt } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { readUserName } from "../../../config.ts";
import type { SilenceLine, SilencesDocument } from "../../../reports/alerts/silences.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { askReport, printReport } from "../../print-report.ts";
import { leftColumn, tableText } from "../../table.ts";
import { withEngine } from "../../with-engine.ts";
import { appendAlert, authorOf } from "./append-alert.ts";

export interface SilenceOptions extends SharedOptions {
  readonly matchers: ReadonlyArray<string>;
  readonly for?: string;
  readonly until?: string;
  readonly comment?: string;
  readonly author?: string;
  readonly list?: boolean;
  readonly all?: boolean;
  readonly end?: string;
}

const silencesKey = "silences";

const readMatchers = (texts: ReadonlyArray<string>): ReadonlyArray<AlertMatcher> => {
  if (texts.length === 0)
    throw wrongUsage("Say what to silence, such as: alerts silence team=north --for 2h --comment TEXT");
  return texts.map((text) => {
    const read = parseMatcher(text);
    if (isLeft(read)) throw wrongUsage(`A matcher: ${read.left}.`);
    return read.right;
  });
};

const endOf = (options: SilenceOptions, nowMs: number, timeZone: string): number => {
  if ((options.for === undefined) === (options.until === undefined))
    throw wrongUsage("Say how long: --for 2h, or --until 2026-03-02T18:00.");
  if (options.for !== undefined) {
    const ms = parseDurationMs(options.for);
    if (ms === undefined || ms <= 0) throw wrongUsage(`--for: expected ${durationForms}, found "${options.for}".`);
    return nowMs + ms;
  }
  const at = parseAt(options.until ?? "", nowMs, null, new ZoneCalendar(timeZone));
  if (isLeft(at)) throw wrongUsage(at.left.message);
  if (at.right <= nowMs) throw wrongUsage(`--until ${options.until} is over already.`);
  return at.right;
};

/** Sets a silence and prints its id. */
const set = async (context: CliContext, options: SilenceOptions): Promise<number> => {
  const matchers = readMatchers(options.matchers);
  const comment = (options.comment ?? "").trim();
  if (comment === "") throw wrongUsage("Say why, for whoever wonders: --comment TEXT.");
  const author = authorOf(options.author, readUserName());
  const nowMs = context.nowMs();
  const id = `s-${context.randomHex(4)}`;
  const text = await withEngine(context, options, async (engine) => {
    const { timeZone } = await engine.workspace();
    const endsMs = endOf(options, nowMs, timeZone);
    const record = { silence_id: id, matchers, author, comment, starts_at: nowMs, ends_at: endsMs, set_at: nowMs };
    await appendAlert(engine, silencesKey, { name: "alerts-silenced", record });
    const ends = new Date(endsMs).toISOString();
    if (options.json === true) return `${JSON.stringify({ silence_id: id, ends_at: ends })}\n`;
    return [
      `${id}: ${options.matchers.join(", ")} is silent until ${localText(ends, timeZone)} (${timeZone}).`,
      `npx leadwire alerts silence --end ${id}${dataDirFlag(options.dataDir)} ends it early.`,
      "",
    ].join("\n");
  });
  await context.terminal.out(text);
  return ExitCode.done;
};

/** Ends a silence early: the same words again, with an end that is now. */
const end = async (context: CliContext, options: SilenceOptions, id: string): Promise<number> => {
  const author = authorOf(options.author, readUserName());
  const nowMs = context.nowMs();
  await withEngine(context, options, async (engine) => {
    const { silences } = await askReport<SilencesDocument>(engine, "alert-silences", {});
    const found = silences.find(({ silence_id: known }) => known === id);
    if (found === undefined) {
      const known = silences.map(({ silence_id: other }) => other).join(", ");
      throw wrongUsage(`No silence ${id} is in force: there ${known === "" ? "is none" : `are ${known}`}.`);
    }
    const startsMs = Math.min(Date.parse(found.starts_at), nowMs - 1);
    const record = {
      silence_id: id,
      matchers: readMatchers(found.matchers),
      author,
      comment: options.comment ?? found.comment,
      starts_at: startsMs,
      ends_at: nowMs,
      set_at: nowMs,
    };
    await appendAlert(engine, silencesKey, { name: "alerts-silenced", record });
  });
  await context.terminal.out(options.json === true ? `${JSON.stringify({ silence_id: id })}\n` : `${id} is over.\n`);
  return ExitCode.done;
};

const rowOf =
  (timeZone: string) =>
  ({ silence_id: id, matchers, state, author, comment, ends_at: ends }: SilenceLine): ReadonlyArray<string> => [
    id,
    state,
    localText(ends, timeZone),
    author,
    matchers.join(" "),
    comment,
  ];

/** Silences as a table, for people. */
export const silencesText = ({ silences }: SilencesDocument, timeZone: string): string => {
  if (silences.length === 0) return "Nothing is silenced.\n";
  const columns = ["id", "state", "until", "by", "silences", "why"].map(leftColumn);
  return `${tableText(columns, silences.map(rowOf(timeZone)))}Times are of ${timeZone}.\n`;
};

/** `alerts silence`: sets one, lists them, or ends one. */
export const silence = async (context: CliContext, options: SilenceOptions): Promise<number> => {
  if (options.end !== undefined) return end(context, options, options.end);
  if (options.list !== true) return set(context, options);
  const args = options.all === true ? { all: "true" } : {};
  await printReport<SilencesDocument>(context, options, "alert-silences", args, silencesText);
  return ExitCode.done;
};
