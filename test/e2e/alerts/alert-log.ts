import { join } from "node:path";
import { AlertBook } from "@leadwire/alerts";
import { type AlertChanged, alertsTopic, decodeAlert, type NotificationPlanned } from "@leadwire/events";
import { type EventLog, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";

/** All that counts in leadwire.alerts. */
export interface ToldAlerts {
  readonly transitions: ReadonlyArray<AlertChanged>;
  readonly planned: ReadonlyArray<NotificationPlanned>;
  /** Keys that came to an end, with how. */
  readonly settled: ReadonlyMap<string, string>;
  readonly claims: number;
}

const alertsOf = async (log: EventLog): Promise<ToldAlerts> => {
  const transitions: Array<AlertChanged> = [];
  const planned: Array<NotificationPlanned> = [];
  const settled = new Map<string, string>();
  let claims = 0;
  const cursor = new RecordCursor();
  const { partitions } = (await log.topics()).find(({ name }) => name === alertsTopic) ?? { partitions: 0 };
  for (let partition = 0; partition < partitions; partition += 1) {
    const book = new AlertBook();
    for (let at = 0; ; ) {
      const { bytes, nextOffset } = await log.read({ topic: alertsTopic, partition }, at, 1 << 20);
      if (nextOffset === at) break;
      cursor.reset(bytes, at);
      at = nextOffset;
      while (cursor.next()) {
        const decoded = decodeAlert(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
        if (isLeft(decoded)) throw new Error(`${alertsTopic} holds what nobody can read at ${cursor.offset}`);
        if (!book.apply(decoded.right)) continue;
        const { name, record } = decoded.right;
        if (name === "alert-changed") transitions.push(record);
        if (name === "notification-planned") planned.push(record);
        if (name === "notification-settled") settled.set(record.key, record.outcome);
        if (name === "alerts-claimed") claims += 1;
      }
    }
  }
  return { transitions, planned, settled, claims };
};

/** Of a data directory that no process owns. */
export const alertsIn = async (dataDir: string): Promise<ToldAlerts> => {
  const log = await openEmbeddedLog({ folder: join(dataDir, "log"), nowMs: Date.now });
  try {
    return await alertsOf(log);
  } finally {
    await log.close();
  }
};
