import { resolve } from "node:path";
import { unguardedDoor } from "@leadwire/ingest";
import type { ServiceName } from "../../services/service-name.ts";
import { closeWithin } from "../close-within.ts";
import { type Config, loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { stopped } from "../hosted-command.ts";
import { holding } from "../owned-folder.ts";
import { runOptionsOf } from "../run-options.ts";
import { portWish } from "./up.ts";

export interface RunCommandOptions extends SharedOptions {
  readonly service: ServiceName;
  readonly port?: number;
}

/** How long a service may take to finish its batch, commit and leave its group. */
export const closeServicesMsMax = 25_000;

const needsLog =
  "A service on its own needs a log that others can reach: write log: kafka into the config (docs/operations.md). " +
  "With the embedded log everything runs in one process: npx leadwire up.";
const needsStore =
  "A service on its own needs a ClickHouse that others can reach: write store: clickhouse into the config " +
  "(docs/operations.md). With the embedded one everything runs in one process: npx leadwire up.";

const checked = ({ deployment }: Config, service: ServiceName) => {
  const { log, store, listen, ingest } = deployment;
  if (log._tag === "embedded") throw wrongUsage(needsLog);
  if (store._tag === "embedded" && service !== "ingest" && service !== "processor") throw wrongUsage(needsStore);
  const unguarded = service === "ingest" ? unguardedDoor(listen.host, ingest.keys) : undefined;
  if (unguarded !== undefined) throw wrongUsage(unguarded);
  return log;
};

/** Runs one service until it is told to end. */
export const run = async (context: CliContext, options: RunCommandOptions): Promise<number> => {
  const { terminal } = context;
  const { service } = options;
  const stopping = context.stopping();
  const config = await loadConfig(context, options);
  const place = checked(config, service);
  const { runServices } = await import("../../services/run-service.ts");
  const serve = async (): Promise<number> => {
    const wiring = await runOptionsOf(context, options, config, place);
    const services = await runServices({ ...wiring, services: [service], port: portWish(options.port) });
    const { url } = services;
    await terminal.out(
      options.json === true ? `${JSON.stringify({ url })}\n` : `The ${service} service is at ${url}\n`,
    );
    try {
      await services.opened;
      if (!stopping.aborted) terminal.note(`The ${service} service is open. Ctrl-C ends it.`);
      const moved = await Promise.race([stopped(stopping), services.moved]);
      if (moved !== undefined) throw new CommandFault(moved);
    } catch (fault) {
      // Said before the end, in which whatever else breaks follows from this.
      terminal.note(fault instanceof Error ? fault.message : String(fault));
      return ExitCode.failed;
    } finally {
      await closeWithin(context, services.close, closeServicesMsMax);
    }
    return ExitCode.done;
  };
  // Only a processor keeps something on disk.
  if (service !== "processor") return serve();
  return holding(context, { dataDir: resolve(context.cwd, options.dataDir), shown: options.dataDir }, serve);
};
