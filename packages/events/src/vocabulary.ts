import type {
  ActivityKind,
  ActivityLogged,
  CloseOutcome,
  SpendCategory,
  SubscriptionChanged,
  SurveyAnswered,
} from "./event.ts";

/** The closed vocabularies, in the order of their Avro enums; the index is stored, so only append. */
export const activityKinds: ReadonlyArray<ActivityKind> = [
  "call",
  "email",
  "message",
  "meeting_booked",
  "meeting_held",
];
export const directions: ReadonlyArray<ActivityLogged["direction"]> = ["outbound", "inbound"];
export const closeOutcomes: ReadonlyArray<CloseOutcome> = ["won", "lost", "no_decision"];
export const spendCategories: ReadonlyArray<SpendCategory> = [
  "advertising",
  "marketing_team",
  "sales_team",
  "creative",
  "technology",
  "production",
  "other",
];
export const subscriptionReasons: ReadonlyArray<SubscriptionChanged["reason"]> = ["started", "changed", "cancelled"];
export const surveyKinds: ReadonlyArray<SurveyAnswered["kind"]> = ["csat", "nps"];
