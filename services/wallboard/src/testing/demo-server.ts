import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@leadwire/kpis/catalogue";
import fastify, { type FastifyInstance } from "fastify";
import { guardApp } from "../access/access-guard.ts";
import type { BoardAccess } from "../access/board-access.ts";
import { BoardShelf } from "../board-file/board-shelf.ts";
import { registerBoards } from "../boards/register-boards.ts";
import { registerWallboard, type WallboardOptions } from "../register-wallboard.ts";
import { registerInventedExplain } from "./invented-explanation.ts";
import { createInventedWall, type InventedWall } from "./invented-wall.ts";

/** The page over the invented company, with real boards and nobody to log in. */
export interface DemoServer {
  readonly url: string;
  readonly port: number;
  readonly wall: InventedWall;
  readonly shelf: BoardShelf;
  /** `boards/`, where what is saved in the page is written. */
  readonly folder: string;
  readonly app: FastifyInstance;
  readonly close: () => Promise<void>;
}

export interface DemoOptions extends Partial<WallboardOptions> {
  readonly port?: number;
  /** A folder of boards; without one, an empty one that is taken away at the end. */
  readonly folder?: string;
  readonly access?: BoardAccess;
  /** The company that an earlier server had. */
  readonly wall?: InventedWall;
  /** Adds routes of another service's, before the server listens. */
  readonly also?: (app: FastifyInstance) => void;
}

const everybody: BoardAccess = {
  anyone: { name: null, canEdit: true, boards: [], tv: null, expiresMs: null },
  viewerOf: () => undefined,
};

export const startDemoServer = async (options: DemoOptions = {}): Promise<DemoServer> => {
  const nowMs = options.nowMs ?? Date.now;
  const own = options.folder === undefined ? await mkdtemp(join(tmpdir(), "leadwire-boards-")) : undefined;
  const folder = options.folder ?? own ?? "";
  const shelf = new BoardShelf({ folder, context: { catalogue, currency: "EUR" }, onNotice: () => undefined });
  await shelf.refresh();
  const wall = options.wall ?? createInventedWall(() => shelf.boards(), nowMs());
  const app = fastify();
  guardApp(app, { access: options.access ?? everybody, passes: [] });
  registerBoards(app, { shelf, catalogue, imagesFolder: join(folder, "images"), nowMs });
  registerWallboard(app, wall, { ...options, nowMs });
  registerInventedExplain(app, wall, nowMs);
  options.also?.(app);
  const url = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  return {
    url,
    port: Number(new URL(url).port),
    wall,
    shelf,
    folder,
    app,
    close: async () => {
      await app.close();
      if (own !== undefined) await rm(own, { recursive: true, force: true });
    },
  };
};
