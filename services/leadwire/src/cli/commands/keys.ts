import { createHash } from "node:crypto";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";

export interface CreateKeyOptions extends SharedOptions {
  readonly source: string;
}

const keyBytes = 32;
const sourceLengthMax = 256;

/** Such a text needs no quotes in YAML. */
const isPlain = (text: string): boolean =>
  /^[a-zA-Z][\w.-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/iu.test(text);

/** Makes a key for a source's producers. The key is shown once; the configuration holds only its hash. */
export const createKey = async (context: CliContext, options: CreateKeyOptions): Promise<number> => {
  const { source, json } = options;
  if (source.trim() === "" || source.length > sourceLengthMax)
    throw wrongUsage(
      `The source is ${JSON.stringify(source.slice(0, 80))}: expected what its events carry as source_system, such as crm.`,
    );
  const key = `lw_${Buffer.from(context.randomHex(keyBytes), "hex").toString("base64url")}`;
  const sha256 = createHash("sha256").update(key).digest("hex");
  const line = `- {source: ${isPlain(source) ? source : JSON.stringify(source)}, sha256: ${sha256}}`;
  if (json === true) {
    await context.terminal.out(`${JSON.stringify({ source, key, sha256, line })}\n`);
    return ExitCode.done;
  }
  await context.terminal.out(`${key}\n`);
  context.terminal.note(
    `This key is shown only now. Its producers send it as "authorization: Bearer ${key.slice(0, 6)}…".\n` +
      `Add its line to leadwire.yaml, then restart the service:\n\ningest:\n  keys:\n    ${line}\n`,
  );
  return ExitCode.done;
};
