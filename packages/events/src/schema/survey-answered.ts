// Written by schemas/generate.mjs from schemas/survey-answered.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const surveyAnsweredSchema: RecordSchema = {
  type: "record",
  name: "SurveyAnswered",
  namespace: "leadwire.v1",
  doc: "A customer answered a survey.",
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
      doc: "The account that answered.",
    },
    {
      name: "kind",
      type: {
        type: "enum",
        name: "SurveyKind",
        doc: "Satisfaction or likelihood to recommend.",
        symbols: ["csat", "nps"],
      },
      doc: "Satisfaction or likelihood to recommend.",
    },
    {
      name: "score",
      type: "double",
      doc: "csat: 0 to 100 on the source's scale; nps: 0 to 10.",
    },
  ],
};
