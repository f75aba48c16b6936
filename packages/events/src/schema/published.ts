// Written by schemas/generate.mjs from schemas/ and schemas/history/: change it there.
import type { RecordSchema } from "../avro-schema.ts";
import { activityLoggedSchema } from "./activity-logged.ts";
import { dealClosedSchema } from "./deal-closed.ts";
import { factChangedSchema } from "./fact-changed.ts";
import { forecastSubmittedSchema } from "./forecast-submitted.ts";
import { generationAnnouncedSchema } from "./generation-announced.ts";
import { heartbeatSchema } from "./heartbeat.ts";
import { leadCreatedSchema } from "./lead-created.ts";
import { leadErasedSchema } from "./lead-erased.ts";
import { leadKeySchema } from "./lead-key.ts";
import { ledgerUpdatedSchema } from "./ledger-updated.ts";
import { quarantinedSchema } from "./quarantined.ts";
import { restateRequestedSchema } from "./restate-requested.ts";
import { sliceUpdatedSchema } from "./slice-updated.ts";
import { spendSchema } from "./spend.ts";
import { stageChangedSchema } from "./stage-changed.ts";
import { subscriptionChangedSchema } from "./subscription-changed.ts";
import { surveyAnsweredSchema } from "./survey-answered.ts";
import { targetSetSchema } from "./target-set.ts";

const heartbeatV1: RecordSchema = {
  type: "record",
  name: "Heartbeat",
  namespace: "leadwire.v1",
  doc: "A task's word, once a second, on how far it has come: no change means idle, no heartbeat for 5 s means stale.",
  fields: [
    {
      name: "topic",
      type: "string",
      doc: "The task's input.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition of that input.",
    },
    {
      name: "position",
      type: "long",
      doc: "The next offset the task will read: everything below it has been told.",
    },
    {
      name: "end",
      type: "long",
      doc: "The end of the input when this was written.",
    },
    {
      name: "append_time",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "Append time of the newest record read, or the time of writing where the task is at the end.",
    },
    {
      name: "newest_event_time",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "The newest event time applied; null before the first event.",
    },
  ],
};

export type SchemaName =
  | "activity-logged"
  | "deal-closed"
  | "fact-changed"
  | "forecast-submitted"
  | "generation-announced"
  | "heartbeat"
  | "lead-created"
  | "lead-erased"
  | "lead-key"
  | "ledger-updated"
  | "quarantined"
  | "restate-requested"
  | "slice-updated"
  | "spend"
  | "stage-changed"
  | "subscription-changed"
  | "survey-answered"
  | "target-set";

/** The schemas that this version writes. */
export const currentSchemas: Readonly<Record<SchemaName, RecordSchema>> = {
  "activity-logged": activityLoggedSchema,
  "deal-closed": dealClosedSchema,
  "fact-changed": factChangedSchema,
  "forecast-submitted": forecastSubmittedSchema,
  "generation-announced": generationAnnouncedSchema,
  heartbeat: heartbeatSchema,
  "lead-created": leadCreatedSchema,
  "lead-erased": leadErasedSchema,
  "lead-key": leadKeySchema,
  "ledger-updated": ledgerUpdatedSchema,
  quarantined: quarantinedSchema,
  "restate-requested": restateRequestedSchema,
  "slice-updated": sliceUpdatedSchema,
  spend: spendSchema,
  "stage-changed": stageChangedSchema,
  "subscription-changed": subscriptionChangedSchema,
  "survey-answered": surveyAnsweredSchema,
  "target-set": targetSetSchema,
};

/** Every version ever published, oldest first: the log is kept for ever, so all of them stay readable. */
export const publishedSchemas: ReadonlyArray<{
  readonly name: SchemaName;
  readonly version: number;
  readonly schema: RecordSchema;
}> = [
  { name: "activity-logged", version: 1, schema: activityLoggedSchema },
  { name: "deal-closed", version: 1, schema: dealClosedSchema },
  { name: "fact-changed", version: 1, schema: factChangedSchema },
  { name: "forecast-submitted", version: 1, schema: forecastSubmittedSchema },
  { name: "generation-announced", version: 1, schema: generationAnnouncedSchema },
  { name: "heartbeat", version: 1, schema: heartbeatV1 },
  { name: "heartbeat", version: 2, schema: heartbeatSchema },
  { name: "lead-created", version: 1, schema: leadCreatedSchema },
  { name: "lead-erased", version: 1, schema: leadErasedSchema },
  { name: "lead-key", version: 1, schema: leadKeySchema },
  { name: "ledger-updated", version: 1, schema: ledgerUpdatedSchema },
  { name: "quarantined", version: 1, schema: quarantinedSchema },
  { name: "restate-requested", version: 1, schema: restateRequestedSchema },
  { name: "slice-updated", version: 1, schema: sliceUpdatedSchema },
  { name: "spend", version: 1, schema: spendSchema },
  { name: "stage-changed", version: 1, schema: stageChangedSchema },
  { name: "subscription-changed", version: 1, schema: subscriptionChangedSchema },
  { name: "survey-answered", version: 1, schema: surveyAnsweredSchema },
  { name: "target-set", version: 1, schema: targetSetSchema },
];
