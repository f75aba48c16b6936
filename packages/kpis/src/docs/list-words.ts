import type { FactKind } from "@leadwire/funnel";

/** What stands below the list of metrics: how windows lie. */
export const windowWords = `## Windows

| \`--window\` | is |
| --- | --- |
| \`1h\` \`24h\` | so many hours up to now; the end is rounded up to the minute |
| \`7d\` \`30d\` \`90d\` \`365d\` | so many times 24 hours up to now; the end is rounded up to the hour, so it may lie a little ahead |
| \`day\` \`week\` \`month\` \`quarter\` \`year\` | the one that runs, from its first midnight in the workspace's zone |
| \`2026\` \`2026-Q1\` \`2026-03\` \`2026-W14\` \`2026-03-14\` | that one, whole; years and quarters are the workspace's fiscal ones, weeks are ISO ones |
| \`2026-01-01..2026-02-01\` | from included, to excluded |
| \`all\` | everything |

\`--at\` says what "now" is. The window before (\`--compare prior\`) is of a period the whole one before, of one that still runs the same part of the one before, else as long as this one and ends where it begins.`;

const factWords: Readonly<Record<FactKind, string>> = {
  lead_created: "a lead, at its creation",
  lead_qualified: "a lead's first entry into the stage marked `qualified`, or past it",
  lead_opportunity: "a lead's first entry into the stage marked `opportunity`, or past it",
  lead_responded: "a lead's first human outbound touch; its duration is since the creation",
  lead_sla: "a lead answered within the SLA (`met`), or not (`missed`, at the deadline)",
  lead_sla_business: "the same, in business time",
  lead_unanswered: "a lead that waits for an answer, while it waits",
  lead_won: "a lead that was won, counted with those created when it was",
  cohort_opportunity: "a lead that became an opportunity, counted with those created when it was",
  deal_pipeline: "an open deal with its amount, while it is open",
  deal_closed: "a deal's latest outcome; the duration of a win is its sales cycle",
  sale: "one line of a won deal",
  stage_entered: "a deal that comes into a stage for the first time, passes it (`skipped`), or comes back (`again`)",
  stage_left: "a deal that leaves a stage: onwards, back, or closed; its duration is the visit",
  won_stage_time: "all the time that a won deal spent in a stage",
  first_meeting: "a lead's first meeting held; its units are the touches before",
  activity: "one logged activity, of its rep",
  contract: "a won deal with a recurring amount",
  customer_new: "an account's first won deal or subscription",
  customer_active: "an account that is a customer, while it is one",
  mrr_moved: "an account whose monthly recurring revenue changes, by how much",
  spend_day: "one day's share of a spend event",
  survey: "one survey's answer",
  target: "a target, as it was set",
  forecast: "a forecast, as it was submitted",
};

/** What the formulas count: without it their words mean little. */
export const factList = `## What the formulas count

Facts: what became of a lead, deal or account, each with a time, an owner and the other dimensions. Names in parentheses are outcomes; "before the instant" means as it stood at the window's end. \`npx leadwire explain METRIC --window 30d\` lists them, and \`leadwire.facts\` holds them in SQL.

| fact | is |
| --- | --- |
${Object.entries(factWords)
  .map(([kind, words]) => `| \`${kind}\` | ${words} |`)
  .join("\n")}`;
