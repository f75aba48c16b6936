import { isLeft } from "fp-ts/lib/Either.js";
import { answerText } from "../../http/kpi-query.ts";
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
}

const namesOf = (list: string): ReadonlyArray<string> =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

export const kpi = async (context: CliContext, options: KpiOptions): Promise<number> => {
  const { metric, window, where, at } = options;
  const request = { metric, window, where, at, by: namesOf(options.by) };
  const text = await withEngine(context, options, async (engine) => {
    const answers = await engine.kpi(request);
    if (isLeft(answers)) throw wrongUsage(answers.left.message);
    if (options.json === true) return answerText(answers.right);
    return kpiText(answers.right, (await engine.workspace()).timeZone);
  });
  await context.terminal.out(text);
  return ExitCode.done;
};
