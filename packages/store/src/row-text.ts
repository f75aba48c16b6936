import type { Cell } from "./store.ts";

const lineFeed = 0x0a;

/** The rows of an answer in the format JSONCompactEachRow: a line each. */
export const rowsIn = (bytes: Buffer): ReadonlyArray<ReadonlyArray<Cell>> => {
  const text = bytes.toString("utf8").trimEnd();
  return text === "" ? [] : (JSON.parse(`[${text.replaceAll("\n", ",")}]`) as ReadonlyArray<ReadonlyArray<Cell>>);
};

function* rowsFrom(chunks: ReadonlyArray<Buffer>): Generator<ReadonlyArray<Cell>> {
  let begun: Array<Buffer> = [];
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end === 0) {
      begun.push(chunk);
      continue;
    }
    yield* rowsIn(Buffer.concat([...begun, chunk.subarray(0, end)]));
    begun = [chunk.subarray(end)];
  }
  yield* rowsIn(Buffer.concat(begun));
}

/** The same of an answer in pieces, cut anywhere: each is parsed when its first row is taken. */
export const rowsOfChunks = (chunks: ReadonlyArray<Buffer>): Iterable<ReadonlyArray<Cell>> => ({
  [Symbol.iterator]: () => rowsFrom(chunks),
});
