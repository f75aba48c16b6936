// Written by schemas/generate.mjs from schemas/stage-changed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const stageChangedSchema: RecordSchema = {
  type: "record",
  name: "StageChanged",
  namespace: "leadwire.v1",
  doc: "A deal entered a stage; the stage it is already in only updates amount, owner, team and expected close.",
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
      name: "from_stage",
      type: ["null", "string"],
      default: null,
      doc: "The stage it left, as the source tells it; nothing is decided from it.",
    },
    {
      name: "to_stage",
      type: "string",
      doc: "The id of the stage it entered.",
    },
    {
      name: "changed_by",
      type: ["null", "string"],
      default: null,
      doc: "Who moved it.",
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
      name: "amount_minor",
      type: ["null", "long"],
      default: null,
      doc: "What the deal is worth from now on, in minor units.",
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
