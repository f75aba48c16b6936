import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeEvent, derivedRegistry, frameId, type LeadKeys, topicOf } from "@leadwire/events";
import { type EventLog, type LogRecord, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import type { EventJudge } from "./event-judge.ts";
import { writeWhole } from "./whole-file.ts";

/** The keys, with many erased at once: one file written anew for a whole batch. */
export interface ErasableKeys extends LeadKeys {
  readonly eraseAll: (leadIds: ReadonlyArray<string>) => void;
}

const chunkBytes = 1 << 20;
const funnelTopic = topicOf("lead-erased");
const erasedSchemaId = derivedRegistry.idOf("lead-erased");

/**
 * Whose erasure a record asks for; undefined for every other record. An event that the tasks put into quarantine, or
 * that takes itself back, erases nobody: a key cannot be brought back.
 */
const erasedLead = (bytes: Buffer, appendTimeMs: number, judge: EventJudge): string | undefined => {
  if (frameId(bytes, 0, bytes.length) !== erasedSchemaId) return undefined;
  const decoded = decodeEvent(bytes);
  if (isLeft(decoded) || decoded.right.type !== "lead-erased" || decoded.right.voided) return undefined;
  return judge(decoded.right, appendTimeMs) === null ? decoded.right.lead_id : undefined;
};

const positionsPath = (folder: string): string => join(folder, "erased-through.json");

const readPositions = (folder: string): ReadonlyArray<number> => {
  const path = positionsPath(folder);
  if (!existsSync(path)) return [];
  const found: unknown = JSON.parse(readFileSync(path, "utf8"));
  return Array.isArray(found) ? found.map(Number) : [];
};

export interface ErasureOptions {
  /** Where the keys are, and the positions up to which the log was searched. */
  readonly folder: string;
  readonly keys: ErasableKeys;
  /** Of the workspace that is served. */
  readonly judge: EventJudge;
  readonly partitions: number;
}

/**
 * Makes the contact of every erased lead unreadable: its key is gone before the append of the lead-erased event is
 * acknowledged, and, where a kill came in between, before the next start serves anyone.
 */
export class LeadErasure {
  private readonly options: ErasureOptions;
  private readonly judge: EventJudge;

  constructor(options: ErasureOptions) {
    this.options = options;
    this.judge = options.judge;
  }

  /** Records that are durable in the log, appended at about `nowMs`. */
  appended(records: ReadonlyArray<LogRecord>, nowMs: number): void {
    const leads: string[] = [];
    for (const { topic, value } of records) {
      if (topic !== funnelTopic) continue;
      const lead = erasedLead(Buffer.from(value.buffer, value.byteOffset, value.byteLength), nowMs, this.judge);
      if (lead !== undefined) leads.push(lead);
    }
    if (leads.length > 0) this.options.keys.eraseAll(leads);
  }

  /** Searches what the log got since the last time, whoever appended it; resolves to how many leads were erased. */
  async catchUp(log: EventLog): Promise<number> {
    const { folder, keys, partitions } = this.options;
    const from = readPositions(folder);
    const leads: string[] = [];
    const reached: number[] = [];
    for (let partition = 0; partition < partitions; partition += 1)
      reached.push(await this.search(log, partition, from[partition] ?? 0, leads));
    // 1. The keys. 2. Only then the positions: killed in between, the same leads are erased once more.
    if (leads.length > 0) keys.eraseAll(leads);
    if (reached.some((position, partition) => position !== from[partition]))
      writeWhole(positionsPath(folder), JSON.stringify(reached));
    return leads.length;
  }

  private async search(log: EventLog, partition: number, from: number, leads: string[]): Promise<number> {
    const cursor = new RecordCursor();
    const place = { topic: funnelTopic, partition };
    const { start, end } = await log.bounds(place);
    let at = Math.max(from, start);
    while (at < end) {
      const chunk = await log.read(place, at, chunkBytes);
      if (chunk.nextOffset === at) break;
      cursor.reset(chunk.bytes, at);
      while (cursor.next()) {
        const value = cursor.bytes.subarray(Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0));
        const lead = erasedLead(value, cursor.appendTimeMs, this.judge);
        if (lead !== undefined) leads.push(lead);
      }
      at = chunk.nextOffset;
    }
    return at;
  }
}
