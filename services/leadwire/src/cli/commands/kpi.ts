import { isLeft } from "fp-ts/lib/Either.js";
import { answerText } from "../../http/kpi-query.ts";
import { asOfText } from "../as-of-text.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { kpiText } from "../kpi-text.ts";
import { withEngine } from "../with-engine.ts";

export interface KpiOptions extends SharedOptions {
  readonly metric: string;
  readonly window: string;
  /** Names with commas. */
  readonly by: string;
  readonly where: ReadonlyArray<string>;
  readonly at: string;
  readonly asOf?: string;
}

const namesOf = (list: string): ReadonlyArray<string> =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

export const kpi = async (context: CliContext, options: KpiOptions): Promise<number> => {
  const { metric, window, where, at, asOf } = options;
  const request = { metric, window, where, at, by: namesOf(options.by), ...(asOf === undefined ? {} : { asOf }) };
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
