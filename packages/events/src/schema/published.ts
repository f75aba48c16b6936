// Written by schemas/generate.mjs from schemas/ and schemas/history/: change it there.
import type { RecordSchema } from "../avro-schema.ts";
import { accessGrantedSchema } from "./access-granted.ts";
import { activityLoggedSchema } from "./activity-logged.ts";
import { alertAcknowledgedSchema } from "./alert-acknowledged.ts";
import { alertChangedSchema } from "./alert-changed.ts";
import { alertsClaimedSchema } from "./alerts-claimed.ts";
import { alertsSilencedSchema } from "./alerts-silenced.ts";
import { dealClosedSchema } from "./deal-closed.ts";
import { factChangedSchema } from "./fact-changed.ts";
import { forecastSubmittedSchema } from "./forecast-submitted.ts";
import { generationAnnouncedSchema } from "./generation-announced.ts";
import { generationBuildingSchema } from "./generation-building.ts";
import { heartbeatSchema } from "./heartbeat.ts";
import { leadCreatedSchema } from "./lead-created.ts";
import { leadErasedSchema } from "./lead-erased.ts";
import { leadKeySchema } from "./lead-key.ts";
import { ledgerUpdatedSchema } from "./ledger-updated.ts";
import { notificationPlannedSchema } from "./notification-planned.ts";
import { notificationSettledSchema } from "./notification-settled.ts";
import { quarantinedSchema } from "./quarantined.ts";
import { resendRequestedSchema } from "./resend-requested.ts";
import { restateRequestedSchema } from "./restate-requested.ts";
import { sliceUpdatedSchema } from "./slice-updated.ts";
import { spendSchema } from "./spend.ts";
import { stageChangedSchema } from "./stage-changed.ts";
import { subscriptionChangedSchema } from "./subscription-changed.ts";
import { surveyAnsweredSchema } from "./survey-answered.ts";
import { targetSetSchema } from "./target-set.ts";

const factChangedV1: RecordSchema = {
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

const factChangedV2: RecordSchema = {
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
          "cohort_opportunity",
          "lead_sla_business",
          "stage_entered",
          "stage_left",
          "won_stage_time",
          "first_meeting",
          "activity",
          "contract",
          "mrr_moved",
          "customer_active",
          "survey",
          "target",
          "forecast",
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
          "entered",
          "skipped",
          "again",
          "advanced",
          "advanced_again",
          "regressed",
          "call",
          "email",
          "message",
          "meeting_booked",
          "meeting_held",
          "automated",
          "stated",
          "no_term",
          "new",
          "expansion",
          "contraction",
          "churn",
          "reactivation",
          "csat",
          "promoter",
          "passive",
          "detractor",
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
      doc: "The percentile bin of the duration, computed once by the engine; of other kinds what their values are weighed by.",
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
    {
      name: "business_ms",
      type: ["null", "long"],
      default: null,
      doc: "The duration without what lies outside business hours, in milliseconds.",
    },
    {
      name: "business_bin",
      type: ["null", "int"],
      default: null,
      doc: "The percentile bin of the business duration.",
    },
    {
      name: "due_at",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "Start of the local day that an open deal is expected to close on.",
    },
    {
      name: "term_months",
      type: ["null", "int"],
      default: null,
      doc: "Months that a won deal's contract runs, where stated.",
    },
    {
      name: "subject",
      type: "string",
      default: "",
      doc: "The metric of a target.",
    },
    {
      name: "period",
      type: "string",
      default: "",
      doc: "The year, quarter or month of a target or forecast.",
    },
  ],
};

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
  | "access-granted"
  | "activity-logged"
  | "alert-acknowledged"
  | "alert-changed"
  | "alerts-claimed"
  | "alerts-silenced"
  | "deal-closed"
  | "fact-changed"
  | "forecast-submitted"
  | "generation-announced"
  | "generation-building"
  | "heartbeat"
  | "lead-created"
  | "lead-erased"
  | "lead-key"
  | "ledger-updated"
  | "notification-planned"
  | "notification-settled"
  | "quarantined"
  | "resend-requested"
  | "restate-requested"
  | "slice-updated"
  | "spend"
  | "stage-changed"
  | "subscription-changed"
  | "survey-answered"
  | "target-set";

/** The schemas that this version writes. */
export const currentSchemas: Readonly<Record<SchemaName, RecordSchema>> = {
  "access-granted": accessGrantedSchema,
  "activity-logged": activityLoggedSchema,
  "alert-acknowledged": alertAcknowledgedSchema,
  "alert-changed": alertChangedSchema,
  "alerts-claimed": alertsClaimedSchema,
  "alerts-silenced": alertsSilencedSchema,
  "deal-closed": dealClosedSchema,
  "fact-changed": factChangedSchema,
  "forecast-submitted": forecastSubmittedSchema,
  "generation-announced": generationAnnouncedSchema,
  "generation-building": generationBuildingSchema,
  heartbeat: heartbeatSchema,
  "lead-created": leadCreatedSchema,
  "lead-erased": leadErasedSchema,
  "lead-key": leadKeySchema,
  "ledger-updated": ledgerUpdatedSchema,
  "notification-planned": notificationPlannedSchema,
  "notification-settled": notificationSettledSchema,
  quarantined: quarantinedSchema,
  "resend-requested": resendRequestedSchema,
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
  { name: "access-granted", version: 1, schema: accessGrantedSchema },
  { name: "activity-logged", version: 1, schema: activityLoggedSchema },
  { name: "alert-acknowledged", version: 1, schema: alertAcknowledgedSchema },
  { name: "alert-changed", version: 1, schema: alertChangedSchema },
  { name: "alerts-claimed", version: 1, schema: alertsClaimedSchema },
  { name: "alerts-silenced", version: 1, schema: alertsSilencedSchema },
  { name: "deal-closed", version: 1, schema: dealClosedSchema },
  { name: "fact-changed", version: 1, schema: factChangedV1 },
  { name: "fact-changed", version: 2, schema: factChangedV2 },
  { name: "fact-changed", version: 3, schema: factChangedSchema },
  { name: "forecast-submitted", version: 1, schema: forecastSubmittedSchema },
  { name: "generation-announced", version: 1, schema: generationAnnouncedSchema },
  { name: "generation-building", version: 1, schema: generationBuildingSchema },
  { name: "heartbeat", version: 1, schema: heartbeatV1 },
  { name: "heartbeat", version: 2, schema: heartbeatSchema },
  { name: "lead-created", version: 1, schema: leadCreatedSchema },
  { name: "lead-erased", version: 1, schema: leadErasedSchema },
  { name: "lead-key", version: 1, schema: leadKeySchema },
  { name: "ledger-updated", version: 1, schema: ledgerUpdatedSchema },
  { name: "notification-planned", version: 1, schema: notificationPlannedSchema },
  { name: "notification-settled", version: 1, schema: notificationSettledSchema },
  { name: "quarantined", version: 1, schema: quarantinedSchema },
  { name: "resend-requested", version: 1, schema: resendRequestedSchema },
  { name: "restate-requested", version: 1, schema: restateRequestedSchema },
  { name: "slice-updated", version: 1, schema: sliceUpdatedSchema },
  { name: "spend", version: 1, schema: spendSchema },
  { name: "stage-changed", version: 1, schema: stageChangedSchema },
  { name: "subscription-changed", version: 1, schema: subscriptionChangedSchema },
  { name: "survey-answered", version: 1, schema: surveyAnsweredSchema },
  { name: "target-set", version: 1, schema: targetSetSchema },
];
