// Written by schemas/generate.mjs from schemas/spend.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const spendSchema: RecordSchema = {
  type: "record",
  name: "Spend",
  namespace: "leadwire.v1",
  doc: "Money was spent on getting or serving customers, over a period of days.",
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
      name: "channel",
      type: "string",
      doc: "The channel it was spent on, as in lead-created.",
    },
    {
      name: "campaign",
      type: ["null", "string"],
      default: null,
      doc: "The campaign it was spent on.",
    },
    {
      name: "category",
      type: {
        type: "enum",
        name: "SpendCategory",
        doc: "What the money was spent on.",
        symbols: ["advertising", "marketing_team", "sales_team", "creative", "technology", "production", "other"],
      },
      doc: "What the money was spent on.",
    },
    {
      name: "amount_minor",
      type: "long",
      doc: "The amount over the whole period, in minor units; spread evenly over its days.",
    },
    {
      name: "currency",
      type: "string",
      doc: "ISO 4217 code of every amount in this event, such as EUR.",
    },
    {
      name: "period_start",
      type: {
        type: "int",
        logicalType: "date",
      },
      doc: "The first day it pays for.",
    },
    {
      name: "period_end",
      type: {
        type: "int",
        logicalType: "date",
      },
      doc: "The last day it pays for, included.",
    },
  ],
};
