import { basename } from "node:path";
import { localText, moneyText, wholeText } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import type { SealingEngine } from "../../http/engine-port.ts";
import type { ReportArgs } from "../../reports/report.ts";
import type { TargetsDocument } from "../../reports/targets.ts";
import { importPlan, openPlanFile, type PlanSummary } from "../../targets/import-targets.ts";
import { forecastMetric } from "../../targets/plan-event.ts";
import type { PlanLine } from "../../targets/plan-line.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions } from "../context.ts";
import { attainedText, valueText } from "../kpi-number-text.ts";
import { askReport } from "../print-report.ts";
import { safeText } from "../safe-text.ts";
import { leftColumn, rightColumn, tableText } from "../table.ts";
import { withEngine } from "../with-engine.ts";

const rejectedShownMax = 20;

const rowsText = (count: number): string => (count === 1 ? "1 row" : `${wholeText(count)} rows`);

/** What became of the rows, for people: counts, then each row that was not taken. */
export const planSummaryText = (summary: PlanSummary, dataDir: string): string => {
  const { file, rows, added, corrected, unchanged, rejected, waits_for } = summary;
  const counts = `${wholeText(added)} new, ${wholeText(corrected)} corrected, ${wholeText(unchanged)} as before, ${wholeText(rejected.length)} refused`;
  const refused = rejected
    .slice(0, rejectedShownMax)
    .map(({ line, why }) => `${safeText(`${basename(file)}:${line}: ${why}`)}`);
  const more = rejected.length - refused.length;
  return [
    `${safeText(basename(file))}: ${rowsText(rows)}: ${counts}.`,
    ...refused,
    ...(more > 0 ? [`… and ${wholeText(more)} more.`] : []),
    ...(rejected.length > 0 ? ["Nothing of a refused row was taken. Mend it and import the file again."] : []),
    ...(waits_for === undefined ? [] : [waits_for]),
    `npx leadwire targets list${dataDirFlag(dataDir)} shows what counts now.`,
    "",
  ].join("\n");
};

export const importTargets = async (
  context: CliContext,
  options: SharedOptions & { readonly file: string; readonly revision?: number },
): Promise<number> => {
  const plan = await openPlanFile(context.cwd, options.file);
  const summary = await withEngine(context, { ...options, mayBeEmpty: true }, (engine) =>
    importPlan(context, engine, options.file, plan, options.revision),
  );
  const { out } = context.terminal;
  await out(options.json === true ? `${JSON.stringify(summary)}\n` : planSummaryText(summary, options.dataDir));
  return summary.rejected.length > 0 ? ExitCode.failed : ExitCode.done;
};

/** A target with how its metric stands against it, of what counts. */
interface AttainedLine extends PlanLine {
  readonly actual?: number | null;
  readonly attainment?: number | null;
  readonly better?: "lower";
}

interface Shown {
  readonly line: AttainedLine;
  /** As a person reads them, in the metric's unit. */
  readonly target: string;
  readonly actual: string;
}

/** One question for each metric, level and period answers the targets of all its scopes. */
class Attainments {
  readonly #engine: SealingEngine;
  readonly #answers = new Map<string, Awaited<ReturnType<SealingEngine["kpi"]>>>();

  constructor(engine: SealingEngine) {
    this.#engine = engine;
  }

  async shown(line: PlanLine, currency: string): Promise<Shown> {
    if (line.metric === forecastMetric) return { line, target: moneyText(line.value, currency), actual: "" };
    const colon = line.scope.indexOf(":");
    const by = colon < 0 ? [] : [line.scope.slice(0, colon)];
    const name = line.scope.slice(colon + 1);
    const key = JSON.stringify([line.metric, by, line.period]);
    const known = this.#answers.get(key);
    const question = { metric: line.metric, window: line.period, by, where: [], at: "now" };
    const answers = known ?? (await this.#engine.kpi(question));
    this.#answers.set(key, answers);
    const target = await this.#targetText(line, question);
    if (isLeft(answers)) return { line, target, actual: "" };
    const answer = answers.right.find(({ group }) => by.length === 0 || Object.values(group)[0] === name);
    if (answer === undefined || !line.counts) return { line, target, actual: "" };
    const attained = { ...line, actual: answer.value, attainment: answer.attainment ?? null };
    const better = answer.better === undefined ? {} : { better: answer.better };
    return { line: { ...attained, ...better }, target, actual: valueText(answer) };
  }

  /** In the unit of the company's answer, which is there also where a team or rep has none. */
  async #targetText(line: PlanLine, question: Parameters<SealingEngine["kpi"]>[0]): Promise<string> {
    const key = JSON.stringify([line.metric, [], line.period]);
    const company = this.#answers.get(key) ?? (await this.#engine.kpi({ ...question, by: [] }));
    this.#answers.set(key, company);
    const [any] = isLeft(company) ? [] : company.right;
    return any === undefined ? String(line.value) : valueText({ ...any, value: line.value });
  }
}

/** The plan as a table, for people. */
const listText = (shown: ReadonlyArray<Shown>, timeZone: string, dataDir: string): string => {
  if (shown.length === 0)
    return `No target is set. npx leadwire targets import FILE${dataDirFlag(dataDir)} sets some.\n`;
  const hasOld = shown.some(({ line }) => !line.counts);
  const rows = shown.map(({ line, target, actual }) => [
    line.metric,
    line.scope,
    line.period,
    target,
    actual,
    attainedText(line),
    localText(line.set_at, timeZone),
    ...(hasOld ? [line.counts ? "" : "corrected since"] : []),
  ]);
  const columns = [
    leftColumn("metric"),
    leftColumn("scope"),
    leftColumn("period"),
    rightColumn("target"),
    rightColumn("so far"),
    rightColumn("attained"),
  ];
  return tableText([...columns, leftColumn("set at"), ...(hasOld ? [leftColumn("note")] : [])], rows);
};

export const listTargets = async (
  context: CliContext,
  options: SharedOptions & { readonly all?: boolean },
): Promise<number> => {
  const text = await withEngine(context, options, async (engine) => {
    const args: ReportArgs = options.all === true ? { all: "true" } : {};
    const { currency, targets } = await askReport<TargetsDocument>(engine, "targets", args);
    const attainments = new Attainments(engine);
    const shown: Shown[] = [];
    for (const line of targets) shown.push(await attainments.shown(line, currency));
    if (options.json === true) return `${JSON.stringify({ currency, targets: shown.map(({ line }) => line) })}\n`;
    return listText(shown, (await engine.workspace()).timeZone, options.dataDir);
  });
  await context.terminal.out(text);
  return ExitCode.done;
};
