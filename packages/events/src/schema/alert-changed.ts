// Written by schemas/generate.mjs from schemas/alert-changed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const alertChangedSchema: RecordSchema = {
  type: "record",
  name: "AlertChanged",
  namespace: "leadwire.v1",
  doc: "One alert went from one state into another.",
  fields: [
    {
      name: "transition_id",
      type: "string",
      doc: "Rule, fingerprint, start of the episode and ordinal in it: the same transition has the same id wherever it is written.",
    },
    {
      name: "epoch",
      type: "long",
      doc: "Of the owner that wrote this: where a later claim of the partition stands before it, it does not count.",
    },
    {
      name: "rule_set",
      type: "string",
      doc: "The file of rules, without .yaml.",
    },
    {
      name: "rule",
      type: "string",
      doc: "The rule's id.",
    },
    {
      name: "rule_version",
      type: "string",
      doc: "Hash of what the rule says.",
    },
    {
      name: "generation",
      type: "string",
      doc: "The generation of the numbers that it was decided on.",
    },
    {
      name: "fingerprint",
      type: "string",
      doc: "Hash of rule and labels: names the alert.",
    },
    {
      name: "labels",
      type: {
        type: "map",
        values: "string",
      },
      doc: "The group or the entity, and the rule's own labels.",
    },
    {
      name: "severity",
      type: "string",
      doc: "info, warning or critical.",
    },
    {
      name: "former",
      type: {
        type: "enum",
        name: "AlertStatus",
        symbols: ["inactive", "pending", "firing", "resolved"],
      },
      doc: "The state before.",
    },
    {
      name: "status",
      type: "leadwire.v1.AlertStatus",
      doc: "The state from here on.",
    },
    {
      name: "step",
      type: "int",
      doc: "How far it has escalated: 0 at first.",
    },
    {
      name: "cause",
      type: {
        type: "enum",
        name: "AlertCause",
        symbols: ["data", "time", "gone", "rule_changed", "rule_removed", "formula_changed"],
      },
      doc: "What brought it about.",
    },
    {
      name: "at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "The instant, in event time, from which it is so.",
    },
    {
      name: "evaluated_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When it was found.",
    },
    {
      name: "started_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When the episode began: the alert was inactive before.",
    },
    {
      name: "value",
      type: ["null", "double"],
      default: null,
      doc: "What was measured; null where there is none.",
    },
    {
      name: "numerator",
      type: ["null", "double"],
      default: null,
      doc: "Of a ratio.",
    },
    {
      name: "denominator",
      type: ["null", "double"],
      default: null,
      doc: "Of a ratio; of other numbers, how many facts stand behind it.",
    },
    {
      name: "threshold",
      type: ["null", "double"],
      default: null,
      doc: "What the value was held against.",
    },
    {
      name: "unit",
      type: "string",
      doc: "Of value and threshold; empty where they have none.",
    },
    {
      name: "events",
      type: {
        type: "array",
        items: "string",
      },
      doc: "The newest events behind it, as source_system/event_id.",
    },
    {
      name: "summary",
      type: "string",
      doc: "What happened, in words.",
    },
    {
      name: "explain",
      type: "string",
      doc: "The command that shows what the value is made of; empty where there is none.",
    },
  ],
};
