// Written by schemas/generate.mjs from schemas/lead-created.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const leadCreatedSchema: RecordSchema = {
  type: "record",
  name: "LeadCreated",
  namespace: "leadwire.v1",
  doc: "A person or company showed interest and became a lead.",
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
      name: "contact_sealed",
      type: ["null", "bytes"],
      default: null,
      doc: "Name, email, phone and company, sealed with the lead's own key; the only personal data.",
    },
    {
      name: "account_id",
      type: ["null", "string"],
      default: null,
      doc: "The customer account; absent means the lead is its own account.",
    },
    {
      name: "channel",
      type: ["null", "string"],
      default: null,
      doc: "Where the lead came from, such as google-ads.",
    },
    {
      name: "campaign",
      type: ["null", "string"],
      default: null,
      doc: "The campaign that brought the lead.",
    },
    {
      name: "owner",
      type: ["null", "string"],
      default: null,
      doc: "Who owns it from this event on, and gets the credit.",
    },
    {
      name: "team",
      type: ["null", "string"],
      default: null,
      doc: "The owner's team from this event on.",
    },
    {
      name: "region",
      type: ["null", "string"],
      default: null,
      doc: "The lead's sales region.",
    },
    {
      name: "segment",
      type: ["null", "string"],
      default: null,
      doc: "The market segment, such as an industry or a size.",
    },
    {
      name: "product",
      type: ["null", "string"],
      default: null,
      doc: "The product the lead is interested in.",
    },
    {
      name: "pipeline",
      type: ["null", "string"],
      default: null,
      doc: "The workspace's pipeline the lead runs through; absent means its first.",
    },
    {
      name: "expected_value_minor",
      type: ["null", "long"],
      default: null,
      doc: "What a won deal is expected to bring, in minor units.",
    },
    {
      name: "currency",
      type: ["null", "string"],
      default: null,
      doc: "ISO 4217 code of the amount in this event, such as EUR.",
    },
    {
      name: "expected_close_on",
      type: [
        "null",
        {
          type: "int",
          logicalType: "date",
        },
      ],
      default: null,
      doc: "The day on which the deal is expected to close.",
    },
  ],
};
