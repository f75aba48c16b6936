import type { EventType } from "./event.ts";

/** A table with one entry for each event type. */
export const byType = <T>(of: (type: EventType) => T): Readonly<Record<EventType, T>> => ({
  "lead-created": of("lead-created"),
  "stage-changed": of("stage-changed"),
  "activity-logged": of("activity-logged"),
  "deal-closed": of("deal-closed"),
  spend: of("spend"),
  "subscription-changed": of("subscription-changed"),
  "target-set": of("target-set"),
  "forecast-submitted": of("forecast-submitted"),
  "survey-answered": of("survey-answered"),
  "lead-erased": of("lead-erased"),
});
