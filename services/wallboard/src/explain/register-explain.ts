import type { FastifyInstance } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import type { BoardDefinition } from "../board/board-definition.ts";
import { noBoard, type Problem, sendProblem } from "../problem.ts";
import { securityHeaders } from "../security-headers.ts";
import { type ExplainTerms, explainTile } from "./explain-tile.ts";
import type { NumberChoice } from "./tile-number.ts";

export interface ExplainOptions extends ExplainTerms {
  readonly boardOf: (boardId: string) => BoardDefinition | undefined;
  readonly nowMs: () => number;
}

const linesShown = 20;
const linesMax = 10_000;

const wrongUsage = (detail: string): Problem => ({ status: 400, title: "Wrong usage", code: "BadArgument", detail });
const noTile = (boardId: string, tileId: string): Problem => ({
  status: 404,
  title: "Not found",
  code: "NoTile",
  detail: `The board ${boardId} has no tile ${JSON.stringify(tileId)}.`,
});

/** A whole number; undefined where the text is none. */
const wholeOf = (text: string): number | undefined => {
  const value = Number(text);
  return /^-?\d{1,16}$/u.test(text) && Number.isSafeInteger(value) ? value : undefined;
};

interface ReadQuery {
  readonly choice: NumberChoice;
  readonly limit: number;
}

/** Text where the query is wrong: what was found and what was expected. */
const readQuery = (query: URLSearchParams): ReadQuery | string => {
  const known = ["group", "part", "point", "limit"];
  for (const name of query.keys()) {
    if (!known.includes(name)) return `There is no argument "${name}": explain takes ${known.join(", ")}.`;
    if (query.getAll(name).length > 1) return `"${name}" is given several times: give it once.`;
  }
  const [group, part, point, limit] = known.map((name) => query.get(name));
  const pointMs = wholeOf(point ?? "0");
  if (pointMs === undefined) return `"${point}" is no start of a point: write it in epoch milliseconds.`;
  const lines = wholeOf(limit ?? `${linesShown}`);
  if (lines === undefined || lines < 1 || lines > linesMax)
    return `"${limit}" is no limit: write a whole number from 1 to ${linesMax}.`;
  const choice = {
    ...(typeof group === "string" ? { group } : {}),
    ...(typeof part === "string" ? { part } : {}),
    ...(typeof point === "string" ? { pointMs } : {}),
  };
  return { choice, limit: lines };
};

/**
 * `GET /api/boards/ID/tiles/TILE/explain`: the facts and events behind a tile's number, and the SQL that gives it. Who may
 * see the board is held by the app (registerBoards).
 */
export const registerExplain = (app: FastifyInstance, options: ExplainOptions): void => {
  app.get<{ Params: { id: string; tile: string } }>("/api/boards/:id/tiles/:tile/explain", async (request, reply) => {
    const { id, tile: tileId } = request.params;
    const board = options.boardOf(id);
    if (board === undefined) return sendProblem(reply, noBoard(id));
    const tile = board.tiles.find((known) => known.id === tileId);
    if (tile === undefined) return sendProblem(reply, noTile(id, tileId));
    const asked = readQuery(new URLSearchParams(request.url.split("?")[1] ?? ""));
    if (typeof asked === "string") return sendProblem(reply, wrongUsage(asked));
    const answer = await explainTile(tile, asked.choice, asked.limit, options.nowMs(), options);
    if (isLeft(answer)) return sendProblem(reply, wrongUsage(answer.left));
    return reply
      .headers({ ...securityHeaders, "cache-control": "no-store" })
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(answer.right));
  });
};
