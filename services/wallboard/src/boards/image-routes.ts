import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { viewerOf } from "../access/access-guard.ts";
import { seesBoard, seesEverything, type Viewer } from "../access/board-access.ts";
import type { BoardShelf } from "../board-file/board-shelf.ts";
import { type Problem, sendProblem } from "../problem.ts";
import { headersWith } from "../security-headers.ts";
import { imageKind } from "./image-kind.ts";

export interface ImageRoutesOptions {
  readonly shelf: BoardShelf;
  /** `boards/images`; it need not be there. */
  readonly folder: string;
}

const imageBytesMax = 10 * 1_048_576;

/** One name in the folder: no separator of any system, no dot at the front, nothing that cannot be seen. */
const isFileName = (name: string): boolean => /^[\p{L}\p{N}_-][\p{L}\p{N}_. -]{0,103}$/u.test(name);

/** A picture opened by itself is a document: it may do nothing, whatever a browser takes it for. */
const headers = headersWith({ "script-src": "'none'", "connect-src": "'none'", sandbox: "" });

const noImage = (file: string, why: string): Problem => ({
  status: 404,
  title: "Not found",
  code: "NoImage",
  detail: `${JSON.stringify(file)} ${why}. Put a png, jpg, webp, avif or gif of at most 10 MB into boards/images.`,
});

/** Undefined where there is no such file, or it is not one, or too large to be a picture on a wall. */
const readImage = async (path: string): Promise<Buffer | undefined> => {
  try {
    // Opening a pipe waits for whoever writes to it.
    if (!(await stat(path)).isFile()) return undefined;
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      return size > imageBytesMax ? undefined : await file.readFile();
    } finally {
      await file.close();
    }
  } catch (fault) {
    if (fault instanceof Error && "code" in fault) return undefined;
    throw fault;
  }
};

/** Whoever sees some boards alone sees the pictures on those. */
const seesImage = (viewer: Viewer, file: string, shelf: BoardShelf): boolean =>
  seesEverything(viewer) ||
  [...shelf.boards().values()].some(
    ({ board }) =>
      seesBoard(viewer, board.id, shelf.slideshows()) &&
      board.tiles.some((tile) => tile.type === "image" && tile.file === file),
  );

/** `/images/FILE`: the pictures of `boards/images`, and nothing else that lies there. */
export const registerImages = (app: FastifyInstance, { shelf, folder }: ImageRoutesOptions): void => {
  app.get<{ Params: { file: string } }>("/images/:file", async (request, reply) => {
    const { file } = request.params;
    if (!isFileName(file) || !seesImage(viewerOf(request), file, shelf))
      return sendProblem(reply, noImage(file, "is not there"));
    const bytes = await readImage(join(folder, file));
    if (bytes === undefined) return sendProblem(reply, noImage(file, "is not there"));
    const kind = imageKind(bytes);
    if (kind === undefined) return sendProblem(reply, noImage(file, "is no picture"));
    const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
    void reply.headers({ ...headers, etag, "cache-control": "private, no-cache", "content-disposition": "inline" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type(kind).send(bytes);
  });
};
