import { controlTopic, decodeControl, encodeControl } from "@leadwire/events";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { isPlanted } from "./sim-log.ts";
import type { SimPartition } from "./sim-partition.ts";
import { generation } from "./world.ts";

/**
 * Asks a partition's tasks to tell again what the derived topics no longer hold, until the log has taken it. Resolves to
 * the offset behind the request.
 */
export const askAgain = async (
  log: EventLog,
  partition: number,
  scope: "slices" | "facts",
  who: string,
): Promise<number> => {
  const record = { generation, partition, scope, requested_by: who };
  const value = encodeControl({ name: "restate-requested", record });
  for (;;) {
    try {
      const key = Buffer.from(`restate/${partition}`);
      const [at] = await log.append([{ topic: controlTopic, partition: 0, key, value }]);
      return (at?.offset ?? 0) + 1;
    } catch (cause) {
      if (!isPlanted(cause)) throw cause;
    }
  }
};

/** By partition: up to where of the control topic its tasks must have served what was asked of them. */
export const servedFrom = ({ batches }: SimPartition): ReadonlyMap<number, number> => {
  const upTo = new Map<number, number>();
  const cursor = new RecordCursor();
  for (const { bytes } of batches) {
    cursor.reset(bytes, 0);
    while (cursor.next()) {
      const decoded = decodeControl(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isLeft(decoded) || decoded.right.name !== "restate-requested") continue;
      upTo.set(decoded.right.record.partition, cursor.offset + 1);
    }
  }
  return upTo;
};
