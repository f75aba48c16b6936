// Written by schemas/generate.mjs from schemas/fact-changed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const factChangedSchema: RecordSchema = {
  type: "record",
  name: "FactChanged",
  namespace: "leadwire.v1",
  doc: "One fact as it stands after one record of the log: asserted anew, replaced, or retracted.",
  fields: [
    {
      name: "origin",
      type: {
        type: "enum",
        name: "Origin",
        doc: "The event topic that a task reads.",
        symbols: ["funnel", "spend", "accounts", "plan"],
      },
      doc: "The event topic whose task wrote this.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition of that topic; the version is an offset in it.",
    },
    {
      name: "present",
      type: "boolean",
      doc: "False is a retraction: the fields tell what the fact was last.",
    },
    {
      name: "version",
      type: "long",
      doc: "The offset of the record that caused the change; a reader keeps the highest.",
    },
    {
      name: "append_time",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When the log appended that record.",
    },
    {
      name: "cause_source",
      type: "string",
      doc: "The source system of the event that caused the change.",
    },
    {
      name: "cause_event_id",
      type: "string",
      doc: "The id of the event that caused the change.",
    },
    {
      name: "fact_id",
      type: "string",
      doc: "source_system/event_id/kind/ordinal of the event the fact is born of.",
    },
    {
      name: "kind",
      type: {
        type: "enum",
        name: "FactKind",
        doc: "What the fact says happened.",
        symbols: [
          "lead_created",
          "lead_qualified",
          "lead_opportunity",
          "lead_responded",
          "lead_sla",
          "lead_unanswered",
          "lead_won",
          "deal_pipeline",
          "deal_closed",
          "sale",
          "spend_day",
          "customer_new",
        ],
      },
      doc: "What the fact says happened.",
    },
    {
      name: "at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "The fact's own time, which decides the windows it lies in.",
    },
    {
      name: "outcome",
      type: {
        type: "enum",
        name: "FactOutcome",
        doc: "Which of its kind's outcomes; none where its kind has only one.",
        symbols: [
          "none",
          "won",
          "lost",
          "no_decision",
          "disqualified",
          "met",
          "missed",
          "first_touch",
          "early_touch",
          "advertising",
          "marketing_team",
          "sales_team",
          "creative",
          "technology",
          "production",
          "other",
        ],
      },
      doc: "Which of its kind's outcomes; none where its kind has only one.",
    },
    {
      name: "count",
      type: "int",
      doc: "1, or -1 where a level falls.",
    },
    {
      name: "amount_minor",
      type: "long",
      doc: "Minor units of the workspace's currency; 0 where the kind has no amount.",
    },
    {
      name: "cost_minor",
      type: ["null", "long"],
      default: null,
      doc: "Cost in minor units, where a line states one.",
    },
    {
      name: "units",
      type: "double",
      doc: "Units sold, with at most three decimals.",
    },
    {
      name: "duration_ms",
      type: ["null", "long"],
      default: null,
      doc: "A response time, a cycle or the like, in milliseconds.",
    },
    {
      name: "bin",
      type: ["null", "int"],
      default: null,
      doc: "The percentile bin of the duration, computed once by the engine.",
    },
    {
      name: "cohort_at",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "The creation of the lead, for facts about cohorts and ages.",
    },
    {
      name: "lead_id",
      type: "string",
      doc: "The lead, or empty.",
    },
    {
      name: "deal_id",
      type: "string",
      doc: "The deal, or empty.",
    },
    {
      name: "account_id",
      type: "string",
      doc: "The account, or empty.",
    },
    {
      name: "owner",
      type: "string",
      doc: "Who gets the credit.",
    },
    {
      name: "team",
      type: "string",
      doc: "The owner's team.",
    },
    {
      name: "region",
      type: "string",
      doc: "The lead's region.",
    },
    {
      name: "channel",
      type: "string",
      doc: "The lead's or the spend's channel.",
    },
    {
      name: "campaign",
      type: "string",
      doc: "The lead's or the spend's campaign.",
    },
    {
      name: "segment",
      type: "string",
      doc: "The lead's segment.",
    },
    {
      name: "product",
      type: "string",
      doc: "The product.",
    },
    {
      name: "pipeline",
      type: "string",
      doc: "The lead's pipeline.",
    },
    {
      name: "stage",
      type: "string",
      doc: "The stage entered, or the one the deal is in.",
    },
  ],
};
