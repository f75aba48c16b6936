import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@leadwire/kpis/catalogue";
import fastify, { type FastifyInstance } from "fastify";
import { guardApp } from "../access/access-guard.ts";
import type { BoardAccess, Viewer } from "../access/board-access.ts";
import { registerLogin } from "../access/login-routes.ts";
import { BoardShelf } from "../board-file/board-shelf.ts";
import { registerBoards } from "../boards/register-boards.ts";

/** Who may do anything, but for what a test takes away. */
export const viewer = (change: Partial<Viewer> = {}): Viewer => ({
  name: "ana",
  canEdit: false,
  boards: [],
  tv: null,
  expiresMs: null,
  ...change,
});

export interface BoardsApp {
  readonly app: FastifyInstance;
  readonly folder: string;
  readonly shelf: BoardShelf;
  /** Tokens that stand; a test takes one away to revoke it. */
  readonly tokens: Map<string, Viewer>;
  /** Moves the clock of logins. */
  readonly wait: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** Boards of a folder of their own behind a guard, with a stream and a number as other services have them. */
export const openBoardsApp = async (anyone: Viewer | null): Promise<BoardsApp> => {
  const folder = join(mkdtempSync(join(tmpdir(), "leadwire-boards-")), "boards");
  const shelf = new BoardShelf({ folder, context: { catalogue, currency: "EUR" }, onNotice: () => undefined });
  await shelf.refresh();
  const tokens = new Map<string, Viewer>();
  let nowMs = Date.UTC(2026, 2, 2);
  const access: BoardAccess = { anyone, viewerOf: (token) => tokens.get(token) };
  const app = fastify();
  guardApp(app, { access, passes: ["pass-of-the-command-line"], sweepMs: 20 });
  registerLogin(app, { access, nowMs: () => nowMs });
  registerBoards(app, { shelf, catalogue, imagesFolder: join(folder, "images"), nowMs: () => nowMs });
  app.get("/", () => "the page");
  app.get("/boards/:id", () => "the page");
  app.get("/show/:id", () => "the page");
  app.get("/assets/:name", () => "code");
  app.post("/v1/events", () => "the door");
  app.get("/api/kpis/:metric", () => "a number");
  app.get("/api/reports/:name", () => "a report");
  app.get("/api/boards/:id/tiles/:tile/explain", () => "an explanation");
  app.get("/api/boards/:id/stream", { exposeHeadRoute: false }, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/event-stream" });
    reply.raw.write("data: first\n\n");
  });
  return {
    app,
    folder,
    shelf,
    tokens,
    wait: (ms) => {
      nowMs += ms;
    },
    close: async () => {
      await app.close();
      rmSync(join(folder, ".."), { recursive: true });
    },
  };
};
