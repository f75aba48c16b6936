import { Worker } from "node:worker_threads";
import { isLeft } from "fp-ts/lib/Either.js";
import { decodeAppendFrame } from "../../http/append-frame.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { CommandFault, wrongUsage } from "../context.ts";
import type { BatchMessage, ImportJob, ImportMessage } from "./import-message.ts";
import { answerSeal, sealBuffers } from "./seal-call.ts";

/** What the files held. Rows are counted by the reader, before anything else is known of them. */
export interface ImportCounts {
  rows: number;
  skipped: number;
  events: number;
  /** Rows by reason. */
  readonly quarantined: Record<string, number>;
}

const batchesMax = 4;

const add = (counts: ImportCounts, batch: BatchMessage): void => {
  counts.rows += batch.rows;
  counts.skipped += batch.skipped;
  counts.events += batch.events;
  for (const [reason, count] of Object.entries(batch.quarantined))
    counts.quarantined[reason] = (counts.quarantined[reason] ?? 0) + count;
};

/**
 * Reads files in a worker thread and appends what they hold; resolves once everything is durable. A file that cannot be
 * used ends the import: what the files before it held is appended, of it nothing.
 */
export const runImport = (
  engine: Pick<SealingEngine, "append" | "seal">,
  job: Omit<ImportJob, "seal" | "batchesMax">,
  onProgress: (counts: ImportCounts, bytesRead: number) => void,
): Promise<ImportCounts> => {
  const seal = sealBuffers();
  const workerData: ImportJob = { ...job, seal, batchesMax };
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), { workerData });
  const counts: ImportCounts = { rows: 0, skipped: 0, events: 0, quarantined: {} };
  const appends: Array<Promise<void>> = [];
  const append = async (batch: BatchMessage): Promise<void> => {
    const records = decodeAppendFrame(Buffer.from(batch.frame));
    if (isLeft(records)) throw new Error(records.left);
    await engine.append(records.right);
    add(counts, batch);
    onProgress(counts, batch.bytesRead);
    worker.postMessage("durable");
  };
  const finished = new Promise<ImportCounts>((resolve, reject) => {
    const take = (message: ImportMessage): void => {
      switch (message._tag) {
        case "Batch": {
          const appended = append(message);
          appended.catch(reject);
          appends.push(appended);
          if (appends.length > batchesMax) void appends.shift();
          return;
        }
        case "Seal":
          answerSeal(seal, engine.seal(message.leadId, message.contact)).catch(reject);
          return;
        case "Refused": {
          const text = message.faults.join("\n");
          Promise.all(appends).then(
            () => reject(message.file === "" ? wrongUsage(text) : new CommandFault(text)),
            reject,
          );
          return;
        }
        case "Done":
          Promise.all(appends).then(() => resolve(counts), reject);
      }
    };
    worker.on("message", take);
    worker.on("error", reject);
  });
  return finished.finally(() => worker.terminate());
};
