import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoHistory, demoWorkspaceYaml } from "leadwire";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClusterRig, startClusterRig, untilReady } from "./cluster-rig.ts";
import { askAll, post } from "./crash-run.ts";
import { leadwireJsonIn, serve, serveService, start, temporaryDataDir } from "./leadwire-process.ts";

const fromMs = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;
const events = [...demoHistory(21, fromMs, fromMs + 10 * dayMs)].map(({ event }) => event);
const batchEvents = 500;

let rig: ClusterRig;
beforeAll(async () => {
  rig = await startClusterRig();
}, 60_000);
afterAll(() => rig.dispose(), 30_000);

/** Every event, and the first batch once more, as a producer does that got no answer. */
const sendAll = async (url: string): Promise<void> => {
  for (let at = 0; at < events.length; at += batchEvents)
    expect(await post(url, events.slice(at, at + batchEvents))).toBe(true);
  expect(await post(url, events.slice(0, batchEvents))).toBe(true);
};

const ask = async (options: ReadonlyArray<string>, env?: NodeJS.ProcessEnv) => ({
  kpis: await askAll(options, env),
  facts: await leadwireJsonIn(
    env,
    "sql",
    "SELECT kind, outcome, count(), sum(amount_minor) FROM facts GROUP BY kind, outcome ORDER BY kind, outcome",
    ...options,
  ).then((answer) => (answer as { readonly data: unknown }).data),
  ledger: await leadwireJsonIn(env, "ledger", ...options),
});

const askEmbedded = async (): Promise<unknown> => {
  const { path, dispose } = temporaryDataDir();
  const config = join(rig.folder, "embedded.yaml");
  writeFileSync(config, demoWorkspaceYaml);
  const server = await serve(path, "--config", config);
  try {
    await sendAll(server.url);
    return await ask(["--data-dir", path]);
  } finally {
    server.child.kill("SIGINT");
    await server.finished;
    dispose();
  }
};

test("five services on a broker and a ClickHouse answer as one process does, and end when told to", async () => {
  const on = ["--config", rig.config];
  const applied = (await leadwireJsonIn(rig.env, "topics", "apply", ...on)) as {
    readonly topics: ReadonlyArray<unknown>;
  };
  expect(applied.topics).toHaveLength(11);

  const [, , , ingest, query, wallboard] = await Promise.all([
    rig.start("processor", "1"),
    rig.start("processor", "2"),
    rig.start("sink"),
    rig.start("ingest"),
    rig.start("query"),
    rig.start("wallboard"),
  ]);
  await sendAll(ingest.url);

  const found = await ask(on, rig.env);
  expect(found).toEqual(await askEmbedded());
  expect(found.ledger).toMatchObject({
    balanced: true,
    total: { accepted: events.length + batchEvents, pending: 0, missing: 0 },
  });
  expect(await leadwireJsonIn(rig.env, "verify", ...on)).toMatchObject({ ok: true, examples: [] });

  const leads = await fetch(`${query.url}/api/kpis/new_leads?window=all&at=latest`);
  expect(await leads.json()).toEqual(
    await leadwireJsonIn(rig.env, "kpi", "new_leads", "--window", "all", "--at", "latest", ...on),
  );
  const board = await fetch(`${wallboard.url}/api/boards/company/snapshot`);
  expect(await board.json()).toMatchObject({ freshness: { state: "live", behindEvents: 0 } });
  const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
  expect(metrics).toContain(`leadwire_door_events_total{source="",result="accepted"} ${events.length + batchEvents}`);

  const beforeMs = performance.now();
  const ended = await rig.stopServices();
  expect(ended.map(({ name, code, stderr }) => [name, code, code === 0 ? "" : stderr])).toEqual(
    ended.map(({ name }) => [name, 0, ""]),
  );
  expect(ended).toHaveLength(6);
  expect(performance.now() - beforeMs).toBeLessThan(10_000);
});

test("a service with another configuration does not start, and says what to do", async () => {
  const other = join(rig.folder, "other.yaml");
  writeFileSync(other, readFileSync(rig.config, "utf8").replace("response_sla: 5 min", "response_sla: 7 min"));
  const args = ["run", "processor", "--config", other, "--port", "0", "--data-dir", join(rig.folder, "other")];
  const { code, stderr } = await start(args, rig.env).finished;
  expect(stderr).toContain("pipelines changed: run npx leadwire rebuild");
  expect(code).toBe(1);
});

/** What share of answers came in time. */
const answersInTime = async (...on: ReadonlyArray<string>): Promise<unknown> =>
  leadwireJsonIn(rig.env, "kpi", "response_within_sla", "--window", "all", "--at", "latest", ...on);

test("another configuration is built beside what serves, and serves in one step", { timeout: 120_000 }, async () => {
  const other = join(rig.folder, "slower.yaml");
  writeFileSync(other, readFileSync(rig.config, "utf8").replace("response_sla: 5 min", "response_sla: 30 min"));
  const begin = (service: string, config: string, copy: string) =>
    serveService(service, rig.env, "--config", config, "--data-dir", join(rig.folder, `${service}-${copy}`));
  const former = await Promise.all([rig.start("ingest"), rig.start("processor", "1"), rig.start("sink")]);
  expect(await post(former[0].url, events.slice(0, batchEvents))).toBe(true);
  const before = await answersInTime("--config", rig.config);

  const dryRun = start(["rebuild", "--dry-run", "--json", "--config", other], rig.env);
  // Before that is known they are refused.
  await new Promise((resolve) => dryRun.child.stderr?.once("data", resolve));
  const builders = await Promise.all([begin("processor", other, "b"), begin("sink", other, "b")]);
  const { stdout, stderr } = await dryRun.finished;
  expect(stderr).toContain("start them now, if none do");
  const differences = JSON.parse(stdout) as { readonly numbers: ReadonlyArray<{ readonly metric: string }> };
  expect(new Set(differences.numbers.map(({ metric }) => metric.split(".")[0]))).toContain("response_within_sla");
  expect(await answersInTime("--config", rig.config)).toEqual(before);
  expect(await post(former[0].url, events.slice(batchEvents, 2 * batchEvents))).toBe(true);

  expect(await leadwireJsonIn(rig.env, "rebuild", "--config", other)).toMatchObject({ events: expect.any(Number) });
  const ended = await Promise.all(former.map(({ finished }) => finished));
  expect(ended.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(await answersInTime("--config", other)).not.toEqual(before);

  const door = await begin("ingest", other, "b");
  await untilReady(door.url);
  expect(await post(door.url, events.slice(0, batchEvents))).toBe(true);
  expect(await leadwireJsonIn(rig.env, "verify", "--config", other)).toMatchObject({ ok: true, examples: [] });
  expect(await leadwireJsonIn(rig.env, "ledger", "--config", other)).toMatchObject({ balanced: true });
  for (const { child, finished } of [...builders, door]) {
    child.kill("SIGTERM");
    await finished;
  }
});
