import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { wholeText } from "@leadwire/kpis";
import { demoAlertsFolder, demoWorkspaceYaml } from "../../demo/index.ts";
import { embeddedDeployment } from "../../deployment/deployment.ts";
import { alertsFolderName } from "../alerts-folder.ts";
import { alertsSource } from "../alerts-source.ts";
import { boardsFolder } from "../boards-folder.ts";
import { closeWithin } from "../close-within.ts";
import { configName, loadConfig } from "../config-file.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode } from "../context.ts";
import { demoPlan, demoPosition } from "../demo/demo-file.ts";
import { playDemo } from "../demo/play-demo.ts";
import { ownEngine } from "../hosted-command.ts";
import { startProgress } from "../progress.ts";
import { portWish, type ServeOptions } from "./up.ts";

const banner = (url: string, dataDir: string): string => {
  const dir = dataDirFlag(dataDir);
  return [
    "",
    `  The demo is live at ${url}`,
    "",
    "  A made-up maker of warehouse scanners: three teams, six channels, 90 days of history.",
    "  Try, in another terminal:",
    "",
    `    npx leadwire kpi win_rate --window 30d --by team${dir}`,
    `    npx leadwire kpi lead_response_time.p90 --window 7d --by rep${dir}`,
    `    npx leadwire explain win_rate --window 30d --group team=Danube${dir}`,
    `    npx leadwire funnel --window 30d${dir}`,
    `    npx leadwire sql "SELECT type, count() FROM events GROUP BY type"${dir}`,
    `    npx leadwire alerts list${dir}`,
    `    npx leadwire ledger${dir}`,
    "",
    "  Ctrl-C ends it; the next start goes on from there.",
    "",
  ].join("\n");
};

/** Writes the demo's workspace and alerts into a fresh data directory; one that holds other data is left alone. */
const prepare = (dataDir: string, shown: string): void => {
  if (existsSync(join(dataDir, "log")) && !existsSync(join(dataDir, "demo.json")))
    throw new CommandFault(`${shown} holds data that are not the demo's. Name another folder with --data-dir.`);
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, configName);
  if (!existsSync(config)) writeFileSync(config, demoWorkspaceYaml);
  const alerts = join(dataDir, alertsFolderName);
  if (!existsSync(alerts)) cpSync(demoAlertsFolder, alerts, { recursive: true });
};

export const demo = async (context: CliContext, options: ServeOptions): Promise<number> => {
  const { terminal, nowMs } = context;
  const stopping = context.stopping();
  const dataDir = resolve(context.cwd, options.dataDir);
  prepare(dataDir, options.dataDir);
  const { workspace } = await loadConfig(context, options);
  // A cluster is not the place for made-up numbers.
  const config = { workspace, deployment: embeddedDeployment };
  const { engine, url, close } = await ownEngine(context, options, config, {
    port: portWish(options.port),
    page: { boardsFolder: await boardsFolder(context, options) },
    alertFiles: alertsSource(context, options),
  });
  await terminal.out(options.json === true ? `${JSON.stringify({ url })}\n` : `Leadwire serves ${url}\n`);
  const progress = startProgress(terminal, nowMs, "history");
  try {
    await playDemo({
      plan: demoPlan(dataDir, nowMs()),
      position: demoPosition(dataDir),
      engine,
      nowMs,
      signal: stopping,
      onProgress: (done, events) => progress.update(done, `${wholeText(events)} events`),
      onLive: () => {
        progress.end();
        terminal.note(banner(url, options.dataDir));
      },
    });
    terminal.note("Ending …");
  } finally {
    await closeWithin(context, close);
  }
  return ExitCode.done;
};
