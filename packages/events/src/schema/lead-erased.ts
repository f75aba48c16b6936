// Written by schemas/generate.mjs from schemas/lead-erased.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const leadErasedSchema: RecordSchema = {
  type: "record",
  name: "LeadErased",
  namespace: "leadwire.v1",
  doc: "A person asked to be forgotten: the lead's contact is unreadable from then on, its numbers stay.",
  fields: [
    {
      name: "event_id",
      type: "string",
      doc: "The producer's id of this event, unique within its source system.",
    },
    {
      name: "source_system",
      type: "string",
      doc: "The system that produced the event, such as crm or phone.",
    },
    {
      name: "occurred_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When it happened, by the source's own account (UTC).",
    },
    {
      name: "revision",
      type: "long",
      default: 0,
      doc: "The highest revision of an event id counts; a correction is the next one.",
    },
    {
      name: "voided",
      type: "boolean",
      default: false,
      doc: "True takes the event out, as if it had never happened.",
    },
    {
      name: "lead_id",
      type: "string",
      doc: "The lead this belongs to; everything of one lead shares a partition.",
    },
    {
      name: "request_id",
      type: "string",
      doc: "The request's id, for the record of its fulfilment.",
    },
  ],
};
