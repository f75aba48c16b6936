import { isLeft } from "fp-ts/lib/Either.js";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { withEngine } from "../with-engine.ts";

export interface SqlCommandOptions extends SharedOptions {
  readonly statement?: string;
  readonly format?: string;
  readonly schema?: boolean;
}

const checkFormat = async (format: string): Promise<void> => {
  const { outputFormatOf, outputFormats } = await import("@leadwire/query");
  if (outputFormatOf(format) !== undefined) return;
  throw wrongUsage(
    `There is no format "${format}". There are table, csv, tsv, jsonl, arrow, ${outputFormats.join(", ")}.`,
  );
};

export const sql = async (context: CliContext, options: SqlCommandOptions): Promise<number> => {
  const { statement, json = false } = options;
  const { out } = context.terminal;
  if (options.schema === true) {
    const { schemaText } = await import("@leadwire/store");
    const text = schemaText();
    await out(json ? `${JSON.stringify({ schema: text })}\n` : `${text.trimEnd()}\n`);
    return ExitCode.done;
  }
  if (statement === undefined) throw wrongUsage('Write a statement: npx leadwire sql "SELECT count() FROM leads".');
  const format = options.format ?? (json ? "JSON" : undefined);
  if (format !== undefined) await checkFormat(format);
  const answer = await withEngine(context, options, (engine) => engine.sql(statement, format));
  if (isLeft(answer))
    throw new CommandFault(answer.left.message, answer.left._tag === "Refused" ? ExitCode.wrongUsage : ExitCode.failed);
  await out(answer.right);
  // A table without rows is written as nothing at all, which looks like a failure.
  if (format === undefined && answer.right.length === 0) context.terminal.note("No rows.");
  return ExitCode.done;
};
