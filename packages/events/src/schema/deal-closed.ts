// Written by schemas/generate.mjs from schemas/deal-closed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const dealClosedSchema: RecordSchema = {
  type: "record",
  name: "DealClosed",
  namespace: "leadwire.v1",
  doc: "A deal was won, lost, or ended without a decision.",
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
      name: "outcome",
      type: {
        type: "enum",
        name: "CloseOutcome",
        doc: "How the deal ended.",
        symbols: ["won", "lost", "no_decision"],
      },
      doc: "How the deal ended.",
    },
    {
      name: "amount_minor",
      type: "long",
      doc: "The amount won, or the amount lost, in minor units.",
    },
    {
      name: "currency",
      type: "string",
      doc: "ISO 4217 code of every amount in this event, such as EUR.",
    },
    {
      name: "lines",
      type: {
        type: "array",
        items: {
          type: "record",
          name: "DealLine",
          doc: "One product of a deal.",
          fields: [
            {
              name: "product",
              type: "string",
              doc: "The product sold.",
            },
            {
              name: "quantity",
              type: "double",
              doc: "How many units, with at most three decimals.",
            },
            {
              name: "amount_minor",
              type: "long",
              doc: "What the line brings, in minor units; a discount line is negative.",
            },
            {
              name: "cost_minor",
              type: ["null", "long"],
              default: null,
              doc: "What the line costs the company, in minor units.",
            },
          ],
        },
      },
      default: [],
      doc: "The products sold; what the lines leave of the amount counts under no product.",
    },
    {
      name: "term_months",
      type: ["null", "int"],
      default: null,
      doc: "For how many months the contract runs.",
    },
    {
      name: "recurring_amount_minor",
      type: ["null", "long"],
      default: null,
      doc: "The recurring part of the amount over the whole term, in minor units.",
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
      name: "account_id",
      type: ["null", "string"],
      default: null,
      doc: "The customer account; absent means the lead is its own account.",
    },
    {
      name: "reason",
      type: ["null", "string"],
      default: null,
      doc: "Why it ended this way.",
    },
  ],
};
