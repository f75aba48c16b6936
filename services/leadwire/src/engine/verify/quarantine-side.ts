import { derivedRegistry, quarantineCodec, quarantineTopic } from "@leadwire/events";
import { partitionName, RecordCursor } from "@leadwire/log";
import { logDatabase, readPositions, rowsOf, StoreError } from "@leadwire/store";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import type { Comparison } from "./comparison.ts";
import type { VerifyContext } from "./verify-context.ts";

const chunkBytes = 1 << 20;

/** What the quarantine topic holds, by id: where each record came from. */
interface OnTopic {
  /** Below the positions up to which the topic counts as stored. */
  readonly stored: ReadonlyMap<string, string>;
  readonly all: ReadonlySet<string>;
}

const placeText = (source: unknown, origin: unknown, position: unknown): string =>
  `source ${String(source)}, ${String(origin)} at ${String(position)}`;

const readTopic = async ({ log, store, partitions, registry }: VerifyContext): Promise<OnTopic> => {
  const marks = await readPositions(store, logDatabase)();
  if (isLeft(marks)) throw new StoreError(marks.left);
  const markOf = new Map(marks.right.map((mark) => [partitionName(mark), mark.nextOffset]));
  const { decodeQuarantined } = quarantineCodec(registry ?? derivedRegistry);
  const stored = new Map<string, string>();
  const all = new Set<string>();
  const cursor = new RecordCursor();
  for (let partition = 0; partition < partitions; partition += 1) {
    const place = { topic: quarantineTopic, partition };
    const mark = markOf.get(`${quarantineTopic}/${partition}`) ?? 0;
    const { start, end } = await log.bounds(place);
    for (let at = start; at < end; ) {
      const chunk = await log.read(place, at, chunkBytes);
      if (chunk.nextOffset === at) break;
      cursor.reset(chunk.bytes, at);
      while (cursor.next()) {
        const decoded = decodeQuarantined(
          cursor.bytes.subarray(Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0)),
        );
        if (!isRight(decoded)) continue;
        const { id, source_system: source, origin, position } = decoded.right;
        all.add(id);
        if (cursor.offset < mark) stored.set(id, placeText(source, origin, position));
      }
      at = chunk.nextOffset;
    }
  }
  return { stored, all };
};

/**
 * Compares the table `quarantine` with the topic, and the topic with what the tasks put aside when they fold the log
 * anew (`aside`).
 */
export const compareQuarantine = async (
  context: VerifyContext,
  aside: ReadonlyArray<string>,
  comparison: Comparison,
): Promise<void> => {
  const rows = await rowsOf(
    context.store,
    `SELECT id, any(source_system), any(origin), any(position) FROM ${logDatabase}.quarantine GROUP BY id`,
  );
  // The topic after the rows: what stands in the table and not on the topic then was never there.
  const topic = await readTopic(context);
  const found = new Map(
    rows.map(([id, source, origin, position]) => [String(id), placeText(source, origin, position)]),
  );
  const justStored = new Set([...found.keys()].filter((id) => topic.all.has(id) && !topic.stored.has(id)));
  comparison.compare(topic.stored, found, "table quarantine", justStored);
  for (const id of aside) {
    if (!topic.all.has(id)) comparison.differ(id, "a record put aside", undefined, `topic ${quarantineTopic}`);
  }
};
