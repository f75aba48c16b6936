import { type Catalogue, type Language, languages } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { BoardDefinition } from "../board/board-definition.ts";
import type { CatalogueAnswer } from "../board/catalogue-answer.ts";
import type { WallFrame } from "../board/wall-frame.ts";
import { buildPageAssets, type PageAsset } from "../page-assets.ts";
import { builtInBoards, createInventedWall, type InventedWall } from "./invented-wall.ts";

/** The page over the invented company, without an engine: only what the page asks for. */
export interface DemoServer {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly wall: (board: string) => InventedWall;
}

const namesIn = (from: Catalogue, lang: Language): CatalogueAnswer => ({
  lang,
  metrics: [...from.metrics.values()].flatMap((metric) =>
    [...metric.statistics].map(([statistic, { unit }]) => ({
      metric: statistic === "" || statistic === metric.defaultStatistic ? metric.id : `${metric.id}.${statistic}`,
      name: metric.texts[lang][0],
      line: metric.texts[lang][1],
      ...(statistic === "" || statistic === metric.defaultStatistic ? {} : { statistic }),
      unit,
      better: metric.better,
      level: false,
      dimensions: [],
      windows: [],
    })),
  ),
});

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const sendAsset = (reply: FastifyReply, { contentType, plain }: PageAsset): FastifyReply =>
  reply.header("content-security-policy", policy).type(contentType).send(plain);

const stream = (wall: InventedWall, request: FastifyRequest, reply: FastifyReply): void => {
  reply.hijack();
  let revision = 0;
  reply.raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const send = (frame: WallFrame): void =>
    void reply.raw.write(`id: demo.${++revision}\nevent: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`);
  send(wall.snapshot(Date.now()));
  const end = wall.subscribe(send);
  const beat = setInterval(() => reply.raw.write(": beat\n\n"), 5_000);
  request.raw.on("close", () => {
    end();
    clearInterval(beat);
  });
};

export const startDemoServer = async (
  port = 0,
  boards: ReadonlyMap<string, BoardDefinition> = builtInBoards(),
): Promise<DemoServer> => {
  const assets = buildPageAssets();
  const walls = new Map(
    [...boards].map(([id, board]) => [id, createInventedWall(board, assets.build, Date.now())]),
  );
  const app = fastify({ forceCloseConnections: true });
  for (const path of ["/", "/boards/:id", "/show/:id"]) app.get(path, (_, reply) => sendAsset(reply, assets.index));
  app.get<{ Params: { name: string } }>("/assets/:name", ({ params }, reply) => {
    const file = assets.files.get(params.name);
    return file === undefined ? reply.code(404).send() : sendAsset(reply, file);
  });
  app.get("/api/boards", () => ({
    boards: [...boards.values()].map(({ id, title }) => ({ id, title, builtIn: true })),
    faults: [],
    canEdit: true,
  }));
  app.get("/api/slideshows", () => [
    { id: "all", title: "All boards", slides: [...boards.keys()].map((board) => ({ board, forMs: 10_000 })) },
  ]);
  app.get<{ Querystring: { lang?: string } }>("/api/catalogue", ({ query }) =>
    namesIn(catalogue, languages.find((language) => language === query.lang) ?? "en"),
  );
  app.get<{ Params: { id: string } }>("/api/boards/:id/stream", { exposeHeadRoute: false }, (request, reply) => {
    const wall = walls.get(request.params.id);
    if (wall === undefined) return reply.code(404).send({ title: "There is no such board." });
    stream(wall, request, reply);
  });
  const url = await app.listen({ host: "127.0.0.1", port });
  return {
    url,
    app,
    wall: (board) => {
      const found = walls.get(board);
      if (found === undefined) throw new Error(`There is no board ${board}.`);
      return found;
    },
  };
};
