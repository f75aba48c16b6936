import type { Measure } from "../measure.ts";
import { leadDimensions } from "./lead-measures.ts";

const ofCloses = {
  kind: "deal_closed",
  value: "none",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions: leadDimensions,
} as const;

/** Deals whose latest outcome is a win, a loss or no decision, at their close. */
export const dealsWon: Measure = { ...ofCloses, id: "deals_won", outcomes: ["won"] };
export const dealsLost: Measure = { ...ofCloses, id: "deals_lost", outcomes: ["lost"] };
export const dealsNoDecision: Measure = { ...ofCloses, id: "deals_no_decision", outcomes: ["no_decision"] };

/** Won deals with an amount above 0, and those amounts. */
export const wonAmounts: Measure = {
  ...ofCloses,
  id: "won_amounts",
  outcomes: ["won"],
  positiveAmountOnly: true,
  value: "amountMinor",
};

/** Milliseconds from a lead's creation to the close of its won deal. */
export const salesCycles: Measure = {
  ...ofCloses,
  id: "sales_cycles",
  outcomes: ["won"],
  value: "durationMs",
  binned: true,
};

/** Lines of won deals and what no line accounts for. */
export const saleAmounts: Measure = { ...ofCloses, id: "sale_amounts", kind: "sale", value: "amountMinor" };

/** Open deals: a level of their number and amount. */
export const openPipeline: Measure = {
  ...ofCloses,
  id: "open_pipeline",
  kind: "deal_pipeline",
  value: "amountMinor",
  level: true,
  dimensions: [...leadDimensions, "stage"],
};

/** Accounts, at their first won deal or subscription start. */
export const customersNew: Measure = { ...ofCloses, id: "customers_new", kind: "customer_new" };
