import { createHash } from "node:crypto";
import { accountLogTopic, derivedRegistry, eventCodec, frameId, frameLength, isOneOf } from "@leadwire/events";
import { type LogPosition, partitionName, RecordCursor } from "@leadwire/log";
import { accountLogStranger, type DerivedIds, decodeFactChange, derivedIds, type IsStranger } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { endsOf } from "../log-ends.ts";
import type { Comparison } from "./comparison.ts";
import type { LogContext } from "./verify-context.ts";

const chunkBytes = 1 << 20;
const winsTopic = "leadwire.funnel";

/** A record of the account log: the bytes of a batch, and where its value lies. */
export type AccountRecord = Pick<RecordCursor, "bytes" | "valueStart" | "valueEnd">;

/**
 * The account log, held against what the funnel's tasks and the pass-through send when they fold their topics anew. It is
 * compared as a set: a task that was killed, or asked to tell again, sends the same record twice.
 */
export class AccountLogSide {
  private readonly context: LogContext;
  private readonly comparison: Comparison;
  private readonly topic: string;
  private readonly ids: DerivedIds;
  private readonly isStranger: IsStranger;
  private readonly cuts: ReadonlyMap<string, number>;
  /** Of each record that the topic held: whether a task sends it. A digest instead of the record: there may be millions. */
  private readonly isSent = new Map<number, boolean>();
  private ends: ReadonlyArray<LogPosition> = [];
  private sourceEnds: ReadonlyMap<string, number> = new Map();

  constructor(context: LogContext, comparison: Comparison) {
    this.context = context;
    this.comparison = comparison;
    this.topic = accountLogTopic(context.generation);
    this.ids = derivedIds(context.registry ?? derivedRegistry);
    this.isStranger = accountLogStranger(context.registry ?? derivedRegistry);
    this.cuts = new Map(context.tasks.map((task) => [partitionName(task), task.position]));
  }

  /** Reads the topic as it is now; once, before anything is compared. */
  async read(): Promise<void> {
    const { log, partitions } = this.context;
    this.ends = await endsOf(log, [this.topic], partitions);
    await this.walk((partition, record) => {
      // The tasks pass over what a stranger wrote, and no rebuild would be of use.
      if (this.isStranger(record.bytes, record.valueStart, record.valueEnd)) return;
      this.isSent.set(digest(partition, record), false);
    });
    // What the topic holds follows from records before these ends.
    const sources = await endsOf(log, [winsTopic, "leadwire.accounts"], partitions);
    this.sourceEnds = new Map(sources.map((end) => [partitionName(end), end.offset]));
  }

  /** Whether the topic holds anything that no task was seen to send yet. */
  get hasUnexplained(): boolean {
    return [...this.isSent.values()].includes(false);
  }

  /** Where a topic that feeds the account log ended once that was read. */
  sourceEnd(topic: string, partition: number): number {
    return this.sourceEnds.get(partitionName({ topic, partition })) ?? 0;
  }

  /** A record that a task sends when it folds anew; one from before the cut has to be on the topic. */
  sent(partition: number, record: AccountRecord, isBeforeCut: boolean): void {
    const key = digest(partition, record);
    const isThere = this.isSent.has(key);
    if (isThere) this.isSent.set(key, true);
    if (!isBeforeCut) return;
    this.comparison.count += 1;
    if (!isThere) this.comparison.differ(this.nameOf(partition, record), "it", undefined, `topic ${this.topic}`);
  }

  /** Names what is on the topic and was sent by no task, but for wins from behind the cut. */
  async compareRest(): Promise<void> {
    if (!this.hasUnexplained) return;
    await this.walk((partition, record) => {
      const key = digest(partition, record);
      if (this.isSent.get(key) !== false || this.isFromBehindCut(record)) return;
      this.comparison.differ(this.nameOf(partition, record), undefined, "it", `topic ${this.topic}`);
    });
  }

  private async walk(see: (partition: number, record: AccountRecord) => void): Promise<void> {
    const { log } = this.context;
    const cursor = new RecordCursor();
    for (const { offset: end, ...place } of this.ends) {
      const { start } = await log.bounds(place);
      for (let at = start; at < end; ) {
        const chunk = await log.read(place, at, chunkBytes);
        if (chunk.nextOffset === at) break;
        cursor.reset(chunk.bytes, at);
        while (cursor.next() && cursor.offset < end) see(place.partition, cursor);
        at = chunk.nextOffset;
      }
    }
  }

  private isWin({ bytes, valueStart, valueEnd }: AccountRecord): boolean {
    return isOneOf(this.ids.fact, frameId(bytes, valueStart, valueEnd));
  }

  private isFromBehindCut(record: AccountRecord): boolean {
    if (!this.isWin(record)) return false;
    const { partition, version } = decodeFactChange(record.bytes, record.valueStart, record.valueEnd, this.ids);
    const place = { topic: winsTopic, partition };
    return version >= (this.cuts.get(partitionName(place)) ?? 0) && version < this.sourceEnd(winsTopic, partition);
  }

  private nameOf(partition: number, record: AccountRecord): string {
    const { bytes, valueStart, valueEnd } = record;
    const where = `account log, partition ${partition}`;
    if (this.isWin(record)) {
      const { fact, present, version, partition: from } = decodeFactChange(bytes, valueStart, valueEnd, this.ids);
      const what = present ? "win" : "win taken back";
      return `${where} | ${what} ${fact.factId} of account ${fact.accountId}, from ${winsTopic}/${from} at ${version}`;
    }
    const codec = eventCodec(this.context.registry ?? derivedRegistry);
    const decoded = codec.decodeEvent(bytes.subarray(valueStart, valueEnd));
    if (isLeft(decoded)) return `${where} | a record that cannot be read`;
    const { type, source_system: source, event_id: id, revision } = decoded.right;
    const what = type === "survey-answered" ? "survey" : "subscription";
    return `${where} | ${what} ${source}/${id}, revision ${revision}`;
  }
}

const digestBytes = 6;

/** Tells records apart by 48 bits. Without the frame: a cluster may have got a registry since. */
const digest = (partition: number, { bytes, valueStart, valueEnd }: AccountRecord): number => {
  const value = bytes.subarray(Math.min(Math.max(valueStart, 0) + frameLength, valueEnd), valueEnd);
  return createHash("sha1").update(`${partition}:`).update(value).digest().readUIntBE(0, digestBytes);
};
