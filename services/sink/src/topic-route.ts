import {
  alertCodec,
  alertsTopic,
  controlCodec,
  eventTopics,
  factsTopic,
  metricsTopic,
  quarantineCodec,
  quarantineTopic,
  type SchemaRegistry,
} from "@leadwire/events";
import type { RecordCursor } from "@leadwire/log";
import type { RecordPlace } from "@leadwire/store";
import {
  type DerivedIds,
  decodeFactChange,
  derivedIds,
  factChangeStart,
  type IsStranger,
  isFormerFact,
  isHeartbeat,
  isLedger,
  originNames,
  recordBackfill,
  sliceStart,
  strangerOf,
} from "@leadwire/stream";
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
    const backfill = cursor.headerCount === 0 ? "" : recordBackfill(cursor.header("backfill"));
    batch.backfills.note(place.topic, place.partition, offset, backfill);
    return batch.events.addRecord(place, offset, bytes, valueStart, valueEnd);
  },
};

const quarantineRoute = (registry: SchemaRegistry): TopicRoute => {
  const { decodeQuarantined } = quarantineCodec(registry);
  return {
    marks: "log",
    add: (cursor, place, batch) => {
      const decoded = decodeQuarantined(recordValue(cursor));
      if (isLeft(decoded)) return false;
      batch.quarantine.add(decoded.right, place.appendTimeMs);
      return true;
    },
  };
};

const alertRoute = (registry: SchemaRegistry): TopicRoute => {
  const { decodeAlert } = alertCodec(registry);
  return {
    marks: "log",
    add: (cursor, { partition, appendTimeMs }, batch) => {
      const decoded = decodeAlert(recordValue(cursor));
      if (isLeft(decoded)) return false;
      batch.alerts.add(decoded.right, { partition, offset: cursor.offset, appendTimeMs });
      return true;
    },
  };
};

const factRoute = (isStranger: IsStranger, ids: DerivedIds): TopicRoute => ({
  marks: "generation",
  add: (cursor, _place, batch) => {
    const { bytes, valueStart, valueEnd } = cursor;
    if (isStranger(bytes, valueStart, valueEnd) || isHeartbeat(bytes, valueStart, valueEnd, ids)) return false;
    const start = factChangeStart(bytes, valueStart, valueEnd, ids);
    if (isFormerFact(bytes, valueStart, valueEnd, ids)) {
      const change = decodeFactChange(bytes, valueStart, valueEnd, ids);
      batch.facts.add(change, originNames[change.origin], change.partition);
    } else batch.facts.addRecord(bytes, start, valueEnd);
    return true;
  },
});

/** Slices, and beside them the heartbeats and the ledger of the task that told them. */
const metricsRoute = (registry: SchemaRegistry, isStranger: IsStranger, ids: DerivedIds): TopicRoute => {
  const { decodeControl } = controlCodec(registry);
  return {
    marks: "generation",
    add: (cursor, _place, batch) => {
      const { bytes, valueStart, valueEnd } = cursor;
      if (isStranger(bytes, valueStart, valueEnd) || isHeartbeat(bytes, valueStart, valueEnd, ids)) return false;
      if (isLedger(bytes, valueStart, valueEnd, ids)) {
        const told = decodeControl(recordValue(cursor));
        if (isLeft(told) || told.right.name !== "ledger-updated") throw new Error("a ledger record ends too early");
        batch.ledger.add(told.right.record);
        return told.right.record.entries.length > 0;
      }
      batch.slices.addRecord(bytes, sliceStart(bytes, valueStart, valueEnd, ids), valueEnd);
      return true;
    },
  };
};

/** What becomes of each topic's records; `registry`: whose ids stand on them, besides those derived from `schemas/`. */
export const topicRoutes = (generation: string, registry: SchemaRegistry): ReadonlyMap<string, TopicRoute> => {
  const ids = derivedIds(registry);
  const isStranger = strangerOf(registry);
  return new Map([
    ...eventTopics.map((topic): [string, TopicRoute] => [topic, eventRoute]),
    [quarantineTopic, quarantineRoute(registry)],
    [alertsTopic, alertRoute(registry)],
    [factsTopic(generation), factRoute(isStranger, ids)],
    [metricsTopic(generation), metricsRoute(registry, isStranger, ids)],
  ]);
};
