import type { IncomingMessage } from "node:http";
import type { Duplex, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { lastFrame } from "./lz4-frames.ts";

/** What went out before the error is of no use; the error itself, which may repeat the statement, is last. */
const tailBytesMax = 1 << 20;

const unpackerOf = (encoding: string | undefined): Duplex | undefined => {
  switch (encoding) {
    case "gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    case "zstd":
      return createZstdDecompress();
    default:
      return undefined;
  }
};

const tailOf = async (stream: Readable): Promise<Buffer> => {
  let tail = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>)
    tail = Buffer.concat([tail, chunk]).subarray(-tailBytesMax);
  return tail;
};

/** https://github.com/ClickHouse/ClickHouse/pull/88818: an error behind data stands between two marks. */
const marked = /__exception__\r\n(?<tag>\w+)\r\n(?<text>[\s\S]*)\n\d+ \k<tag>\r\n__exception__\r\n$/u;

/** The error at the end of what was already said. */
const errorIn = (said: string): string => {
  const found = marked.exec(said)?.groups?.text;
  return found ?? said.slice(Math.max(0, said.lastIndexOf("Code: ")));
};

/** Reads the text of an answer that is an error, however it is packed. */
export const readErrorText = async (message: IncomingMessage): Promise<string> => {
  const unpacker = unpackerOf(message.headers["content-encoding"]);
  try {
    const tail = await tailOf(unpacker === undefined ? message : message.pipe(unpacker));
    return errorIn((lastFrame(tail) ?? tail).toString("utf8"));
  } catch {
    return "The query failed, and its error cannot be read.";
  }
};
