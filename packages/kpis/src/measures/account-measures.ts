import type { FactOutcome } from "@leadwire/funnel";
import type { Measure } from "../measure.ts";
import { leadDimensions } from "./lead-measures.ts";

const ofAccounts = {
  value: "none",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions: leadDimensions,
} as const;

/** Accounts, at their first won deal or subscription start. */
export const customersNew: Measure = { ...ofAccounts, id: "customers_new", kind: "customer_new" };

/** Accounts that are customers: a level. */
export const customersActive: Measure = {
  ...ofAccounts,
  id: "customers_active",
  kind: "customer_active",
  level: true,
  slicedBy: ["owner", "team", "channel"],
};

/** Monthly recurring revenue: a level of the accounts that pay and what they pay. */
export const mrrLevel: Measure = { ...ofAccounts, id: "mrr", kind: "mrr_moved", value: "amountMinor", level: true };

const movement = (id: string, outcome: FactOutcome): Measure => ({
  ...ofAccounts,
  id,
  kind: "mrr_moved",
  outcomes: [outcome],
  value: "amountMinor",
});

/** What each movement added to (or took from) the mrr: amounts are signed. */
export const mrrNew = movement("mrr_new", "new");
export const mrrExpansion = movement("mrr_expansion", "expansion");
export const mrrContraction = movement("mrr_contraction", "contraction");
export const mrrChurn = movement("mrr_churn", "churn");
export const mrrReactivation = movement("mrr_reactivation", "reactivation");

const survey = (id: string, outcomes: ReadonlyArray<FactOutcome>, value: Measure["value"] = "none"): Measure => ({
  ...ofAccounts,
  id,
  kind: "survey",
  outcomes,
  value,
});

/** Thousandths of the scores of satisfaction surveys. */
export const satisfactionScores = survey("satisfaction_scores", ["csat"], "unitsMilli");
/** Answers to "would you recommend us": 9 and 10, 7 and 8, below. */
export const promoters = survey("promoters", ["promoter"]);
export const passives = survey("passives", ["passive"]);
export const detractors = survey("detractors", ["detractor"]);
