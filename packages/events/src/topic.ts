import type { EventType, SalesEvent } from "./event.ts";

/** The event topics: the only truth. Derived topics carry the generation in their name. */
export const eventTopics = ["leadwire.funnel", "leadwire.spend", "leadwire.accounts", "leadwire.plan"] as const;
export type EventTopic = (typeof eventTopics)[number];

/** Records and rows put aside, of every source. */
export const quarantineTopic = "leadwire.quarantine";
/** What every process of a cluster has to agree on, and what readers ask of the tasks. One partition, kept for ever. */
export const controlTopic = "leadwire.control";
/** Transitions of alerts, what is notified of them, silences: keyed by rule set, kept for ever, of every generation. */
export const alertsTopic = "leadwire.alerts";
/** The leads' keys, where several doors share them: keyed by lead, compacted, one record per key. */
export const leadKeysTopic = "leadwire.lead-keys";
/** One record per change of a fact. */
export const factsTopic = (generation: string): string => `leadwire.facts.${generation}`;
/** Absolute slices, each task's ledger counts, and its heartbeats. */
export const metricsTopic = (generation: string): string => `leadwire.metrics.${generation}`;
/** Wins and subscriptions keyed by account: the account tasks' only input. */
export const accountLogTopic = (generation: string): string => `leadwire.account-log.${generation}`;

const topicByType: Readonly<Record<EventType, EventTopic>> = {
  "lead-created": "leadwire.funnel",
  "stage-changed": "leadwire.funnel",
  "activity-logged": "leadwire.funnel",
  "deal-closed": "leadwire.funnel",
  "lead-erased": "leadwire.funnel",
  spend: "leadwire.spend",
  "subscription-changed": "leadwire.accounts",
  "survey-answered": "leadwire.accounts",
  "target-set": "leadwire.plan",
  "forecast-submitted": "leadwire.plan",
};

export const topicOf = (type: EventType): EventTopic => topicByType[type];

/** The key that decides an event's partition: everything that must stay in order shares one. */
export const keyOf = (event: SalesEvent): string => {
  switch (event.type) {
    case "spend":
      return event.channel;
    case "subscription-changed":
    case "survey-answered":
      return event.account_id;
    case "target-set":
    case "forecast-submitted":
      return event.scope;
    default:
      return event.lead_id;
  }
};
