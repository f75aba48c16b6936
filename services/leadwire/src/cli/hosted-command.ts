import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findOwner } from "../engine/owner-file.ts";
import { isFree, portsTaken } from "../shell/listen.ts";
import type { Config } from "./config-file.ts";
import { type CliContext, CommandFault, type SharedOptions } from "./context.ts";
import type { HostedEngine, HostOptions } from "./host-engine.ts";

const waitMsMax = 5_000;
const pollMs = 100;

/**
 * Opens the engine for a command that has to own the data directory. Waits a little for a command that is just ending,
 * then says who has it.
 */
export const ownEngine = async (
  context: CliContext,
  options: SharedOptions,
  config: Config,
  rest: Pick<HostOptions, "port" | "page" | "alertFiles">,
): Promise<HostedEngine> => {
  const dataDir = resolve(context.cwd, options.dataDir);
  // Before anything is made: a data directory for a server that cannot listen would be of no use.
  if (!(await isFree(rest.port))) throw new CommandFault(portsTaken(rest.port));
  const { hostEngine } = await import("./host-engine.ts");
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const hosted = await hostEngine(context, { ...rest, dataDir, config });
    if (hosted !== undefined) return hosted;
    const owner = findOwner(dataDir);
    if (waitedMs >= waitMsMax && owner !== undefined) {
      const where = owner.url === null ? "" : ` and serves ${owner.url}`;
      throw new CommandFault(
        `${options.dataDir} belongs to process ${owner.pid}, which runs${where}. Ask that one, or end it first.`,
      );
    }
    await sleep(pollMs);
  }
};

/** Resolves at Ctrl-C or SIGTERM. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolveStopped) => {
    if (signal.aborted) resolveStopped();
    else signal.addEventListener("abort", () => resolveStopped(), { once: true });
  });
