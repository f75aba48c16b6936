import { parentPort, workerData } from "node:worker_threads";
import { encodeQuarantined, quarantineTopic } from "@leadwire/events";
import { type ImportBatch, type LoadedMapping, loadMapping, openImport } from "@leadwire/ingest";
import type { LogRecord } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { eventJudge } from "../../engine/event-judge.ts";
import { encodeAppendFrame } from "../../http/append-frame.ts";
import type { BatchMessage, ImportJob, ImportMessage } from "./import-message.ts";
import { workerSealer } from "./seal-call.ts";

/**
 * Reads files beside the engine's thread, and hands out frames of records to append. A few batches at most are under
 * way: the main thread gives a turn back for each that is durable.
 */

const port = parentPort;
if (port === null) throw new Error("import-worker.ts runs as a worker thread only");
const job: ImportJob = workerData;
const judge = eventJudge(job.workspace);
const send = (message: ImportMessage, moved: ReadonlyArray<ArrayBuffer> = []): void =>
  port.postMessage(message, [...moved]);

let turns = job.batchesMax;
let wake: () => void = () => undefined;
port.on("message", () => {
  turns += 1;
  wake();
});

const turn = async (): Promise<void> => {
  while (turns === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  turns -= 1;
};

const asideRecords = (batch: ImportBatch): ReadonlyArray<LogRecord> =>
  batch.quarantined.map((record) => ({
    topic: quarantineTopic,
    key: Buffer.from(record.id),
    value: encodeQuarantined(record),
    headers: { backfill: job.backfill, source: record.source_system, origin: "door" },
  }));

const reasonsOf = (batch: ImportBatch): Record<string, number> => {
  const reasons: Record<string, number> = {};
  for (const { reason } of batch.quarantined) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
};

const messageOf = (file: string, batch: ImportBatch, readBefore: number): BatchMessage => {
  const { buffer } = encodeAppendFrame([...batch.records, ...asideRecords(batch)]);
  if (!(buffer instanceof ArrayBuffer)) throw new Error("a frame has a buffer of its own");
  return {
    _tag: "Batch",
    file,
    frame: buffer,
    events: batch.records.length,
    rows: batch.rows,
    skipped: batch.skipped,
    quarantined: reasonsOf(batch),
    bytesRead: readBefore + batch.bytesRead,
  };
};

const importFile = async (path: string, mapping: LoadedMapping | undefined, readBefore: number): Promise<number> => {
  const opened = await openImport({
    path,
    ...(mapping === undefined ? {} : { mapping }),
    timeZone: job.workspace.timeZone,
    revision: job.revision,
    judge: (event) => judge(event, job.startedMs),
    sealContact: workerSealer(job.seal, (leadId, contact) => send({ _tag: "Seal", leadId, contact })),
    headers: { backfill: job.backfill },
  });
  if (isLeft(opened)) {
    send({ _tag: "Refused", file: path, faults: opened.left });
    return -1;
  }
  for await (const batch of opened.right.batches) {
    await turn();
    const message = messageOf(path, batch, readBefore);
    send(message, [message.frame]);
  }
  return opened.right.totalBytes;
};

const run = async (): Promise<void> => {
  const mapping = job.mapping === null ? undefined : await loadMapping(job.mapping);
  if (mapping !== undefined && isLeft(mapping)) return send({ _tag: "Refused", file: "", faults: mapping.left });
  let readBefore = 0;
  for (const path of job.files) {
    const bytes = await importFile(path, mapping?.right, readBefore);
    if (bytes < 0) return;
    readBefore += bytes;
  }
  send({ _tag: "Done" });
};

await run();
port.close();
