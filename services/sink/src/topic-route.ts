import { decodeQuarantined, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import type { RecordCursor } from "@leadwire/log";
import type { RecordPlace } from "@leadwire/store";
import { factChangeStart, isHeartbeat, sliceStart } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { MarkPlace, RowBatch } from "./row-batch.ts";

/** Adds the cursor's record to the batch; false when it makes no row. */
export type TopicRoute = {
  readonly marks: MarkPlace;
  readonly add: (cursor: RecordCursor, place: RecordPlace, batch: RowBatch) => boolean;
};

const recordValue = (cursor: RecordCursor): Buffer => cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd);

/** A record that cannot be decoded makes no row here: the processor puts it into quarantine, with its reason. */
const eventRoute: TopicRoute = {
  marks: "log",
  add: (cursor, place, batch) => {
    const { offset, bytes, valueStart, valueEnd } = cursor;
    return batch.events.addRecord(place, offset, bytes, valueStart, valueEnd);
  },
};

const quarantineRoute: TopicRoute = {
  marks: "log",
  add: (cursor, place, batch) => {
    const decoded = decodeQuarantined(recordValue(cursor));
    if (isLeft(decoded)) return false;
    batch.quarantine.add(decoded.right, place.appendTimeMs);
    return true;
  },
};

/** Only this engine writes derived topics: bytes that do not decode are a broken invariant, and throw. */
const factRoute: TopicRoute = {
  marks: "generation",
  add: ({ bytes, valueStart, valueEnd }, _place, batch) => {
    if (isHeartbeat(bytes, valueStart, valueEnd)) return false;
    batch.facts.addRecord(bytes, factChangeStart(bytes, valueStart, valueEnd), valueEnd);
    return true;
  },
};

const sliceRoute: TopicRoute = {
  marks: "generation",
  add: ({ bytes, valueStart, valueEnd }, _place, batch) => {
    if (isHeartbeat(bytes, valueStart, valueEnd)) return false;
    batch.slices.addRecord(bytes, sliceStart(bytes, valueStart, valueEnd), valueEnd);
    return true;
  },
};

/** What becomes of each topic's records. */
export const topicRoutes = (generation: string): ReadonlyMap<string, TopicRoute> =>
  new Map([
    ...eventTopics.map((topic): [string, TopicRoute] => [topic, eventRoute]),
    [quarantineTopic, quarantineRoute],
    [factsTopic(generation), factRoute],
    [metricsTopic(generation), sliceRoute],
  ]);
