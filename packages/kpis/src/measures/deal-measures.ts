import type { Measure } from "../measure.ts";
import { leadDimensions, ownerAndTeam } from "./lead-measures.ts";

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

/** Open deals by the win probability of their stage, in 1/10,000: a level of amounts. */
export const pipelineByProbability: Measure = {
  ...openPipeline,
  id: "pipeline_by_probability",
  binned: true,
  slicedBy: ownerAndTeam,
};

/** Deals closed without ever having been an opportunity. */
export const dealsDisqualified: Measure = {
  ...ofCloses,
  id: "deals_disqualified",
  outcomes: ["disqualified"],
  slicedBy: ownerAndTeam,
};

/** Lost and undecided deals with an amount (their last open one where the close states none), and those amounts. */
export const notWonAmounts: Measure = {
  ...ofCloses,
  id: "not_won_amounts",
  outcomes: ["lost", "no_decision"],
  positiveAmountOnly: true,
  value: "amountMinor",
  slicedBy: ownerAndTeam,
};

/** Business milliseconds from a lead's creation to the close of its won deal. */
export const salesCyclesBusiness: Measure = {
  ...ofCloses,
  id: "sales_cycles_business",
  outcomes: ["won"],
  value: "businessMs",
  binned: true,
  slicedBy: "none",
};

const soldBy: Measure["slicedBy"] = ["product"];

/** Thousandths of the units sold. */
export const saleUnits: Measure = { ...saleAmounts, id: "sale_units", value: "unitsMilli", slicedBy: soldBy };
/** What the lines that state a cost cost, and what those lines were sold for. */
export const saleCosts: Measure = {
  ...saleAmounts,
  id: "sale_costs",
  knownCostOnly: true,
  value: "costMinor",
  slicedBy: soldBy,
};
export const costedSales: Measure = { ...saleAmounts, id: "costed_sales", knownCostOnly: true, slicedBy: soldBy };

/** Recurring amounts of won deals by the term of their contract in months. */
export const contracts: Measure = {
  ...ofCloses,
  id: "contracts",
  kind: "contract",
  value: "amountMinor",
  binned: true,
  slicedBy: ownerAndTeam,
};
/** Those of them that stated no term: 12 months were taken. */
export const contractsWithoutTerm: Measure = {
  ...contracts,
  id: "contracts_without_term",
  outcomes: ["no_term"],
  binned: false,
  slicedBy: ownerAndTeam,
};
