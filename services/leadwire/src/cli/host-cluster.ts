import { resolve } from "node:path";
import type { KafkaPlace } from "../deployment/deployment.ts";
import { announce } from "../engine/owner-file.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import { type RunningServices, runServices } from "../services/run-service.ts";
import { serviceNames } from "../services/service-name.ts";
import type { PortWish } from "../shell/listen.ts";
import { closeWithin } from "./close-within.ts";
import type { Config } from "./config-file.ts";
import type { CliContext, SharedOptions } from "./context.ts";
import { whenIdle } from "./idle.ts";
import { holding } from "./owned-folder.ts";
import { runOptionsOf } from "./run-options.ts";

/** As long as a single service may take. */
const closeMsMax = 25_000;

export interface HostedCluster extends Omit<RunningServices, "engine"> {
  /** Resolves once everything is open; rejects what waiting would not mend. */
  readonly engine: () => Promise<SealingEngine>;
  /** Resolves once no other command talks to this process, and none finds it any more. */
  readonly idle: () => Promise<void>;
}

/**
 * Runs every service of a cluster in this process while `work` goes on: the same wiring as one service each. The data
 * directory is this process's; other commands find it by the owner file.
 */
export const withClusterHere = <A>(
  context: CliContext,
  options: SharedOptions & { readonly port: PortWish },
  config: Config,
  place: KafkaPlace,
  work: (hosted: HostedCluster) => Promise<A>,
): Promise<A> => {
  const dataDir = resolve(context.cwd, options.dataDir);
  return holding(context, { dataDir, shown: options.dataDir }, async (owner) => {
    const services = await runServices({
      ...(await runOptionsOf(context, options, config, place)),
      services: serviceNames,
      port: options.port,
      internalToken: owner.token,
    });
    const { url } = services;
    const engine = async (): Promise<SealingEngine> => {
      await services.opened;
      const opened = services.engine();
      if (opened === undefined) throw new Error("Interrupted. Nothing that was appended is lost.");
      return opened;
    };
    try {
      announce(dataDir, { ...owner, url });
      return await work({
        ...services,
        engine,
        idle: () => whenIdle(services.connections, (isOpen) => announce(dataDir, isOpen ? { ...owner, url } : owner)),
      });
    } finally {
      await closeWithin(context, services.close, closeMsMax);
    }
  });
};
