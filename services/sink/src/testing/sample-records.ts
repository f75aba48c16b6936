import { encodeEvent, factsTopic, metricsTopic } from "@leadwire/events";
import type { LogPosition, LogRecord } from "@leadwire/log";
import { sampleChange, sampleFact, testGeneration } from "@leadwire/store/testing";
import { factBytes, sliceBytes } from "./derived-record.ts";

/** Records of two partitions, told apart by a number. */
export const record = (topic: string, partition: number, value: Buffer): LogRecord => ({
  topic,
  partition,
  key: null,
  value,
});

export const eventRecord = (index: number): LogRecord =>
  record(
    "leadwire.funnel",
    index % 2,
    encodeEvent({
      type: "lead-created",
      event_id: `e${index}`,
      source_system: "crm",
      occurred_at: 1_770_000_000_000 + index,
      revision: 0,
      voided: false,
      lead_id: `L${index}`,
    }),
  );

export const factRecord = (index: number): LogRecord =>
  record(
    factsTopic(testGeneration),
    index % 2,
    factBytes(
      sampleChange(
        sampleFact({ factId: `crm/e${index}/lead_created/0`, kind: "lead_created", atMs: index, leadId: `L${index}` }),
        index,
      ),
      "funnel",
      index % 2,
    ),
  );

/** The count of a day, as a task tells it at `version`: the highest counts. */
export const sliceRecord = (partition: number, version: number): LogRecord =>
  record(
    metricsTopic(testGeneration),
    partition,
    sliceBytes({
      measure: "m",
      dimension: "company",
      value: "",
      granularity: "day",
      startMs: 1_769_990_400_000,
      bin: null,
      origin: "funnel",
      partition,
      version,
      count: version,
      sum: 0,
    }),
  );

/** The positions just behind what was appended: what has to be stored before all of it is. */
export const behind = (positions: ReadonlyArray<LogPosition>): ReadonlyArray<LogPosition> =>
  positions.map((position) => ({ ...position, offset: position.offset + 1 }));

export const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index);
