import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SalesEvent } from "@leadwire/events";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import type { BoardFreshness, TileData, WallSnapshot } from "@leadwire/wallboard";
import { demoHistory } from "leadwire";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expireAllButLast } from "../../packages/log/src/kafka/testing/contract-topics.ts";
import { createBoardConnection } from "../../services/wallboard/src/page/board-connection.ts";
import { type ClusterRig, startClusterRig, untilReady } from "./cluster-rig.ts";
import { post } from "./crash-run.ts";
import { leadwireJsonIn, start } from "./leadwire-process.ts";

const dayMs = 86_400_000;
const nowMs = Date.now();
const events: ReadonlyArray<SalesEvent> = [...demoHistory(21, nowMs - 9 * dayMs, nowMs)].map(({ event }) => event);

let rig: ClusterRig;
let log: KafkaLog;
/** Numbers that slices give, without ClickHouse too. */
const board = `title: Numbers
tiles:
  - { id: leads, type: number, at: 1/1 1x1, metric: new_leads, window: 30d, course: days }
  - { id: today, type: number, at: 2/1 1x1, metric: new_leads, window: day, course: hours }
  - { id: answered, type: number, at: 3/1 1x1, metric: lead_response_time.p50, window: 7d, course: days }
  - { id: waiting, type: number, at: 4/1 1x1, metric: unanswered_leads, course: hours }
  - { id: won, type: number, at: 5/1 1x1, metric: win_rate, window: 90d, course: days }
  - { id: sales, type: number, at: 6/1 1x1, metric: sales, window: 90d, course: days }
  - { id: reps, type: leaderboard, at: 7/1 1x1, metric: new_leads, window: 30d, by: rep }
  - { id: stages, type: pipeline, at: 8/1 1x1 }
`;

beforeAll(async () => {
  rig = await startClusterRig();
  mkdirSync(join(dirname(rig.config), "boards"));
  writeFileSync(join(dirname(rig.config), "boards", "numbers.yaml"), board);
  log = await openKafkaLog({ brokers: [rig.broker.bootstrap], clientId: "wallboard-test" });
}, 60_000);
afterAll(async () => {
  await log.close();
  await rig.dispose();
}, 30_000);

/** Once is enough: boards that agreed may differ again while the next slice arrives at one of them first. */
const until = async (what: () => boolean | Promise<boolean>, msMax = 20_000): Promise<void> => {
  for (let waitedMs = 0; waitedMs < msMax; waitedMs += 50) {
    if (await what()) return;
    await sleep(50);
  }
  throw new Error(`not so within ${msMax} ms: ${what}`);
};

interface Shown {
  readonly tiles: ReadonlyArray<TileData>;
  readonly freshness: BoardFreshness;
}

const boardOf = async (url: string): Promise<Shown> =>
  (await (await fetch(`${url}/api/boards/numbers/snapshot`)).json()) as WallSnapshot;

/** When a tile changed last is each server's own. */
const numbersIn = ({ tiles }: Shown): string =>
  JSON.stringify(
    tiles.map((tile) => ({ ...tile, changedAtMs: null })),
    null,
    1,
  );

const agree = (first: string, second: string): Promise<void> =>
  until(async () => numbersIn(await boardOf(first)) === numbersIn(await boardOf(second)));

interface OpenPage {
  board: Shown | undefined;
  connections: number;
  stop: () => void;
}

/** The numbers as a page has them that stays open: whole boards and changes, over however many connections. */
const openPage = (url: string): OpenPage => {
  const page: OpenPage = { board: undefined, connections: 0, stop: () => undefined };
  const connection = createBoardConnection(
    `${url}/api/boards/numbers/stream`,
    {
      fetch: (at, init) => fetch(at, init),
      after: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
      random: () => 0.5,
    },
    {
      onConnected: () => {
        page.connections += 1;
      },
      onDisconnected: () => undefined,
      onRefused: () => undefined,
      onFrame: (frame) => {
        if (frame.type === "snapshot") {
          page.board = frame;
          return;
        }
        if (page.board === undefined) return;
        const { tiles, freshness } = page.board;
        const changed = (tile: TileData): TileData => frame.tiles?.find(({ id }) => id === tile.id) ?? tile;
        page.board = { tiles: tiles.map(changed), freshness: frame.freshness ?? freshness };
      },
    },
  );
  connection.start();
  page.stop = connection.stop;
  return page;
};

/** Lets the metrics topic begin at its newest batches, as retention does. */
const forget = async (): Promise<void> => {
  const metrics = (await log.topics()).find(({ name }) => name.startsWith("leadwire.metrics."));
  if (metrics === undefined) throw new Error("there is no metrics topic");
  for (let partition = 0; partition < metrics.partitions; partition += 1)
    await expireAllButLast(rig.broker.bootstrap, log, { topic: metrics.name, partition });
};

const startWallboard = async (port: string, dataDir: string) => {
  const args = ["run", "wallboard", "--config", rig.config, "--port", port, "--data-dir", join(rig.folder, dataDir)];
  const started = start(args, rig.env);
  await untilReady(`http://127.0.0.1:${port}`);
  return started;
};

test("a wallboard begins without ClickHouse on a topic that forgot its beginning, shows what one with ClickHouse shows, and a page stays right over its restart", async () => {
  const on = ["--config", rig.config];
  await leadwireJsonIn(rig.env, "topics", "apply", ...on);
  const [ingest] = await Promise.all([rig.start("ingest"), rig.start("processor"), rig.start("sink")]);
  const parts = [0, 0.6, 0.8, 1].map((share) => Math.floor(events.length * share));
  const send = async (part: number): Promise<void> => {
    const own = events.slice(parts[part], parts[part + 1]);
    for (let at = 0; at < own.length; at += 100) expect(await post(ingest.url, own.slice(at, at + 100))).toBe(true);
  };
  await send(0);
  // Answered once all of that is in ClickHouse.
  await leadwireJsonIn(rig.env, "kpi", "new_leads", "--window", "all", ...on);
  const loaded = await rig.start("wallboard", "loaded");
  await forget();
  await rig.clickHouse.server.stop();

  const alone = await rig.start("wallboard", "alone");
  await agree(alone.url, loaded.url);
  const { tiles } = await boardOf(alone.url);
  expect(
    tiles.filter((tile) => tile.type === "number" && tile.value !== null && tile.value !== 0).length,
  ).toBeGreaterThan(2);
  await until(async () => {
    const { freshness } = await boardOf(alone.url);
    return freshness.state === "live" && freshness.behindEvents === 0;
  });

  const page = openPage(alone.url);
  await send(1);
  await agree(alone.url, loaded.url);
  const sending = send(2);
  alone.child.kill("SIGKILL");
  const { stderr } = await alone.finished;
  expect(stderr).toContain("The board begins from the topics alone: ClickHouse does not answer");
  expect(stderr.match(/no longer holds what the board had not read of partition \d+/g)).toHaveLength(12);
  const again = await startWallboard(new URL(alone.url).port, "again");
  try {
    await sending;
    await agree(alone.url, loaded.url);
    const shown = async (): Promise<boolean> =>
      page.board !== undefined && numbersIn(page.board) === numbersIn(await boardOf(loaded.url));
    await until(shown);
    expect(page.connections).toBe(2);
    // A board may know every number a moment before it has heard all heartbeats.
    await until(async () => page.board?.freshness.state === "live");
  } finally {
    page.stop();
    again.child.kill("SIGTERM");
    expect((await again.finished).code).toBe(0);
  }
}, 120_000);
