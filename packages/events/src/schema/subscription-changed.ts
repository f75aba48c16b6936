// Written by schemas/generate.mjs from schemas/subscription-changed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const subscriptionChangedSchema: RecordSchema = {
  type: "record",
  name: "SubscriptionChanged",
  namespace: "leadwire.v1",
  doc: "A subscription started, changed its price or ended.",
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
      name: "account_id",
      type: "string",
      doc: "The account that subscribes.",
    },
    {
      name: "subscription_id",
      type: "string",
      doc: "The subscription; an account may have several.",
    },
    {
      name: "mrr_minor",
      type: "long",
      doc: "Monthly recurring revenue after the change, in minor units; 0 ends it.",
    },
    {
      name: "currency",
      type: "string",
      doc: "ISO 4217 code of every amount in this event, such as EUR.",
    },
    {
      name: "reason",
      type: {
        type: "enum",
        name: "SubscriptionReason",
        doc: "What happened to the subscription.",
        symbols: ["started", "changed", "cancelled"],
      },
      doc: "What happened to the subscription.",
    },
    {
      name: "plan",
      type: ["null", "string"],
      default: null,
      doc: "The plan after the change.",
    },
  ],
};
