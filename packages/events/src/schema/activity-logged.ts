// Written by schemas/generate.mjs from schemas/activity-logged.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const activityLoggedSchema: RecordSchema = {
  type: "record",
  name: "ActivityLogged",
  namespace: "leadwire.v1",
  doc: "Somebody, or something automated, was in touch with a lead.",
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
      name: "deal_id",
      type: ["null", "string"],
      default: null,
      doc: "The deal, where a lead has several; absent means the lead's own deal.",
    },
    {
      name: "kind",
      type: {
        type: "enum",
        name: "ActivityKind",
        doc: "What kind of contact it was.",
        symbols: ["call", "email", "message", "meeting_booked", "meeting_held"],
      },
      doc: "What kind of contact it was.",
    },
    {
      name: "rep",
      type: "string",
      doc: "Who was in touch on the company's side.",
    },
    {
      name: "direction",
      type: {
        type: "enum",
        name: "ActivityDirection",
        doc: "From the company, or to it.",
        symbols: ["outbound", "inbound"],
      },
      doc: "From the company, or to it.",
    },
    {
      name: "automated",
      type: "boolean",
      default: false,
      doc: "True for an autoresponder or a sequence: it never counts as a response.",
    },
  ],
};
