import { resolve } from "node:path";
import { wholeText } from "@leadwire/kpis";
import { forgetState } from "../../engine/open-engine.ts";
import { loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions } from "../context.ts";
import { ownEngine } from "../hosted-command.ts";
import { startProgress } from "../progress.ts";
import { rebuildCluster } from "./rebuild-cluster.ts";

const lookEveryMs = 250;

/** Throws the folded state away and folds the log anew, with the workspace as it is now. The log is not touched. */
export const rebuild = async (context: CliContext, options: SharedOptions): Promise<number> => {
  const { terminal, nowMs } = context;
  const config = await loadConfig(context, options);
  const { log } = config.deployment;
  if (log._tag === "kafka") return rebuildCluster(context, options, config, log);
  const dataDir = resolve(context.cwd, options.dataDir);
  const startedMs = nowMs();
  const { engine, idle, close } = await ownEngine(context, options, config, {
    port: { _tag: "any" },
    beforeOpen: () => forgetState(dataDir),
  });
  try {
    const progress = startProgress(terminal, nowMs, "rebuild");
    const look = async (): Promise<void> => {
      const { events, pending, unstored } = await engine.status();
      const behind = Math.max(pending, unstored);
      progress.update(
        events === 0 ? 1 : 1 - behind / events,
        `${wholeText(events - behind)} of ${wholeText(events)} events`,
      );
    };
    const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs);
    try {
      await engine.settle();
    } finally {
      clearInterval(timer);
    }
    await look();
    progress.end();
    const { generation, events } = await engine.status();
    const ledger = await engine.ledger();
    const seconds = (nowMs() - startedMs) / 1000;
    const text = `${wholeText(events)} events were folded anew in ${seconds.toFixed(1)} s; generation ${generation} serves.\n`;
    await terminal.out(options.json === true ? `${JSON.stringify({ generation, events, seconds })}\n` : text);
    const aside = ledger.total.quarantined;
    if (aside > 0)
      terminal.note(
        `${wholeText(aside)} records are in quarantine: npx leadwire quarantine list${dataDirFlag(options.dataDir)} shows why.`,
      );
    await idle();
    if (!ledger.balanced)
      throw new CommandFault(
        `The ledger does not add up: npx leadwire ledger${dataDirFlag(options.dataDir)} shows where.`,
      );
    return ExitCode.done;
  } finally {
    await close();
  }
};
