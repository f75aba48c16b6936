import type { Measure } from "../measure.ts";

/** What was spent to win customers: every category but production, by the day. */
export const acquisitionSpend: Measure = {
  id: "acquisition_spend",
  kind: "spend_day",
  outcomes: ["advertising", "marketing_team", "sales_team", "creative", "technology", "other"],
  value: "amountMinor",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions: ["channel", "campaign"],
};

/** Everything that was spent, by the day. */
export const allSpend: Measure = {
  id: "all_spend",
  kind: "spend_day",
  value: "amountMinor",
  binned: false,
  level: false,
  placedBy: "at",
  dimensions: ["channel", "campaign"],
};
