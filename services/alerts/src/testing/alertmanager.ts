import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../../infra/java/free-port.ts";

/** Debian's name, and that of the project's own archive. */
const programs = ["prometheus-alertmanager", "alertmanager"];

/** Its name; undefined where it is not installed. With CI set it has to be there, and its absence throws. */
export const alertmanagerProgram = (): string | undefined => {
  const found = programs.find((program) => spawnSync(program, ["--version"]).status === 0);
  if (found === undefined && process.env.CI !== undefined)
    throw new Error("An Alertmanager is not installed: infra/ci/install-alertmanager.sh does it on Debian.");
  return found;
};

export interface RunningAlertmanager {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const config = (webhook: string | undefined): string =>
  JSON.stringify({
    route: { receiver: "test", group_wait: "10ms", group_interval: "1s", group_by: ["..."] },
    receivers: [{ name: "test", ...(webhook === undefined ? {} : { webhook_configs: [{ url: webhook }] }) }],
  });

const untilReady = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 50) {
    if (child.exitCode !== null) throw new Error(`the Alertmanager ended at once: ${output()}`);
    const ready = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  throw new Error(`the Alertmanager was not ready within 30 s: ${output()}`);
};

/** Starts one by itself on a free port; `webhook`: whom it tells of alerts. */
export const startAlertmanager = async (program: string, webhook?: string): Promise<RunningAlertmanager> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-alertmanager-"));
  writeFileSync(join(folder, "alertmanager.yml"), config(webhook));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${join(folder, "alertmanager.yml")}`,
    `--storage.path=${join(folder, "data")}`,
    `--web.listen-address=${address}`,
    "--cluster.listen-address=",
  ];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://${address}`;
  try {
    await untilReady(url, child, () => said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};
