import { noValue } from "@leadwire/funnel";
import { factsView } from "../report-scope.ts";
import { beforeLevel, inSpan, type QualityCheck } from "./quality-check.ts";

/** Open deals at the window's end, as they stand. Signed facts add up, also those of expected closes. */
const openDeals = (bad: string, detail = "concat('stage ', stage)"): string =>
  `SELECT deal_id AS id, lead_id, owner, since AS at, ${bad} AS bad, ${detail} AS detail FROM (
  SELECT lead_id, deal_id, argMaxIf(toString(owner), (at, fact_id), count > 0) AS owner,
    argMaxIf(toString(stage), (at, fact_id), count > 0) AS stage, max(at) AS since, sum(amount_minor) AS amount,
    sumIf(count, due_at IS NOT NULL) AS has_due,
    sumIf(count * toUnixTimestamp64Milli(assumeNotNull(due_at)), due_at IS NOT NULL) AS due_ms
  FROM ${factsView} WHERE kind = 'deal_pipeline' AND ${beforeLevel("at")}
  GROUP BY lead_id, deal_id HAVING sum(count) > 0
)`;

const closes = (outcomes: string, bad: string, detail = "''"): string =>
  `SELECT deal_id AS id, lead_id, owner, at, ${bad} AS bad, ${detail} AS detail
FROM ${factsView} WHERE kind = 'deal_closed' AND outcome IN (${outcomes}) AND ${inSpan("at")}`;

/** What deals lack. */
export const dealChecks: ReadonlyArray<QualityCheck> = [
  {
    id: "deals_without_owner",
    means: "Open deals without an owner",
    of: "open deals",
    fix: "Send `owner` with the deal's next stage-changed.",
    items: openDeals(`owner = '${noValue}'`),
  },
  {
    id: "deals_without_amount",
    means: "Open deals without an amount: they count in the volume, not in the value",
    of: "open deals",
    fix: "Send `amount_minor` and `currency` with the deal's next stage-changed.",
    items: openDeals("amount = 0"),
  },
  {
    id: "deals_without_close_date",
    means: "Open deals without an expected close: no coverage and no forecast has them",
    of: "open deals",
    fix: "Send `expected_close_on` with the deal's next stage-changed.",
    items: openDeals("has_due = 0"),
  },
  {
    id: "overdue_closes",
    means: "Open deals whose expected close has passed",
    of: "open deals",
    fix: "Close them, or send a new `expected_close_on`.",
    items: openDeals(
      "has_due > 0 AND due_ms < {today:Int64}",
      "concat('expected ', toString(toDate32(fromUnixTimestamp64Milli(due_ms), {zone:String})))",
    ),
  },
  {
    id: "wins_without_amount",
    means: "Wins with an amount of 0: they count, and bring no sales",
    of: "deals won",
    fix: "Send the deal-closed again with its amount and a higher revision.",
    items: closes("'won'", "amount_minor = 0"),
  },
  {
    id: "losses_without_amount",
    means: "Losses without an amount, also none before: left out of the win rate by value",
    of: "deals lost",
    fix: "Send an amount with a stage-changed before the close, or with the close.",
    items: closes("'lost', 'no_decision'", "amount_minor = 0"),
  },
  {
    id: "negative_cycles",
    means: "Wins that were closed before their lead was created: they have no sales cycle",
    of: "deals won",
    fix: "Correct the lead's creation in the source, and send it again with a higher revision.",
    items: closes(
      "'won'",
      "ifNull(at < cohort_at, false)",
      "if(cohort_at IS NULL, '', concat('created ', toString(assumeNotNull(cohort_at)), ' UTC'))",
    ),
  },
  {
    id: "contracts_without_term",
    means: "Contracts without a term: 12 months were taken",
    of: "contracts won",
    fix: "Send `term_months` with the deal-closed, with a higher revision.",
    items: `SELECT deal_id AS id, lead_id, owner, at, outcome = 'no_term' AS bad, '' AS detail
FROM ${factsView} WHERE kind = 'contract' AND ${inSpan("at")}`,
  },
];
