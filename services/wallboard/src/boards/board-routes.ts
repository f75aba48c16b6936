import { workspaceFaultText } from "@leadwire/funnel";
import type { FastifyInstance, FastifyReply } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { askerOf, viewerOf } from "../access/access-guard.ts";
import { seenShows, seesBoard } from "../access/board-access.ts";
import type { BoardsAnswer } from "../board/boards-answer.ts";
import type { BoardShelf, SaveFault } from "../board-file/board-shelf.ts";
import { expectedBy, unconditional } from "../precondition.ts";
import { noBoard, type Problem, sendProblem } from "../problem.ts";
import { securityHeaders } from "../security-headers.ts";
import { isBoardBody } from "./board-body.ts";

export interface BoardRoutesOptions {
  readonly shelf: BoardShelf;
  readonly nowMs: () => number;
}

/** 250 tiles with long texts are a tenth of it. */
const bodyBytesMax = 1_048_576;

type OfBoard = { Params: { id: string } };

/** Who saved a board last, in this process: told to whoever was slower. */
interface LastSave {
  readonly etag: string;
  readonly by: string | null;
  readonly atMs: number;
}

const send = (reply: FastifyReply, answer: unknown): FastifyReply =>
  reply
    .headers({ ...securityHeaders, "cache-control": "no-store" })
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(answer));

const lateProblem = (id: string, etag: string | null, last: LastSave | undefined): Problem => {
  const known = last !== undefined && last.etag === etag ? last : undefined;
  const by = known === undefined ? "in its file" : known.by === null ? "in the page" : `by ${known.by}`;
  const detail =
    etag === null
      ? `There is no file of the board ${id} any more: send If-None-Match: * to make it anew.`
      : `The board ${id} was changed ${by} since you read it. Read it again, and make your change there.`;
  const saved = known === undefined ? {} : { saved_by: known.by, saved_at: new Date(known.atMs).toISOString() };
  return { status: 412, title: "Changed meanwhile", code: "Changed", detail, more: { etag, ...saved } };
};

const faultProblem = (id: string, fault: SaveFault, last: LastSave | undefined): Problem => {
  switch (fault._tag) {
    case "Changed":
      return lateProblem(id, fault.etag, last);
    case "BadName": {
      const detail = `${JSON.stringify(id)} is no name of a board: up to 60 letters, digits, - and _, and not slideshows.`;
      return { status: 400, title: "Wrong name", code: "BadName", detail };
    }
    case "Refused": {
      const reasons = fault.faults.map((each) => workspaceFaultText(each, `${id}.yaml`));
      return {
        status: 422,
        title: "Not a board",
        code: "Refused",
        detail: reasons.join("\n"),
        more: { reasons },
      };
    }
  }
};

/** What the disk says against writing: no broken invariant, and nothing that the page can mend. */
const notWritten = (fault: unknown): Problem | undefined => {
  if (!(fault instanceof Error) || !("code" in fault) || typeof fault.code !== "string") return undefined;
  const detail = `The folder boards/ cannot be written (${fault.code}). Make it writable for Leadwire, or change the file itself.`;
  return { status: 500, title: "Not saved", code: "NotWritten", detail };
};

/** `/api/boards`, `/api/boards/ID` (GET, PUT, DELETE) and `/api/slideshows`. */
export const registerBoardRoutes = (app: FastifyInstance, { shelf, nowMs }: BoardRoutesOptions): void => {
  const saves = new Map<string, LastSave>();

  app.get("/api/boards", (request, reply) => {
    const viewer = viewerOf(request);
    const { canEdit } = viewer;
    const boards = [...shelf.boards().values()]
      .filter(({ board }) => seesBoard(viewer, board.id, shelf.slideshows()))
      .map(({ board: { id, title }, builtIn }) => ({ id, title, builtIn }));
    const faults = canEdit ? [...shelf.faults()].map(([file, text]) => ({ file, text })) : [];
    const answer: BoardsAnswer = { boards, faults, canEdit, canSql: askerOf(request) !== undefined };
    return send(reply, answer);
  });

  app.get("/api/slideshows", (request, reply) => send(reply, seenShows(viewerOf(request), shelf.slideshows())));

  app.get<OfBoard>("/api/boards/:id", (request, reply) => {
    const { id } = request.params;
    const found = shelf.boards().get(id);
    return found === undefined ? sendProblem(reply, noBoard(id)) : send(reply.header("etag", found.etag), found.board);
  });

  app.put<OfBoard>("/api/boards/:id", { bodyLimit: bodyBytesMax }, async (request, reply) => {
    const { id } = request.params;
    const held = shelf.boards().get(id);
    const expected = expectedBy(request, held?.etag);
    if (expected === undefined) return sendProblem(reply, unconditional("board"));
    const { body } = request;
    const reasons: string[] = [];
    if (!isBoardBody(body, reasons)) {
      const detail = reasons.join("\n");
      return sendProblem(reply, { status: 400, title: "Not a board", code: "BadBody", detail, more: { reasons } });
    }
    try {
      const saved = await shelf.save({ ...body, id }, expected);
      if (isLeft(saved)) return sendProblem(reply, faultProblem(id, saved.left, saves.get(id)));
      const { etag, board } = saved.right;
      saves.set(id, { etag, by: viewerOf(request).name, atMs: nowMs() });
      return send(reply.code(expected === null ? 201 : 200).header("etag", etag), board);
    } catch (fault) {
      const told = notWritten(fault);
      if (told === undefined) throw fault;
      return sendProblem(reply, told);
    }
  });

  app.delete<OfBoard>("/api/boards/:id", async (request, reply) => {
    const { id } = request.params;
    const held = shelf.boards().get(id);
    if (held === undefined) return sendProblem(reply, noBoard(id));
    if (held.builtIn) {
      const detail = `The board ${id} comes with Leadwire: it cannot be taken away, only changed.`;
      return sendProblem(reply, { status: 409, title: "Built in", code: "BuiltIn", detail });
    }
    const expected = expectedBy(request, held?.etag);
    if (expected === undefined || expected === null) return sendProblem(reply, unconditional("board"));
    const removed = await shelf.remove(id, expected);
    if (isLeft(removed)) return sendProblem(reply, faultProblem(id, removed.left, saves.get(id)));
    saves.delete(id);
    return reply.code(204).headers(securityHeaders).send();
  });
};
