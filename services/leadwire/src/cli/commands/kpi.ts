import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isLeft } from "fp-ts/lib/Either.js";
import { answerText } from "../../http/kpi-query.ts";
import { type MetricsDocument, metricsDocument } from "../../reports/metrics.ts";
import { asOfText } from "../as-of-text.ts";
import { loadConfig } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { kpiText } from "../kpi-text.ts";
import { metricsText } from "../metrics-text.ts";
import { printReport } from "../print-report.ts";
import { withEngine } from "../with-engine.ts";

export interface KpiOptions extends SharedOptions {
  /** Needed, as is the window, unless all metrics are listed. */
  readonly metric?: string;
  readonly window?: string;
  /** Names with commas. */
  readonly by: string;
  readonly where: ReadonlyArray<string>;
  readonly at: string;
  readonly asOf?: string;
  readonly compare?: string;
  readonly list?: boolean;
  readonly lang?: string;
}

const namesOf = (list: string): ReadonlyArray<string> =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Without data there is still a catalogue, though no target. */
const hasData = async (context: CliContext, options: KpiOptions): Promise<boolean> => {
  const { deployment } = await loadConfig(context, options);
  return deployment.log._tag === "kafka" || existsSync(join(resolve(context.cwd, options.dataDir), "log"));
};

const list = async (context: CliContext, options: KpiOptions): Promise<number> => {
  const { metric, lang } = options;
  if (await hasData(context, options)) {
    const args = { ...(metric === undefined ? {} : { metric }), ...(lang === undefined ? {} : { lang }) };
    await printReport<MetricsDocument>(context, options, "metrics", args, metricsText);
    return ExitCode.done;
  }
  const { catalogue } = await import("@leadwire/kpis/catalogue");
  const { workspace } = await loadConfig(context, options);
  const made = metricsDocument(catalogue, workspace.currency, [], { lang, metric });
  if (isLeft(made)) throw wrongUsage(made.left.message);
  await context.terminal.out(options.json === true ? answerText(made.right) : metricsText(made.right));
  return ExitCode.done;
};

export const kpi = async (context: CliContext, options: KpiOptions): Promise<number> => {
  if (options.list === true) return list(context, options);
  const { metric, window, where, at, asOf, compare } = options;
  if (metric === undefined)
    throw wrongUsage("Name a metric, such as kpi sales --window month; kpi --list shows the metrics.");
  if (window === undefined)
    throw wrongUsage(`Add a window, such as kpi ${metric} --window month; kpi --help shows the windows.`);
  const request = {
    ...{ metric, window, where, at, by: namesOf(options.by) },
    ...(asOf === undefined ? {} : { asOf }),
    ...(compare === undefined ? {} : { compare }),
  };
  const text = await withEngine(context, options, async (engine) => {
    const answers = await engine.kpi(request);
    if (isLeft(answers)) throw wrongUsage(answers.left.message);
    if (options.json === true) return answerText(answers.right);
    const { timeZone } = await engine.workspace();
    return kpiText(answers.right, timeZone) + asOfText(answers.right, timeZone);
  });
  await context.terminal.out(text);
  return ExitCode.done;
};
