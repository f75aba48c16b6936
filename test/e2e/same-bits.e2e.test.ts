import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayMs, type SalesEvent } from "@leadwire/events";
import { catalogue } from "@leadwire/kpis/catalogue";
import { demoHistory, demoWorkspaceYaml } from "leadwire";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClusterRig, startClusterRig } from "./cluster-rig.ts";
import { post } from "./crash-run.ts";
import { leadwireJsonIn, serve, start, temporaryDataDir } from "./leadwire-process.ts";

/** LEADWIRE_SAME_BITS=200000 compares as many events as a demo begins with. */
const events = Number(process.env.LEADWIRE_SAME_BITS ?? 6_000);
const timeoutMs = 120_000 + events * 3;
const batchEvents = 1_000;
const nowMs = Date.now();
const fromMs = Math.floor(nowMs / dayMs - 60) * dayMs;
/** At 1 the demo's company sends 500 events a day and more. */
const scale = Math.max(1, events / (60 * 450));

let rig: ClusterRig;
beforeAll(async () => {
  rig = await startClusterRig();
}, 60_000);
afterAll(() => rig.dispose(), 30_000);

const firstEvents = (): ReadonlyArray<SalesEvent> => {
  const found: Array<SalesEvent> = [];
  for (const { event } of demoHistory(1, fromMs, nowMs, scale)) {
    found.push(event);
    if (found.length === events) break;
  }
  return found;
};

const windows = ["30d", "month", "24h"] as const;

/** Every statistic of the catalogue over all time for the company, and in one of several windows by one of its dimensions. */
const questions = [...catalogue.metrics.values()].flatMap(({ id, statistics, dimensions }, index) =>
  [...statistics.keys()].flatMap((name) =>
    ["all", windows[index % windows.length]].map((window, turn) => {
      const by = turn === 0 ? "" : `&by=${dimensions[(turn + index) % dimensions.length] ?? "company"}`;
      return `/api/kpis/${name === "" ? id : `${id}.${name}`}?window=${window}${by}`;
    }),
  ),
);

/** Slices that every task still keeps: which of the older ones are gone is a matter of minutes. */
const keptSlices = `SELECT measure, dimension, value, granularity, start, bin, count, sum FROM slices
  WHERE granularity = 'day' OR start >= toDateTime64(${Math.floor(nowMs / 1_000) - 36 * 3_600}, 3, 'UTC')
  ORDER BY measure, dimension, value, granularity, start, bin`;

interface Bits {
  readonly slices: ReadonlyArray<string>;
  readonly answers: ReadonlyArray<string>;
  readonly ledger: unknown;
}

const bitsOf = async (url: string, options: ReadonlyArray<string>, env: NodeJS.ProcessEnv): Promise<Bits> => {
  const { code, stdout, stderr } = await start(["sql", keptSlices, "--format", "tsv", ...options], env).finished;
  expect(code, stderr).toBe(0);
  const at = new Date(fromMs + 60 * dayMs).toISOString();
  const answers: Array<string> = [];
  for (const question of questions) {
    const answer = await fetch(`${url}${question}&at=${at}`);
    answers.push(`${question} ${answer.status} ${await answer.text()}`);
  }
  return { slices: stdout.trimEnd().split("\n"), answers, ledger: await leadwireJsonIn(env, "ledger", ...options) };
};

const sendAll = async (url: string, sent: ReadonlyArray<SalesEvent>): Promise<void> => {
  for (let at = 0; at < sent.length; at += batchEvents)
    expect(await post(url, sent.slice(at, at + batchEvents))).toBe(true);
};

const embeddedBits = async (sent: ReadonlyArray<SalesEvent>): Promise<Bits> => {
  const { path, dispose } = temporaryDataDir();
  const config = join(rig.folder, "embedded.yaml");
  writeFileSync(config, demoWorkspaceYaml);
  const server = await serve(path, "--config", config);
  try {
    await sendAll(server.url, sent);
    return await bitsOf(server.url, ["--data-dir", path, "--config", config], process.env);
  } finally {
    server.child.kill("SIGINT");
    await server.finished;
    dispose();
  }
};

const clusterBits = async (sent: ReadonlyArray<SalesEvent>): Promise<Bits> => {
  await leadwireJsonIn(rig.env, "topics", "apply", "--config", rig.config);
  const [ingest, query] = await Promise.all([
    rig.start("ingest"),
    rig.start("query"),
    rig.start("processor", "1"),
    rig.start("processor", "2"),
    rig.start("processor", "3"),
    rig.start("sink"),
  ]);
  await sendAll(ingest.url, sent);
  const bits = await bitsOf(query.url, ["--config", rig.config], rig.env);
  await rig.stopServices();
  return bits;
};

test(
  "one process and three processors on Kafka come to the same slices and answers, bit by bit",
  async () => {
    const sent = firstEvents();
    expect(sent).toHaveLength(events);
    const alone = await embeddedBits(sent);
    const together = await clusterBits(sent);
    expect(alone.slices.length).toBeGreaterThan(events / 10);
    expect(alone.answers.filter((answer) => !answer.includes(" 200 "))).toEqual([]);
    expect(together.ledger).toEqual(alone.ledger);
    // Row by row: a difference is shown alone, not as two texts of megabytes.
    const differing = together.slices.filter((row, n) => row !== alone.slices[n]);
    expect(differing.slice(0, 5)).toEqual([]);
    expect(together.slices).toHaveLength(alone.slices.length);
    expect(together.answers).toEqual(alone.answers);
  },
  timeoutMs,
);
