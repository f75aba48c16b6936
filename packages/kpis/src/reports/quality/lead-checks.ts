import { noValue } from "@leadwire/funnel";
import { instantParam } from "../../sql/instant-param.ts";
import { factsView } from "../report-scope.ts";
import { beforeLevel, inSpan, type QualityCheck } from "./quality-check.ts";

const none = `'${noValue}'`;

const createdLeads = (bad: string): string =>
  `SELECT lead_id AS id, lead_id, owner, at, ${bad} AS bad, '' AS detail FROM ${factsView} WHERE kind = 'lead_created' AND ${inSpan("at")}`;

/** Kinds of facts that a lead's events leave behind, with or without its creation. */
const tracesOfLead = "'lead_created', 'stage_entered', 'deal_pipeline', 'deal_closed', 'activity', 'first_meeting'";

/** What leads lack. */
export const leadChecks: ReadonlyArray<QualityCheck> = [
  {
    id: "leads_without_owner",
    means: "Leads that were created without an owner: no rep gets their response times",
    of: "leads created",
    fix: "Send `owner` with lead-created, or map the column.",
    items: createdLeads(`owner = ${none}`),
  },
  {
    id: "leads_without_channel",
    means: "Leads that were created without a channel: spend cannot be held against them",
    of: "leads created",
    fix: "Send `channel` with lead-created, or map the column.",
    items: createdLeads(`channel = ${none}`),
  },
  {
    id: "orphans",
    means: "Leads with events but without a lead-created: they are in no creation, response, cycle or cohort",
    of: "leads first seen",
    fix: "Import the leads, too; their lead-created may come later than the rest.",
    items: `SELECT lead_id AS id, lead_id, any(owner) AS owner, min(at) AS at, countIf(kind = 'lead_created') = 0 AS bad,
  concat(toString(count()), ' facts') AS detail FROM (
    SELECT lead_id, owner, at, kind FROM ${factsView} WHERE kind IN (${tracesOfLead}) AND at <= ${instantParam("at")}
  ) GROUP BY lead_id HAVING ${inSpan("at")}`,
  },
  {
    id: "early_touches",
    means: "Leads that were answered before they were created: they have no response time",
    of: "leads answered",
    fix: "Check that the source writes the lead before its first call, and the clocks of both.",
    items: `SELECT lead_id AS id, lead_id, owner, at, outcome = 'early_touch' AS bad, '' AS detail
FROM ${factsView} WHERE kind = 'lead_responded' AND ${inSpan("at")}`,
  },
  {
    id: "leads_without_activity",
    means: "Leads without any activity up to now: the rest is the coverage of activities",
    of: "leads created",
    fix: "Connect the phone and the mailbox, or call the leads on the list.",
    items: createdLeads(
      `lead_id GLOBAL NOT IN (SELECT lead_id FROM ${factsView} WHERE kind = 'activity' AND at <= ${instantParam("at")})`,
    ),
  },
  {
    id: "stages_of_another_pipeline",
    means: "Stage changes into a stage that the lead's own pipeline does not have",
    of: "stage changes",
    fix: "Correct the lead's pipeline, or the stage's name in the mapping.",
    items: `SELECT e.event_id AS id, e.lead_id AS lead_id, e.owner AS owner, e.occurred_at AS at,
  has({pipelines:Array(String)}, l.pipeline) AND NOT has({stages:Array(String)}, concat(l.pipeline, '/', e.to_stage)) AS bad,
  concat(e.to_stage, ' is no stage of ', l.pipeline) AS detail
FROM (
  SELECT event_id, assumeNotNull(lead_id) AS lead_id, ifNull(owner, ${none}) AS owner, occurred_at, ifNull(to_stage, '') AS to_stage
  FROM leadwire.events WHERE type = 'stage-changed' AND ${inSpan("occurred_at")}
) AS e
GLOBAL LEFT ANY JOIN (SELECT lead_id, toString(pipeline) AS pipeline FROM ${factsView} WHERE kind = 'lead_created') AS l USING (lead_id)`,
  },
  {
    id: "silent_sources",
    means: "Sources whose last event is older than three times what 99 of 100 of their gaps last, and a day",
    of: "sources",
    fix: "Check the connection, or take the source out if it has ended.",
    items: `SELECT source_system AS id, '' AS lead_id, '' AS owner, max(happened) AS at,
  dateDiff('millisecond', at, ${instantParam("level")}) AS silent_ms,
  silent_ms > greatest(3 * quantileExactIf(0.99)(gap_ms, place > 1), 86400000) AS bad,
  concat('silent for ', formatReadableTimeDelta(intDiv(silent_ms, 1000)), '; 99 of 100 gaps are within ',
    formatReadableTimeDelta(intDiv(quantileExactIf(0.99)(gap_ms, place > 1), 1000))) AS detail
FROM (
  SELECT source_system, occurred_at AS happened, row_number() OVER w AS place,
    dateDiff('millisecond', lagInFrame(occurred_at, 1, occurred_at) OVER w, occurred_at) AS gap_ms
  FROM leadwire.events WHERE ${beforeLevel("occurred_at")}
  WINDOW w AS (PARTITION BY source_system ORDER BY occurred_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
) GROUP BY source_system`,
  },
];
