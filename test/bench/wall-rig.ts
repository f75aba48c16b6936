import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { LiveOpenSet, LiveView, Runner, StateStore } from "@leadwire/stream";
import {
  BoardShelf,
  createLiveWall,
  guardApp,
  LiveEventFeed,
  registerBoards,
  registerWallboard,
  type WallSource,
} from "@leadwire/wallboard";
import fastify from "fastify";
import { generation, partitions, recordOf, temporaryFolder, topics } from "./demo-log.ts";

/** From the log to the page in one process: log, tasks, live view, boards and their HTTP server; without ClickHouse. */
export interface WallRig {
  readonly url: string;
  readonly log: EmbeddedLog;
  readonly close: () => Promise<void>;
}

export interface WallRigTerms {
  readonly nowMs: () => number;
  /** In the log, and folded, before the rig is given back. */
  readonly history: ReadonlyArray<SalesEvent>;
  /** YAML by id, beside the boards that come with the product. */
  readonly boards: Readonly<Record<string, string>>;
  /** As the product has it unless stated. */
  readonly frameMs?: number;
  /** What stands between the boards and their streams, where a benchmark looks in between. */
  readonly around?: (wall: WallSource) => WallSource;
  /** Sees each of the view's changes. */
  readonly onChange?: Parameters<LiveView["onChange"]>[0];
}

/** A topic beside the product's own, for floors. */
export const floorTopic = "floor";

/** Ends the benchmark over what must not fail. */
export const fail = (cause: unknown): void => {
  process.stderr.write(`${String(cause instanceof Error ? cause.stack : cause)}\n`);
  process.exit(1);
};

const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };

export const openWallRig = async ({
  nowMs,
  history,
  boards,
  frameMs,
  around,
  onChange,
}: WallRigTerms): Promise<WallRig> => {
  const folder = temporaryFolder();
  const log = await openEmbeddedLog({ folder: join(folder.path, "log"), nowMs });
  await log.ensureTopics([...topics, floorTopic].map((name) => ({ name, partitions })));
  for (let from = 0; from < history.length; from += 10_000)
    await log.append(history.slice(from, from + 10_000).map(recordOf));
  const store = new StateStore(join(folder.path, "state"));
  const shared = { log, generation, partitions, workspace, nowMs, onFailure: fail };
  const runner = new Runner({ ...shared, store, measures: catalogue.measures });
  const openSet = new LiveOpenSet({ workspace });
  const view = new LiveView({ ...shared, catalogue, openSet });
  const eventFeed = new LiveEventFeed({ log, partitions, onFailure: fail });
  await runner.start();
  await view.start();
  await eventFeed.start();
  while (view.freshness().state !== "live") await sleep(100);
  const memory = (process.memoryUsage().rss / 1e6).toFixed(0);
  process.stderr.write(`${history.length} events held, ${view.state.slices.size} slices, rss ${memory} MB\n`);
  if (onChange !== undefined) view.onChange(onChange);

  const boardsFolder = join(folder.path, "boards");
  mkdirSync(boardsFolder);
  for (const [id, text] of Object.entries(boards)) writeFileSync(join(boardsFolder, `${id}.yaml`), text);
  const shelf = new BoardShelf({
    folder: boardsFolder,
    context: { catalogue, currency: workspace.currency },
    onNotice: fail,
  });
  await shelf.refresh();
  const wall = createLiveWall({ view, openSet, eventFeed, shelf, catalogue, workspace, nowMs });
  const app = fastify();
  guardApp(app, {
    access: {
      anyone: { name: null, canEdit: true, boards: [], tv: null, expiresMs: null },
      viewerOf: () => undefined,
    },
    passes: [],
  });
  registerBoards(app, { shelf, catalogue, imagesFolder: join(boardsFolder, "images"), nowMs });
  registerWallboard(app, around?.(wall) ?? wall, { nowMs, ...(frameMs === undefined ? {} : { frameMs }) });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    log,
    close: async () => {
      await app.close();
      await eventFeed.stop();
      await view.stop();
      await runner.stop();
      await store.close();
      await log.close();
      folder.dispose();
    },
  };
};
