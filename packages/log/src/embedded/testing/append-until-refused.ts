/**
 * Appends a megabyte at a time until the log refuses, under a limit on file size set by whoever starts it, and prints as
 * JSON what the refusal was and what the log still does. Argument: folder.
 */
import type { LogRecord } from "../../event-log.ts";
import { openEmbeddedLog } from "../embedded-log.ts";

const topic = "t";
const [folder = ""] = process.argv.slice(2);
const log = await openEmbeddedLog({ folder, nowMs: () => 1 });
await log.ensureTopics([{ name: topic, partitions: 1 }]);
const megabyte: LogRecord = { topic, key: null, value: Buffer.alloc(1_048_576, 1) };

const faultOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error && "_tag" in error ? String(error._tag) : String(error);
  }
};

let acknowledged = 0;
let fault: string | undefined;
while (fault === undefined) {
  fault = await faultOf(log.append([megabyte]));
  if (fault === undefined) acknowledged += 1;
}
const { end } = await log.bounds({ topic, partition: 0 });
const again = await faultOf(log.append([megabyte]));
const read = await log.read({ topic, partition: 0 }, end - 1, 1);
await log.close();
console.log(JSON.stringify({ fault, acknowledged, end, again, read: read.nextOffset }));
