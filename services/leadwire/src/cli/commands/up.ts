import { unguardedDoor } from "@leadwire/ingest";
import { anyoneOf } from "../../access/open-access.ts";
import type { KafkaPlace } from "../../deployment/deployment.ts";
import { defaultPort, type PortWish } from "../../shell/listen.ts";
import { alertsSource } from "../alerts-source.ts";
import { boardsFolder } from "../boards-folder.ts";
import { closeWithin } from "../close-within.ts";
import { type Config, loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { ownEngine, stopped } from "../hosted-command.ts";

export interface ServeOptions extends SharedOptions {
  readonly port?: number;
}

export const portWish = (port: number | undefined): PortWish =>
  port === undefined ? { _tag: "near", port: defaultPort } : port === 0 ? { _tag: "any" } : { _tag: "asked", port };

const announce = async (
  { terminal }: CliContext,
  options: ServeOptions,
  { deployment }: Config,
  url: string,
): Promise<void> => {
  await terminal.out(options.json === true ? `${JSON.stringify({ url })}\n` : `Leadwire serves ${url}\n`);
  terminal.note(`Open it for the page; send events to ${url}/v1/events. Ctrl-C ends it.`);
  if (anyoneOf(deployment) === null)
    terminal.note(
      `The page asks for a login: npx leadwire tokens create NAME${dataDirFlag(options.dataDir)} makes one.`,
    );
};

/** Every service of a cluster in this process. */
const upOnCluster = async (
  context: CliContext,
  options: ServeOptions,
  config: Config,
  place: KafkaPlace,
): Promise<number> => {
  const stopping = context.stopping();
  const { withClusterHere } = await import("../host-cluster.ts");
  return withClusterHere(context, { ...options, port: portWish(options.port) }, config, place, async (services) => {
    await announce(context, options, config, services.url);
    await services.opened.catch((fault: unknown) => {
      throw new CommandFault(fault instanceof Error ? fault.message : String(fault));
    });
    const moved = await Promise.race([stopped(stopping), services.moved]);
    if (moved !== undefined) throw new CommandFault(moved);
    context.terminal.note("Ending …");
    return ExitCode.done;
  });
};

export const up = async (context: CliContext, options: ServeOptions): Promise<number> => {
  const stopping = context.stopping();
  const config = await loadConfig(context, options);
  const { log } = config.deployment;
  const { listen, ingest } = config.deployment;
  const unguarded = unguardedDoor(listen.host, ingest.keys);
  if (unguarded !== undefined) throw wrongUsage(unguarded);
  if (log._tag === "kafka") return upOnCluster(context, options, config, log);
  const { url, close } = await ownEngine(context, options, config, {
    port: portWish(options.port),
    page: { boardsFolder: await boardsFolder(context, options) },
    alertFiles: alertsSource(context, options),
  });
  await announce(context, options, config, url);
  await stopped(stopping);
  context.terminal.note("Ending …");
  await closeWithin(context, close);
  return ExitCode.done;
};
