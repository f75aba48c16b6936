import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventToJson } from "@leadwire/events";
import { demoHistory, demoWorkspaceYaml } from "leadwire";
import { afterEach, expect, test } from "vitest";
import { randomOf, readAnswers, runWithKills } from "./crash-run.ts";
import { leadwire, leadwireJson, start, temporaryDataDir } from "./leadwire-process.ts";

const disposals: Array<() => void> = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

const fromMs = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;

test("an import that is killed at any moment and started again ends as if nothing had happened", async () => {
  const events = [...demoHistory(12, fromMs, fromMs + 12 * dayMs)].map(({ event }) => event);
  const killed = temporaryDataDir();
  const calm = temporaryDataDir();
  disposals.push(killed.dispose, calm.dispose);
  const config = join(killed.path, "..", "leadwire.yaml");
  writeFileSync(config, demoWorkspaceYaml);
  const file = join(killed.path, "..", "events.jsonl");
  writeFileSync(file, events.map((event) => `${JSON.stringify(eventToJson(event))}\n`).join(""));
  const options = (dataDir: string): ReadonlyArray<string> => [
    "import",
    file,
    "--data-dir",
    dataDir,
    "--config",
    config,
  ];

  const random = randomOf(12);
  for (let kill = 0; kill < 4; kill += 1) {
    const { child, finished } = start(options(killed.path));
    await sleep(400 + random() * 1_800);
    child.kill("SIGKILL");
    await finished;
  }
  for (const { path } of [killed, calm]) {
    const imported = await leadwire(...options(path));
    expect(imported.code, imported.stderr).toBe(0);
  }
  await expectSame(killed.path, calm.path, config);
});

test("ten kills while it serves lose no acknowledged event and count none twice", async () => {
  const events = [...demoHistory(11, fromMs, fromMs + 6 * dayMs)].map(({ event }) => event);
  const killed = temporaryDataDir();
  const calm = temporaryDataDir();
  disposals.push(killed.dispose, calm.dispose);
  const config = join(killed.path, "..", "leadwire.yaml");
  writeFileSync(config, demoWorkspaceYaml);

  const outcome = await runWithKills(killed.path, config, events, 10, 4711);
  expect(outcome).toMatchObject({ kills: 10, acknowledged: events.length });
  await runWithKills(calm.path, config, events, 0, 1);

  await expectSame(killed.path, calm.path, config);
});

/** Same answers, same counts, and both add up and equal what their logs give anew. */
const expectSame = async (killed: string, calm: string, config: string): Promise<void> => {
  const applied: Array<number> = [];
  const look = async (dataDir: string): Promise<void> => {
    const on = ["--data-dir", dataDir, "--config", config];
    const verified = await leadwire("verify", ...on);
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
    // Ends with 1 unless it adds up.
    const report = (await leadwireJson("ledger", ...on)) as { total: { applied: number } };
    applied.push(report.total.applied);
  };
  const [ofKilled, ofCalm] = [
    await readAnswers(killed, config, () => look(killed)),
    await readAnswers(calm, config, () => look(calm)),
  ];
  expect(ofKilled).toEqual(ofCalm);
  expect(applied[0]).toBe(applied[1]);
};
