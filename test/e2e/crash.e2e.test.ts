import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoHistory, demoWorkspaceYaml } from "leadwire";
import { afterEach, expect, test } from "vitest";
import { readAnswers, runWithKills } from "./crash-run.ts";
import { leadwire, leadwireJson, temporaryDataDir } from "./leadwire-process.ts";

const disposals: Array<() => void> = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

const fromMs = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;

test("ten kills while it serves lose no acknowledged event and count none twice", async () => {
  const events = [...demoHistory(11, fromMs, fromMs + 12 * dayMs)].map(({ event }) => event);
  const killed = temporaryDataDir();
  const calm = temporaryDataDir();
  disposals.push(killed.dispose, calm.dispose);
  const config = join(killed.path, "..", "leadwire.yaml");
  writeFileSync(config, demoWorkspaceYaml);

  const outcome = await runWithKills(killed.path, config, events, 10, 4711);
  expect(outcome).toMatchObject({ kills: 10, acknowledged: events.length });
  await runWithKills(calm.path, config, events, 0, 1);

  expect(await readAnswers(killed.path, config)).toEqual(await readAnswers(calm.path, config));
  for (const dataDir of [killed.path, calm.path]) {
    const verified = await leadwire("verify", "--data-dir", dataDir, "--config", config);
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
    const ledger = await leadwire("ledger", "--data-dir", dataDir, "--config", config);
    expect(ledger.code, ledger.stdout + ledger.stderr).toBe(0);
  }
  const applied = async (dataDir: string): Promise<unknown> => {
    const report = (await leadwireJson("ledger", "--data-dir", dataDir, "--config", config)) as {
      total: { applied: number };
    };
    return report.total.applied;
  };
  expect(await applied(killed.path)).toBe(await applied(calm.path));
});
