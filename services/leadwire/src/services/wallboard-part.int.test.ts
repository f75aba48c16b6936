import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  accountLogTopic,
  alertsTopic,
  controlTopic,
  decodeControl,
  derivedRegistry,
  encodeEvent,
  eventTopics,
  factsTopic,
  keyOf,
  metricsTopic,
  quarantineTopic,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import { parseWorkspace, type Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { createProcessor, type Processor } from "@leadwire/processor";
import { createSink, type Sink } from "@leadwire/sink";
import { type Store, serverStore } from "@leadwire/store";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { type BoardAccess, type BoardFreshness, guardApp, type TileData, type WallSnapshot } from "@leadwire/wallboard";
import Fastify from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { demoHistory, demoWorkspaceYaml } from "../demo/index.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import type { ServicePart } from "./service-part.ts";
import { openWallboardPart } from "./wallboard-part.ts";

const everybody: BoardAccess = {
  anyone: { name: null, canEdit: false, boards: [], tv: null, expiresMs: null },
  viewerOf: () => undefined,
};
/** One of each kind that slices answer, with windows long and short. */
const board = `title: Numbers
tiles:
  - { id: leads, type: number, at: 1/1 1x1, metric: new_leads, window: 30d, course: days }
  - { id: today, type: number, at: 2/1 1x1, metric: new_leads, window: day, course: hours }
  - { id: answered, type: number, at: 3/1 1x1, metric: lead_response_time.p50, window: 7d, course: days }
  - { id: waiting, type: number, at: 4/1 1x1, metric: unanswered_leads, course: hours }
  - { id: won, type: number, at: 5/1 1x1, metric: win_rate, window: 90d, course: days }
  - { id: sales, type: number, at: 6/1 1x1, metric: sales, window: 90d, course: days }
  - { id: pipeline, type: number, at: 7/1 1x1, metric: pipeline_value, course: days }
  - { id: reps, type: leaderboard, at: 8/1 1x1, metric: new_leads, window: 30d, by: rep }
  - { id: stages, type: pipeline, at: 9/1 1x1 }
  - { id: desk, type: waiting, at: 10/1 1x1 }
  - { id: weeks, type: line, at: 11/1 1x1, metric: new_leads, unit: week, points: 6, by: team }
`;
const partitions = 2;
const dayMs = 86_400_000;
const firstDayMs = Date.parse("2026-04-01T00:00:00Z");
const history: ReadonlyArray<SalesEvent> = [...demoHistory(21, firstDayMs, firstDayMs + 12 * dayMs)].map(
  ({ event }) => event,
);
const metrics = metricsTopic(testGeneration);
const everyTopic = [...eventTopics, accountLogTopic(testGeneration)];
const inputs = everyTopic.flatMap((topic) =>
  Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
);
const taskCount = inputs.length;

interface Board {
  readonly part: ServicePart;
  readonly notices: ReadonlyArray<string>;
  /** What the page gets, of the board of numbers. */
  readonly shown: () => Promise<{ readonly tiles: ReadonlyArray<TileData>; readonly freshness: BoardFreshness }>;
}

let workspace: Workspace;
let temporary: TemporaryStore;
let folder: string;
let skipMs: number;
let log: EmbeddedLog;
let processor: Processor;
let ends: Array<() => Promise<void>>;
let failures: Array<unknown>;
const onFailure = (cause: unknown): void => void failures.push(cause);
/** Goes as time does, and jumps where a test says so. */
const nowMs = (): number => firstDayMs + 12 * dayMs + skipMs + Math.floor(performance.now());

beforeAll(async () => {
  const parsed = parseWorkspace(demoWorkspaceYaml);
  if (isLeft(parsed)) throw new Error(JSON.stringify(parsed.left));
  workspace = parsed.right;
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());

const startProcessor = async (): Promise<void> => {
  processor = createProcessor({
    stateFolder: join(folder, "state"),
    log,
    nowMs,
    onFailure,
    workspace,
    measures: catalogue.measures,
    generation: testGeneration,
    partitions,
    followsRequests: true,
    limits: { heartbeatEveryMs: 50, commitEveryMs: 50 },
  });
  ends.push(processor.stop);
  await processor.start();
};
const stopProcessor = async (): Promise<void> => {
  ends = ends.filter((end) => end !== processor.stop);
  await processor.stop();
};

beforeEach(async () => {
  await temporary.truncate();
  [ends, failures, skipMs] = [[], [], 0];
  folder = mkdtempSync(join(tmpdir(), "leadwire-board-"));
  mkdirSync(join(folder, "boards"));
  writeFileSync(join(folder, "boards", "numbers.yaml"), board);
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs });
  const kept = [...everyTopic, quarantineTopic, alertsTopic, factsTopic(testGeneration)].map((name) => ({
    name,
    partitions,
  }));
  await log.ensureTopics([
    ...kept,
    { name: metrics, partitions, retentionMs: dayMs },
    { name: controlTopic, partitions: 1 },
  ]);
  await startProcessor();
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const openBoard = async (store: Store): Promise<Board> => {
  const notices: Array<string> = [];
  const part = await openWallboardPart({
    log,
    store,
    generation: testGeneration,
    workspace,
    catalogue,
    partitions,
    registry: derivedRegistry,
    deployment: embeddedDeployment,
    secrets: {},
    dataDir: folder,
    processName: "test",
    metrics: new Registry(),
    nowMs,
    random: () => 0,
    alertFiles: () => Promise.reject(new Error("nobody asks for rules")),
    boardsFolder: join(folder, "boards"),
    randomKey: () => new Uint8Array(32),
    onNotice: (text) => void notices.push(text),
    onFailure,
  });
  const app = Fastify();
  guardApp(app, { access: everybody, passes: [] });
  part.routes?.(app);
  ends.push(async () => {
    await app.close();
    await part.stop();
  });
  const snapshot = async (id: string) => (await app.inject(`/api/boards/${id}/snapshot`)).json<WallSnapshot>();
  const shown = async () => {
    const { tiles, freshness } = await snapshot("numbers");
    return { tiles, freshness };
  };
  return { part, notices, shown };
};

const startSink = async (): Promise<Sink> => {
  const sink = createSink({
    log,
    store: temporary.store,
    generation: testGeneration,
    nowMs: () => performance.now(),
    ageMs: 20,
  });
  ends.push(sink.stop);
  await sink.start();
  return sink;
};

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 10) {
    if (await what()) return;
    await sleep(10);
  }
  throw new Error(`not so within 10 s: ${what}`);
};

const endsNow = async (places: typeof inputs) =>
  Promise.all(places.map(async (place) => ({ ...place, offset: (await log.bounds(place)).end })));

/** Appends events, and waits until all that follows from them has been told. */
const tell = async (events: ReadonlyArray<SalesEvent>): Promise<void> => {
  await log.append(
    events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
    })),
  );
  // The second time for what the first put on the account log.
  for (let time = 0; time < 2; time += 1) {
    const offsets = new Map((await endsNow(inputs)).map((end) => [`${end.topic}/${end.partition}`, end.offset]));
    await until(() => processor.runner.hasTold(offsets));
  }
};

const metricsPlaces = Array.from({ length: partitions }, (_, partition) => ({ topic: metrics, partition }));

/** As of now, the sink has stored what the metrics topic holds. */
const stored = async (sink: Sink): Promise<void> => sink.stored(await endsNow(metricsPlaces));

/** Days pass, and the metrics topic forgets what was told before them. */
const forget = async (): Promise<void> => {
  skipMs += 3 * dayMs;
  await tell(history.slice(-20));
  await log.expire(nowMs());
  for (const place of metricsPlaces) expect((await log.bounds(place)).start).toBeGreaterThan(0);
};

/** By boards; the sink asks for what it lost itself. */
const partitionsAsked = async (): Promise<ReadonlyArray<number>> => {
  const cursor = new RecordCursor();
  const { bytes } = await log.read({ topic: controlTopic, partition: 0 }, 0, 1 << 20);
  const asked: Array<number> = [];
  cursor.reset(bytes, 0);
  while (cursor.next()) {
    const decoded = decodeControl(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
    if (isLeft(decoded) || decoded.right.name !== "restate-requested") throw new Error("this is no request");
    const { generation, partition, scope, requested_by } = decoded.right.record;
    expect([generation, scope]).toEqual([testGeneration, "slices"]);
    if (requested_by === "wallboard") asked.push(partition);
  }
  return asked;
};

const numbersOf = async ({ shown }: Board): Promise<string> => {
  const { tiles } = await shown();
  return JSON.stringify(
    tiles.map((tile) => ({ ...tile, changedAtMs: null })),
    null,
    1,
  );
};

const counted = (tiles: ReadonlyArray<TileData>): ReadonlyArray<TileData> =>
  tiles.filter((tile) => {
    if (tile.type === "leaderboard") return tile.rows.length > 0;
    return tile.type === "number" && tile.value !== null && tile.value !== 0;
  });

/** Both boards come to show the same numbers; a minute may begin between the two questions. */
const agree = async (first: Board, second: Board): Promise<void> => {
  await until(async () => (await numbersOf(first)) === (await numbersOf(second)));
  expect(counted((await first.shown()).tiles).length).toBeGreaterThan(2);
};

const ready = (board: Board): Promise<void> => until(() => board.part.unready().length === 0);

/** A port where nobody listens. */
const nobody = (): Store => {
  const store = serverStore({ url: "http://127.0.0.1:9", user: "leadwire", password: "" });
  ends.push(store.close);
  return store;
};

test("without ClickHouse a board asks the tasks for what the topic forgot, is not ready before they told it, and then shows what one loaded from ClickHouse shows", async () => {
  const followed = await openBoard(temporary.store);
  const sink = await startSink();
  await tell(history.slice(0, 2_000));
  await forget();
  await stored(sink);
  await stopProcessor();

  const alone = await openBoard(nobody());
  expect(alone.notices[0]).toMatch(/^The board begins from the topics alone: ClickHouse does not answer/);
  await until(async () => (await partitionsAsked()).length === partitions);
  expect((await partitionsAsked()).toSorted()).toEqual([0, 1]);
  expect(alone.part.unready()[0]).toBe(
    `The board waits for ${taskCount} tasks to tell again what the metrics topic no longer holds; processors have to run.`,
  );
  expect((await alone.shown()).freshness).toMatchObject({ completeThroughMs: null });

  await startProcessor();
  await ready(alone);
  expect(await numbersOf(alone)).toBe(await numbersOf(followed));
  const loaded = await openBoard(temporary.store);
  await ready(loaded);
  await agree(alone, loaded);
  expect((await alone.shown()).freshness).toMatchObject({ state: "live", behindEvents: 0 });
  expect(loaded.notices).toEqual([]);
  expect(await partitionsAsked()).toHaveLength(2);

  await tell(history.slice(2_000, 2_300));
  await agree(alone, loaded);
});

test("a board whose positions in ClickHouse the topic has forgotten asks again, and is right afterwards", async () => {
  const followed = await openBoard(temporary.store);
  const sink = await startSink();
  await tell(history.slice(0, 1_500));
  await stored(sink);
  await sink.stop();
  await tell(history.slice(1_500, 2_500));
  await forget();

  const late = await openBoard(temporary.store);
  await until(async () => (await partitionsAsked()).length === partitions);
  expect((await partitionsAsked()).toSorted()).toEqual([0, 1]);
  await ready(late);
  expect(await numbersOf(late)).toBe(await numbersOf(followed));
  expect(await partitionsAsked()).toHaveLength(2);
});

test("rows that ClickHouse gets after the positions were read count once, before and after the rows are read", async () => {
  const followed = await openBoard(temporary.store);
  const sink = await startSink();
  await tell(history.slice(0, 1_000));
  await stored(sink);
  let asked = 0;
  const more = async (from: number, to: number): Promise<void> => {
    await tell(history.slice(from, to));
    await stored(sink);
  };
  const slow: Store = {
    ...temporary.store,
    scan: (sql, options) => async () => {
      if (!sql.includes(".slices")) return temporary.store.scan(sql, options)();
      asked += 1;
      await more(1_000, 1_500);
      const found = await temporary.store.scan(sql, options)();
      await more(1_500, 2_000);
      return found;
    },
  };
  const overlapping = await openBoard(slow);
  expect(asked).toBe(1);
  await ready(overlapping);
  await agree(overlapping, followed);
  expect(await partitionsAsked()).toEqual([]);
});

test("what a stale owner writes after the new one changes no number, not of a slice that is empty again either", async () => {
  const sink = await startSink();
  const followed = await openBoard(temporary.store);
  await tell(history.slice(0, 500));
  const of = history.find((event) => event.type === "lead-created");
  if (of?.type !== "lead-created") throw new Error("the demo has no lead");
  const lead = { ...of, event_id: "late-1", lead_id: "late", owner: "Somebody", occurred_at: nowMs() - 60_000 };
  await tell([lead]);
  const old = await endsNow(metricsPlaces);
  await tell([{ ...lead, revision: 1, voided: true }, ...history.slice(500, 900)]);
  await stored(sink);
  const before = await numbersOf(followed);

  const cursor = new RecordCursor();
  for (const place of old) {
    const { bytes } = await log.read(place, 0, 1 << 26);
    cursor.reset(bytes, 0);
    const again = [];
    while (cursor.next() && cursor.offset < place.offset) {
      const value = Buffer.from(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      again.push({ ...place, key: null, value });
    }
    await sink.stop();
    await log.append(again);
  }
  const loaded = await openBoard(temporary.store);
  await ready(loaded);
  await agree(loaded, followed);
  await until(async () => (await numbersOf(followed)) === before);
  expect((await followed.shown()).freshness).toMatchObject({ state: "live", behindEvents: 0 });
});

test("when ClickHouse goes away later, the board goes on", async () => {
  let isAway = false;
  const store: Store = {
    ...temporary.store,
    rows: (sql, options) => (isAway ? nobody() : temporary.store).rows(sql, options),
  };
  const board = await openBoard(store);
  await tell(history.slice(0, 600));
  await ready(board);
  isAway = true;
  const before = await numbersOf(board);
  await tell(history.slice(600, 1_200));
  await until(async () => (await numbersOf(board)) !== before);
  expect((await board.shown()).freshness).toMatchObject({ state: "live", behindEvents: 0 });
  expect(board.notices).toEqual([]);
});

test("a ClickHouse that was filled from another log is not loaded from", async () => {
  const sink = await startSink();
  await tell(history.slice(0, 800));
  await stored(sink);
  for (const end of ends.reverse()) await end();
  ends = [];
  await log.close();
  rmSync(join(folder, "log"), { recursive: true });
  rmSync(join(folder, "state"), { recursive: true });
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs });
  const names = [...everyTopic, quarantineTopic, alertsTopic, factsTopic(testGeneration), metrics];
  await log.ensureTopics([...names.map((name) => ({ name, partitions })), { name: controlTopic, partitions: 1 }]);
  const board = await openBoard(temporary.store);
  expect(board.notices[0]).toContain("ClickHouse was filled from another log");
  expect(board.part.unready()).toEqual([`The board has not heard of ${taskCount} tasks; processors have to run.`]);
  await startProcessor();
  await ready(board);
  const { tiles } = await board.shown();
  expect(counted(tiles)).toEqual([]);
});

test("a board that ran is ready while tasks are silent, and the page says stale until they are back", async () => {
  const board = await openBoard(temporary.store);
  await ready(board);
  await stopProcessor();
  skipMs += 5_001;
  expect((await board.shown()).freshness.state).toBe("stale");
  expect(board.part.unready()).toEqual([]);
  await startProcessor();
  await until(async () => (await board.shown()).freshness.state === "live");
});
