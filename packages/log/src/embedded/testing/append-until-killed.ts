/**
 * Appends numbered calls, several in flight, each over all partitions, and writes one line per acknowledged call to
 * standard output, until it is killed. Arguments: folder, partitions, number of the first call.
 */
import { writeSync } from "node:fs";
import type { LogRecord } from "../../event-log.ts";
import { openEmbeddedLog } from "../embedded-log.ts";
import { killTopic, recordValue } from "./killed-log.ts";

const [folder = "", partitions = "1", first = "0"] = process.argv.slice(2);
const log = await openEmbeddedLog({ folder, nowMs: () => Date.now() });
await log.ensureTopics([{ name: killTopic, partitions: Number(partitions) }]);

const appendsInFlight = 8;
let next = Number(first);

const appendOn = async (): Promise<never> => {
  for (;;) {
    const call = next;
    next += 1;
    const records = Array.from(
      { length: 1 + ((call * 7919) % 200) },
      (_, index): LogRecord => ({
        topic: killTopic,
        partition: index % Number(partitions),
        key: null,
        value: recordValue(call, index),
      }),
    );
    const positions = await log.append(records);
    const places = positions.map(({ partition, offset }) => `${partition}@${offset}`).join(",");
    writeSync(1, `${call} ${places}\n`);
  }
};

await Promise.all(Array.from({ length: appendsInFlight }, appendOn));
