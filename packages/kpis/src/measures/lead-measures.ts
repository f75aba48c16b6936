import { type Dimension, dimensions } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";

/** What a lead's facts carry. `stage` belongs to facts about deals. */
export const leadDimensions: ReadonlyArray<Dimension> = dimensions.filter((name) => name !== "stage");

const ofLeads = { value: "none", binned: false, level: false, placedBy: "at", dimensions: leadDimensions } as const;

/** Leads, at their creation. */
export const leadsCreated: Measure = { ...ofLeads, id: "leads_created", kind: "lead_created" };

/** Leads, at their first entry into the stage marked `qualified`, or past it. */
export const leadsQualified: Measure = { ...ofLeads, id: "leads_qualified", kind: "lead_qualified" };

/** Milliseconds from creation to the first human outbound touch; early touches have none. */
export const responseTimes: Measure = {
  ...ofLeads,
  id: "response_times",
  kind: "lead_responded",
  outcomes: ["first_touch"],
  value: "durationMs",
  binned: true,
};

/** Leads answered within the response SLA, at the answer. */
export const slaMet: Measure = { ...ofLeads, id: "sla_met", kind: "lead_sla", outcomes: ["met"] };

/** Leads whose deadline passed unanswered, at the deadline. */
export const slaMissed: Measure = { ...ofLeads, id: "sla_missed", kind: "lead_sla", outcomes: ["missed"] };

/** Open leads without a response: a level. */
export const leadsUnanswered: Measure = { ...ofLeads, id: "leads_unanswered", kind: "lead_unanswered", level: true };

/** Leads won, placed by their creation: the numerator of a cohort. */
export const cohortWon: Measure = { ...ofLeads, id: "cohort_won", kind: "lead_won", placedBy: "cohort" };

/** The dimensions that slices are kept by where facts may answer the others: a series costs time with every event. */
export const ownerAndTeam: ReadonlyArray<Dimension> = ["owner", "team"];

/** Leads, at their first entry into the stage marked `opportunity`, or past it. */
export const leadsOpportunity: Measure = {
  ...ofLeads,
  id: "leads_opportunity",
  kind: "lead_opportunity",
  slicedBy: ownerAndTeam,
};

/** Leads that became an opportunity, placed by their creation: the numerator of a cohort. */
export const cohortOpportunity: Measure = {
  ...ofLeads,
  id: "cohort_opportunity",
  kind: "cohort_opportunity",
  placedBy: "cohort",
  slicedBy: ownerAndTeam,
};

/** Business milliseconds from creation to the first human outbound touch. */
export const responseTimesBusiness: Measure = {
  ...ofLeads,
  id: "response_times_business",
  kind: "lead_responded",
  outcomes: ["first_touch"],
  value: "businessMs",
  binned: true,
  slicedBy: "none",
};

/** As slaMet and slaMissed, where the deadline is counted in business hours. */
export const slaMetBusiness: Measure = {
  ...ofLeads,
  id: "sla_met_business",
  kind: "lead_sla_business",
  outcomes: ["met"],
  slicedBy: "none",
};
export const slaMissedBusiness: Measure = {
  ...ofLeads,
  id: "sla_missed_business",
  kind: "lead_sla_business",
  outcomes: ["missed"],
  slicedBy: "none",
};

/** Leads at their first meeting held, with the thousandths of touches before it. */
export const firstMeetings: Measure = {
  ...ofLeads,
  id: "first_meetings",
  kind: "first_meeting",
  value: "unitsMilli",
  binned: true,
  slicedBy: ownerAndTeam,
};
