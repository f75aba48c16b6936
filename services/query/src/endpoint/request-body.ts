import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { codes, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

/** Of a statement, packed and unpacked: as long as ClickHouse itself takes (max_query_size). */
export const queryBytesMax = 262_144;

const unpackers = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

const isUnpackable = (encoding: string): encoding is keyof typeof unpackers => Object.hasOwn(unpackers, encoding);

const tooLarge: Either<SqlRefusal, never> = left(
  sqlRefusal(
    codes.tooLarge,
    `The statement is larger than ${queryBytesMax / 1024} KiB. Send a shorter one: long lists go into a subquery or a JOIN.`,
  ),
);

/** Reads a body to its end, unless it is too long: then what follows is left unread, and its connection open for the answer. */
const whole = async (body: Readable): Promise<Either<SqlRefusal, Buffer>> => {
  const chunks: Array<Buffer> = [];
  let bytes = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > queryBytesMax) return tooLarge;
    chunks.push(chunk);
  }
  return right(Buffer.concat(chunks));
};

/** The body of a request, unpacked: the gate has to see the statement. */
export const readBody = async (
  body: Readable,
  contentEncoding: string | undefined,
): Promise<Either<SqlRefusal, Buffer>> => {
  const encoding = contentEncoding?.trim().toLowerCase() ?? "";
  const packed = await whole(body);
  if (isLeft(packed) || encoding === "" || encoding === "identity") return packed;
  if (!isUnpackable(encoding)) {
    const known = Object.keys(unpackers).join(", ");
    const text = `The body is packed with ${JSON.stringify(encoding.slice(0, 40))}; expected ${known}, or not packed.`;
    return left(sqlRefusal(codes.unknownCompression, text));
  }
  try {
    return right(await unpackers[encoding](packed.right, { maxOutputLength: queryBytesMax }));
  } catch (fault) {
    if (fault instanceof RangeError) return tooLarge;
    return left(sqlRefusal(codes.badArguments, `The body says it is packed with ${encoding}, and is not.`));
  }
};
