import { accountLogTopic } from "@leadwire/events";
import { partitionOf } from "@leadwire/log";
import type { Span } from "../codec/span.ts";
import type { InputRecord, TaskContext } from "../task.ts";
import { type OutputBatch, OutputStream } from "../task-output.ts";

/** The header of an event in the account log: when the log got it, in epoch ms. A win says so itself. */
export const appendedAtHeader = "appended_at";

/** The one re-keying: what concerns an account goes to that account's partition of the account log. */
export class AccountLogOutput {
  private readonly streams: ReadonlyArray<OutputStream>;

  constructor({ generation, partitions }: TaskContext) {
    const topic = accountLogTopic(generation);
    this.streams = Array.from({ length: partitions }, (_, partition) => new OutputStream(topic, partition));
  }

  send(account: Span, value: Buffer, valueEnd: number): void {
    const key = account.bytes.subarray(account.start, account.start + account.length);
    this.streams[partitionOf(key, this.streams.length)]?.add(key, 0, key.length, value, valueEnd);
  }

  /** Sends an event on as it was written, with the time that it was appended at (as-of goes by that, not by the copy's) and its backfill. */
  sendEvent(account: Span, value: Buffer, { appendTimeMs, backfill }: InputRecord): void {
    const key = account.bytes.subarray(account.start, account.start + account.length);
    const headers = { [appendedAtHeader]: `${appendTimeMs}`, ...(backfill === "" ? {} : { backfill }) };
    this.streams[partitionOf(key, this.streams.length)]?.add(key, 0, key.length, value, value.length, headers);
  }

  take(into: Array<OutputBatch>): void {
    for (const stream of this.streams) stream.take(into);
  }
}
