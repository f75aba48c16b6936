import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { demoHistory, demoWorkspaceYaml } from "leadwire";
import { brokenPromises, runAlertsWithKills } from "./alerts/alert-kill-run.ts";
import { readAnswers, runWithKills } from "./crash-run.ts";
import { leadwire, temporaryDataDir } from "./leadwire-process.ts";

/**
 * `pnpm soak [KILLS] [SEED]`: the crash test of the suite with many more kills; `pnpm soak alerts [KILLS] [SEED]`: that of
 * the alerts. Their outcomes are kept in docs/reliability.md.
 */
const [first = "", ...rest] = process.argv.slice(2);
const isOfAlerts = first === "alerts";
const [killsText = "200", seedText = "1"] = isOfAlerts ? rest : process.argv.slice(2);
const kills = Number(killsText);
const seed = Number(seedText);

const soakAlerts = async (): Promise<never> => {
  const fromMs = performance.now();
  const groups = 6 * kills;
  const outcome = await runAlertsWithKills(groups, kills, seed);
  const broken = brokenPromises(outcome);
  const isTold = outcome.firing.size === groups && outcome.resolved.size === groups;
  const minutes = ((performance.now() - fromMs) / 60_000).toFixed(1);
  process.stdout.write(
    `${outcome.kills} kills (seed ${seed}), ${outcome.told.transitions.length} transitions, ` +
      `${outcome.taken.length} notifications taken under ${new Set(outcome.taken.map(({ key }) => key)).size} keys, ${minutes} min\n` +
      `all of ${groups} groups told as firing and as resolved: ${isTold}\nbroken promises: ${broken.length}\n`,
  );
  for (const each of broken) process.stdout.write(`${each}\n`);
  process.exit(broken.length === 0 && isTold ? 0 : 1);
};
if (isOfAlerts) await soakAlerts();

const fromMs = Date.UTC(2026, 3, 1);
const events = [...demoHistory(seed, fromMs, fromMs + 40 * 86_400_000)].map(({ event }) => event);
const killed = temporaryDataDir();
const calm = temporaryDataDir();
const config = join(killed.path, "..", "leadwire.yaml");
writeFileSync(config, demoWorkspaceYaml);
const startedMs = performance.now();
try {
  const outcome = await runWithKills(killed.path, config, events, kills, seed);
  await runWithKills(calm.path, config, events, 0, seed);
  const same = isDeepStrictEqual(await readAnswers(killed.path, config), await readAnswers(calm.path, config));
  const verified = await leadwire("verify", "--data-dir", killed.path, "--config", config);
  const ledger = await leadwire("ledger", "--data-dir", killed.path, "--config", config);
  const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
  process.stdout.write(
    `${outcome.kills} kills (seed ${seed}) over ${outcome.acknowledged} acknowledged events, ${outcome.repeated} requests repeated, ${minutes} min\n` +
      `answers equal to an uninterrupted run: ${same}\nverify: exit ${verified.code}\nledger: exit ${ledger.code}\n`,
  );
  if (!same || verified.code !== 0 || ledger.code !== 0) {
    process.stdout.write(verified.stdout + ledger.stdout);
    process.exitCode = 1;
  }
} finally {
  killed.dispose();
  calm.dispose();
}
