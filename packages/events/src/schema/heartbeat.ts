// Written by schemas/generate.mjs from schemas/heartbeat.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const heartbeatSchema: RecordSchema = {
  type: "record",
  name: "Heartbeat",
  namespace: "leadwire.v1",
  doc: "A task's word, once a second, on how far it has come: no change means idle, no heartbeat for 5 s means stale.",
  fields: [
    {
      name: "topic",
      type: "string",
      doc: "The task's input.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition of that input.",
    },
    {
      name: "position",
      type: "long",
      doc: "The next offset the task will read: everything below it has been told.",
    },
    {
      name: "end",
      type: "long",
      doc: "The end of the input when this was written.",
    },
    {
      name: "append_time",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "Append time of the newest record read, or the time of writing where the task is at the end.",
    },
    {
      name: "newest_event_time",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "The newest event time applied; null before the first event.",
    },
    {
      name: "requests_served",
      type: "long",
      default: 0,
      doc: "Who asked on leadwire.control before this offset to be told again has been: every slice as of the position.",
    },
  ],
};
