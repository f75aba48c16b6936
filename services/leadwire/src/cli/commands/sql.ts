import { isLeft } from "fp-ts/lib/Either.js";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { withEngine } from "../with-engine.ts";

export interface SqlCommandOptions extends SharedOptions {
  readonly statement?: string;
  readonly format?: string;
  /** True for all of it, else a layer or a view. */
  readonly schema?: boolean | string;
}

const checkFormat = async (format: string): Promise<void> => {
  const { outputFormatOf, outputFormats } = await import("@leadwire/query");
  if (outputFormatOf(format) !== undefined) return;
  throw wrongUsage(
    `There is no format "${format}". There are table, csv, tsv, jsonl, arrow, ${outputFormats.join(", ")}.`,
  );
};

/** The views as a text and as data. They are the same in every workspace. */
const readSchema = async (asked: true | string) => {
  const { modelSchema, modelVersion, schemaText, schemaTextOf } = await import("@leadwire/store");
  const { modelViews } = await import("@leadwire/kpis");
  const { catalogue } = await import("@leadwire/kpis/catalogue");
  const { defaultWorkspace } = await import("@leadwire/funnel");
  const metrics = modelViews(catalogue, defaultWorkspace);
  const schema = asked === true ? schemaText(metrics) : schemaTextOf(metrics, asked);
  if (schema === undefined) {
    throw wrongUsage(
      `There is no layer or view "${asked}". Layers are events, facts, metrics and engine; npx leadwire sql --schema lists the views.`,
    );
  }
  return { schema, version: modelVersion, views: modelSchema(metrics) };
};

export const sql = async (context: CliContext, options: SqlCommandOptions): Promise<number> => {
  const { statement, json = false } = options;
  const { out } = context.terminal;
  if (options.schema !== undefined && options.schema !== false) {
    const schema = await readSchema(options.schema);
    await out(json ? `${JSON.stringify(schema)}\n` : `${schema.schema.trimEnd()}\n`);
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
