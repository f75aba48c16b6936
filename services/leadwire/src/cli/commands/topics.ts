import { wholeText } from "@leadwire/kpis";
import type { TopicState } from "@leadwire/log/kafka";
import { loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { openTopics } from "../open-topics.ts";
import { type Column, tableText } from "../table.ts";

const columns: ReadonlyArray<Column> = [
  { title: "topic", align: "left" },
  { title: "partitions", align: "right" },
  { title: "replicas", align: "right" },
  { title: "kept", align: "left" },
];

const hourMs = 3_600_000;

const keptText = (retentionMs: number | undefined): string =>
  retentionMs === undefined ? "for ever" : `${wholeText(retentionMs / hourMs)} h`;

export const topicsText = (generation: string, topics: ReadonlyArray<TopicState>): string => {
  const rows = topics.map(({ name, partitions, replicas, retentionMs }) => [
    name,
    wholeText(partitions ?? 0),
    wholeText(replicas),
    keptText(retentionMs),
  ]);
  return `${tableText(columns, rows)}\nThe topics are as they should be. The cluster folds with generation ${generation}.\n`;
};

/** Makes and checks the topics, and announces the generation where there is none yet. */
export const apply = async (context: CliContext, options: SharedOptions): Promise<number> => {
  const config = await loadConfig(context, options);
  const { workspace } = config;
  const place = config.deployment.log;
  if (place._tag === "embedded")
    throw wrongUsage("The embedded log makes its own topics. Write log: kafka into the config for a cluster.");
  const { applyTopics, generationTopics, sharedTopics } = await import("../../cluster/cluster-topics.ts");
  const { settleOn } = await import("../../cluster/join-cluster.ts");
  const { log, registry } = await openTopics(context, config, place);
  try {
    const { agreed } = await settleOn(log, registry, { place, workspace, nowMs: context.nowMs });
    const wanted = [...sharedTopics(place.partitions), ...generationTopics(agreed.generation, place.partitions)];
    const topics = await applyTopics(log, wanted);
    const shown = topics.map(({ name, partitions, replicas, retentionMs }) => ({
      name,
      partitions,
      replicas,
      retention_ms: retentionMs ?? null,
    }));
    const { generation } = agreed;
    await context.terminal.out(
      options.json === true ? `${JSON.stringify({ generation, topics: shown })}\n` : topicsText(generation, topics),
    );
    return ExitCode.done;
  } catch (fault) {
    throw new CommandFault(fault instanceof Error ? fault.message : String(fault));
  } finally {
    await log.close();
  }
};
