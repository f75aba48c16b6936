import type { KafkaPlace } from "../../deployment/deployment.ts";
import type { Config } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";
import { openTopics } from "../open-topics.ts";

/**
 * Announces this configuration to a cluster. The services end by it; started again with the same configuration, they fold
 * the log anew into topics and tables of their own, and the views point there.
 */
export const rebuildCluster = async (
  context: CliContext,
  options: SharedOptions,
  config: Config,
  place: KafkaPlace,
): Promise<number> => {
  const { moveGeneration } = await import("../../cluster/move-generation.ts");
  const { log, registry } = await openTopics(context, config, place);
  try {
    const { generation, former } = await moveGeneration(log, registry, { place, workspace: config.workspace });
    const text =
      former === generation
        ? `The cluster folds with generation ${generation} already: this configuration changes nothing.\n`
        : `The cluster folds with generation ${generation} from now on (before: ${former ?? "none"}). ` +
          "Start every service again with this configuration: they fold the log anew.\n";
    await context.terminal.out(
      options.json === true ? `${JSON.stringify({ generation, former: former ?? null })}\n` : text,
    );
    return ExitCode.done;
  } finally {
    await log.close();
  }
};
