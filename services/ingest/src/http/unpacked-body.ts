import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { DoorLimits } from "./door-options.ts";
import { bodyTooLarge, type DoorProblem, notGzip, wrongEncoding } from "./door-problem.ts";

const unpack = promisify(gunzip);

const isTooLarge = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && fault.code === "ERR_BUFFER_TOO_LARGE";

/** A body as it was before `content-encoding`; never more than the limit is unpacked. */
export const unpackedBody = async (
  body: Buffer,
  encoding: string | undefined,
  limits: DoorLimits,
): Promise<Either<DoorProblem, Buffer>> => {
  const named = (encoding ?? "").trim().toLowerCase();
  if (named === "" || named === "identity") return right(body);
  if (named !== "gzip" && named !== "x-gzip") return left(wrongEncoding(encoding ?? ""));
  try {
    return right(await unpack(body, { maxOutputLength: limits.bodyBytesMax }));
  } catch (fault) {
    return left(isTooLarge(fault) ? bodyTooLarge(limits) : notGzip);
  }
};
