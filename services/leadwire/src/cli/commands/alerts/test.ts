import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  type AlertFault,
  AlertStage,
  alertFaultText,
  parseRuleTestFile,
  type RuleTest,
  type RuleTestFile,
  type RuleTestOutcome,
  ruleTestDocument,
  ruleTestText,
  runRuleTest,
} from "@leadwire/alerts";
import type { Workspace } from "@leadwire/funnel";
import { wholeText } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import { parsedAlerts, readAlertFiles } from "../../alerts-folder.ts";
import { loadConfig } from "../../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { safeText } from "../../safe-text.ts";

export interface AlertTestOptions extends SharedOptions {
  readonly files: ReadonlyArray<string>;
}

/** What became of one file of tests. */
interface TestedFile {
  readonly file: string;
  /** What is wrong in it, or in its rules: then nothing was played. */
  readonly faults: ReadonlyArray<AlertFault>;
  readonly tests: ReadonlyArray<RuleTestOutcome>;
}

const generation = "test";

const readTestFile = async (
  { cwd }: CliContext,
  file: string,
  workspace: Workspace,
): Promise<Either<ReadonlyArray<AlertFault>, RuleTestFile>> => {
  try {
    return parseRuleTestFile(await readFile(resolve(cwd, file), "utf8"), file, workspace);
  } catch (fault) {
    throw wrongUsage(`${file} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
};

/** Rules are read anew for each workspace: currencies and people decide what a rule means. */
const outcomeOf = (
  test: RuleTest,
  files: Parameters<typeof parsedAlerts>[0],
): Either<ReadonlyArray<AlertFault>, RuleTestOutcome> => {
  const { workspace } = test;
  const config = parsedAlerts(files, workspace);
  if (isLeft(config)) return config;
  const stage = new AlertStage({ config: config.right, workspace, catalogue, generation });
  return right(runRuleTest(test, stage, generation));
};

const testedFile = async (
  context: CliContext,
  options: AlertTestOptions,
  file: string,
  workspace: Workspace,
): Promise<TestedFile> => {
  const read = await readTestFile(context, file, workspace);
  if (isLeft(read)) return { file, faults: read.left, tests: [] };
  const rules = read.right.rules.map((path) => join(dirname(file), path));
  const files = await readAlertFiles(context, options, rules);
  const tests: RuleTestOutcome[] = [];
  for (const test of read.right.tests) {
    const outcome = outcomeOf(test, files);
    if (isLeft(outcome)) return { file, faults: outcome.left, tests: [] };
    tests.push(outcome.right);
  }
  return { file, faults: [], tests };
};

const isOk = ({ faults, tests }: TestedFile): boolean =>
  faults.length === 0 && tests.every(({ failures }) => failures.length === 0);

const fileText = ({ file, faults, tests }: TestedFile): string =>
  [file, ...faults.map((fault) => `  ${alertFaultText(fault)}`), ...tests.map((test) => ruleTestText(file, test))]
    .flatMap((text) => text.split("\n"))
    .map((line) => `${safeText(line)}\n`)
    .join("");

const summaryText = (files: ReadonlyArray<TestedFile>): string => {
  const tests = files.flatMap((file) => file.tests);
  const failed = tests.filter(({ failures }) => failures.length > 0).length;
  const unread = files.filter(({ faults }) => faults.length > 0).length;
  const counted = `${wholeText(tests.length)} ${tests.length === 1 ? "test" : "tests"}`;
  const unreadText = unread === 0 ? "" : `, ${unread} ${unread === 1 ? "file" : "files"} could not be played`;
  return `${counted}, ${failed === 0 ? "none failed" : `${wholeText(failed)} failed`}${unreadText}.\n`;
};

/** Plays files of tests for rules: exits with 1 where anything is otherwise than they say. */
export const testAlerts = async (context: CliContext, options: AlertTestOptions): Promise<number> => {
  const { workspace } = await loadConfig(context, options);
  const files: TestedFile[] = [];
  for (const file of options.files) files.push(await testedFile(context, options, file, workspace));
  const ok = files.every(isOk);
  const document = {
    ok,
    files: files.map(({ file, faults, tests }) => ({ file, faults, tests: tests.map(ruleTestDocument) })),
  };
  await context.terminal.out(
    options.json === true ? `${JSON.stringify(document)}\n` : `${files.map(fileText).join("")}${summaryText(files)}`,
  );
  return ok ? ExitCode.done : ExitCode.failed;
};
