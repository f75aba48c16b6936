-- The views that people query, over the generation "example", with days in UTC.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE OR REPLACE VIEW leadwire.events ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic of the record',
  `partition` Int32 COMMENT 'Partition of the record',
  `offset` Int64 COMMENT 'Offset of the record in its partition',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took it in (UTC)',
  `type` Enum8('lead-created' = 0, 'stage-changed' = 1, 'activity-logged' = 2, 'deal-closed' = 3, 'spend' = 4, 'subscription-changed' = 5, 'target-set' = 6, 'forecast-submitted' = 7, 'survey-answered' = 8, 'lead-erased' = 9) COMMENT 'Event type',
  `source_system` LowCardinality(String) COMMENT 'System that produced it',
  `event_id` String COMMENT 'The producer\'s id of the event',
  `revision` Int64 COMMENT 'Revision; the highest of an event counts',
  `voided` Bool COMMENT 'A voided revision takes the event out',
  `occurred_at` DateTime64(3, 'UTC') COMMENT 'When it happened (UTC)',
  `lead_id` Nullable(String) COMMENT 'Lead',
  `deal_id` Nullable(String) COMMENT 'Deal; the lead where absent',
  `account_id` Nullable(String) COMMENT 'Account',
  `owner` Nullable(String) COMMENT 'Rep who owns the lead or deal, as stated',
  `team` Nullable(String) COMMENT 'Team, as stated',
  `region` Nullable(String) COMMENT 'Region of the lead',
  `channel` Nullable(String) COMMENT 'Channel',
  `campaign` Nullable(String) COMMENT 'Campaign',
  `segment` Nullable(String) COMMENT 'Segment of the lead',
  `product` Nullable(String) COMMENT 'Product of the lead',
  `pipeline` Nullable(String) COMMENT 'Pipeline of the lead',
  `from_stage` Nullable(String) COMMENT 'Stage left, as stated',
  `to_stage` Nullable(String) COMMENT 'Stage entered',
  `changed_by` Nullable(String) COMMENT 'Who changed the stage',
  `kind` Nullable(String) COMMENT 'Kind of activity (call, email, …) or of survey (csat, nps)',
  `rep` Nullable(String) COMMENT 'Rep of the activity',
  `direction` Nullable(String) COMMENT 'outbound or inbound',
  `automated` Nullable(Bool) COMMENT 'True for an autoresponder: never a response',
  `outcome` Nullable(String) COMMENT 'won, lost or no_decision',
  `reason` Nullable(String) COMMENT 'Reason of a close, or of a subscription\'s change',
  `category` Nullable(String) COMMENT 'Category of spend',
  `amount_minor` Nullable(Int64) COMMENT 'Amount in minor units of the currency',
  `currency` Nullable(String) COMMENT 'ISO 4217 currency of the amounts',
  `expected_value_minor` Nullable(Int64) COMMENT 'Expected value in minor units of the currency',
  `expected_close_on` Nullable(Date32) COMMENT 'Expected close',
  `term_months` Nullable(Int64) COMMENT 'Term of the contract in months',
  `recurring_amount_minor` Nullable(Int64) COMMENT 'Recurring amount over the whole term in minor units',
  `period_start` Nullable(Date32) COMMENT 'First day that the spend covers',
  `period_end` Nullable(Date32) COMMENT 'Last day that the spend covers',
  `subscription_id` Nullable(String) COMMENT 'Subscription',
  `mrr_minor` Nullable(Int64) COMMENT 'Monthly recurring revenue after the change in minor units',
  `plan` Nullable(String) COMMENT 'Plan of the subscription',
  `metric` Nullable(String) COMMENT 'Metric of a target',
  `scope` Nullable(String) COMMENT 'Scope of a target or forecast: company, team:x, rep:y',
  `period` Nullable(String) COMMENT 'Period of a target or forecast: 2017, 2017-Q3, 2017-07',
  `target_value` Nullable(Float64) COMMENT 'Value of a target',
  `score` Nullable(Float64) COMMENT 'Score of a survey',
  `request_id` Nullable(String) COMMENT 'Request to erase a lead',
  `lines.product` Array(String) COMMENT 'Products of the deal\'s lines',
  `lines.quantity` Array(Float64) COMMENT 'Quantities of the deal\'s lines',
  `lines.amount_minor` Array(Int64) COMMENT 'Amounts of the deal\'s lines in minor units',
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units'
)
SQL SECURITY INVOKER
AS SELECT `topic`, `partition`, `offset`, `append_time`, `type`, `source_system`, `event_id`, `revision`, `voided`, `occurred_at`, `lead_id`, `deal_id`, `account_id`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `from_stage`, `to_stage`, `changed_by`, `kind`, `rep`, `direction`, `automated`, `outcome`, `reason`, `category`, `amount_minor`, `currency`, `expected_value_minor`, `expected_close_on`, `term_months`, `recurring_amount_minor`, `period_start`, `period_end`, `subscription_id`, `mrr_minor`, `plan`, `metric`, `scope`, `period`, `target_value`, `score`, `request_id`, `lines.product`, `lines.quantity`, `lines.amount_minor`, `lines.cost_minor`
FROM leadwire_log.events_latest FINAL
WHERE NOT voided AND (topic, partition, offset) GLOBAL NOT IN (
  SELECT origin, assumeNotNull(partition), position FROM leadwire_log.quarantine WHERE isNotNull(partition)
)
COMMENT 'The events that count: of each the highest revision, without the voided and the quarantined ones';

CREATE OR REPLACE VIEW leadwire.events_all ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic of the record',
  `partition` Int32 COMMENT 'Partition of the record',
  `offset` Int64 COMMENT 'Offset of the record in its partition',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took it in (UTC)',
  `type` Enum8('lead-created' = 0, 'stage-changed' = 1, 'activity-logged' = 2, 'deal-closed' = 3, 'spend' = 4, 'subscription-changed' = 5, 'target-set' = 6, 'forecast-submitted' = 7, 'survey-answered' = 8, 'lead-erased' = 9) COMMENT 'Event type',
  `source_system` LowCardinality(String) COMMENT 'System that produced it',
  `event_id` String COMMENT 'The producer\'s id of the event',
  `revision` Int64 COMMENT 'Revision; the highest of an event counts',
  `voided` Bool COMMENT 'A voided revision takes the event out',
  `occurred_at` DateTime64(3, 'UTC') COMMENT 'When it happened (UTC)',
  `lead_id` Nullable(String) COMMENT 'Lead',
  `deal_id` Nullable(String) COMMENT 'Deal; the lead where absent',
  `account_id` Nullable(String) COMMENT 'Account',
  `owner` Nullable(String) COMMENT 'Rep who owns the lead or deal, as stated',
  `team` Nullable(String) COMMENT 'Team, as stated',
  `region` Nullable(String) COMMENT 'Region of the lead',
  `channel` Nullable(String) COMMENT 'Channel',
  `campaign` Nullable(String) COMMENT 'Campaign',
  `segment` Nullable(String) COMMENT 'Segment of the lead',
  `product` Nullable(String) COMMENT 'Product of the lead',
  `pipeline` Nullable(String) COMMENT 'Pipeline of the lead',
  `from_stage` Nullable(String) COMMENT 'Stage left, as stated',
  `to_stage` Nullable(String) COMMENT 'Stage entered',
  `changed_by` Nullable(String) COMMENT 'Who changed the stage',
  `kind` Nullable(String) COMMENT 'Kind of activity (call, email, …) or of survey (csat, nps)',
  `rep` Nullable(String) COMMENT 'Rep of the activity',
  `direction` Nullable(String) COMMENT 'outbound or inbound',
  `automated` Nullable(Bool) COMMENT 'True for an autoresponder: never a response',
  `outcome` Nullable(String) COMMENT 'won, lost or no_decision',
  `reason` Nullable(String) COMMENT 'Reason of a close, or of a subscription\'s change',
  `category` Nullable(String) COMMENT 'Category of spend',
  `amount_minor` Nullable(Int64) COMMENT 'Amount in minor units of the currency',
  `currency` Nullable(String) COMMENT 'ISO 4217 currency of the amounts',
  `expected_value_minor` Nullable(Int64) COMMENT 'Expected value in minor units of the currency',
  `expected_close_on` Nullable(Date32) COMMENT 'Expected close',
  `term_months` Nullable(Int64) COMMENT 'Term of the contract in months',
  `recurring_amount_minor` Nullable(Int64) COMMENT 'Recurring amount over the whole term in minor units',
  `period_start` Nullable(Date32) COMMENT 'First day that the spend covers',
  `period_end` Nullable(Date32) COMMENT 'Last day that the spend covers',
  `subscription_id` Nullable(String) COMMENT 'Subscription',
  `mrr_minor` Nullable(Int64) COMMENT 'Monthly recurring revenue after the change in minor units',
  `plan` Nullable(String) COMMENT 'Plan of the subscription',
  `metric` Nullable(String) COMMENT 'Metric of a target',
  `scope` Nullable(String) COMMENT 'Scope of a target or forecast: company, team:x, rep:y',
  `period` Nullable(String) COMMENT 'Period of a target or forecast: 2017, 2017-Q3, 2017-07',
  `target_value` Nullable(Float64) COMMENT 'Value of a target',
  `score` Nullable(Float64) COMMENT 'Score of a survey',
  `request_id` Nullable(String) COMMENT 'Request to erase a lead',
  `lines.product` Array(String) COMMENT 'Products of the deal\'s lines',
  `lines.quantity` Array(Float64) COMMENT 'Quantities of the deal\'s lines',
  `lines.amount_minor` Array(Int64) COMMENT 'Amounts of the deal\'s lines in minor units',
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units'
)
SQL SECURITY INVOKER
AS SELECT `topic`, `partition`, `offset`, `append_time`, `type`, `source_system`, `event_id`, `revision`, `voided`, `occurred_at`, `lead_id`, `deal_id`, `account_id`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `from_stage`, `to_stage`, `changed_by`, `kind`, `rep`, `direction`, `automated`, `outcome`, `reason`, `category`, `amount_minor`, `currency`, `expected_value_minor`, `expected_close_on`, `term_months`, `recurring_amount_minor`, `period_start`, `period_end`, `subscription_id`, `mrr_minor`, `plan`, `metric`, `scope`, `period`, `target_value`, `score`, `request_id`, `lines.product`, `lines.quantity`, `lines.amount_minor`, `lines.cost_minor` FROM leadwire_log.events FINAL
COMMENT 'Every event record of the log, also replaced, voided, repeated and quarantined ones';

CREATE OR REPLACE VIEW leadwire.facts ON CLUSTER leadwire (
  `fact_id` String COMMENT 'Name of the fact: source system, event, kind and ordinal',
  `kind` Enum8('lead_created' = 0, 'lead_qualified' = 1, 'lead_opportunity' = 2, 'lead_responded' = 3, 'lead_sla' = 4, 'lead_unanswered' = 5, 'lead_won' = 6, 'deal_pipeline' = 7, 'deal_closed' = 8, 'sale' = 9, 'spend_day' = 10, 'customer_new' = 11) COMMENT 'What the fact says',
  `at` DateTime64(3, 'UTC') COMMENT 'When it is true, in event time (UTC)',
  `outcome` Enum8('' = 0, 'won' = 1, 'lost' = 2, 'no_decision' = 3, 'disqualified' = 4, 'met' = 5, 'missed' = 6, 'first_touch' = 7, 'early_touch' = 8, 'advertising' = 9, 'marketing_team' = 10, 'sales_team' = 11, 'creative' = 12, 'technology' = 13, 'production' = 14, 'other' = 15) COMMENT 'How it came out, for kinds that come out several ways; else empty',
  `count` Int64 COMMENT '1; -1 where a level falls',
  `amount_minor` Int64 COMMENT 'Money in minor units of the workspace\'s currency',
  `cost_minor` Nullable(Int64) COMMENT 'Cost of a sale\'s line in minor units, where known',
  `units` Float64 COMMENT 'Pieces sold',
  `duration_ms` Nullable(Int64) COMMENT 'Duration in milliseconds, where the kind has one',
  `bin` Nullable(Int32) COMMENT 'Percentile bin of the duration',
  `cohort_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation of the lead, for facts about cohorts and ages (UTC)',
  `lead_id` String COMMENT 'Lead',
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `owner` LowCardinality(String) COMMENT 'Rep who gets the credit: the owner at the time of the event',
  `team` LowCardinality(String) COMMENT 'Team of that owner',
  `region` LowCardinality(String) COMMENT 'Region of the lead',
  `channel` LowCardinality(String) COMMENT 'Channel the lead came from, or money was spent on',
  `campaign` LowCardinality(String) COMMENT 'Campaign the lead came from, or money was spent on',
  `segment` LowCardinality(String) COMMENT 'Segment of the lead',
  `product` LowCardinality(String) COMMENT 'Product of the lead, or of the line of a sale',
  `pipeline` LowCardinality(String) COMMENT 'Pipeline of the lead',
  `stage` LowCardinality(String) COMMENT 'Stage entered, or the deal\'s stage',
  `duration_s` Nullable(Float64) COMMENT 'Duration in seconds, where the kind has one',
  `origin` LowCardinality(String) COMMENT 'Topic of the causing record: funnel, spend, accounts or plan',
  `partition` Int32 COMMENT 'Partition of the causing record',
  `version` Int64 COMMENT 'Offset of the causing record in its partition; the highest counts',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the causing record in (UTC)',
  `cause_source` LowCardinality(String) COMMENT 'Source system of the causing event',
  `cause_event_id` String COMMENT 'Id of the causing event'
)
SQL SECURITY INVOKER
AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`
FROM leadwire_g_example.facts_latest FINAL WHERE present = 1
COMMENT 'What the events establish: one row for each fact that holds today; those of the future count once it is there';

CREATE OR REPLACE VIEW leadwire.fact_history ON CLUSTER leadwire (
  `fact_id` String COMMENT 'Name of the fact: source system, event, kind and ordinal',
  `kind` Enum8('lead_created' = 0, 'lead_qualified' = 1, 'lead_opportunity' = 2, 'lead_responded' = 3, 'lead_sla' = 4, 'lead_unanswered' = 5, 'lead_won' = 6, 'deal_pipeline' = 7, 'deal_closed' = 8, 'sale' = 9, 'spend_day' = 10, 'customer_new' = 11) COMMENT 'What the fact says',
  `at` DateTime64(3, 'UTC') COMMENT 'When it is true, in event time (UTC)',
  `outcome` Enum8('' = 0, 'won' = 1, 'lost' = 2, 'no_decision' = 3, 'disqualified' = 4, 'met' = 5, 'missed' = 6, 'first_touch' = 7, 'early_touch' = 8, 'advertising' = 9, 'marketing_team' = 10, 'sales_team' = 11, 'creative' = 12, 'technology' = 13, 'production' = 14, 'other' = 15) COMMENT 'How it came out, for kinds that come out several ways; else empty',
  `count` Int64 COMMENT '1; -1 where a level falls',
  `amount_minor` Int64 COMMENT 'Money in minor units of the workspace\'s currency',
  `cost_minor` Nullable(Int64) COMMENT 'Cost of a sale\'s line in minor units, where known',
  `units` Float64 COMMENT 'Pieces sold',
  `duration_ms` Nullable(Int64) COMMENT 'Duration in milliseconds, where the kind has one',
  `bin` Nullable(Int32) COMMENT 'Percentile bin of the duration',
  `cohort_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation of the lead, for facts about cohorts and ages (UTC)',
  `lead_id` String COMMENT 'Lead',
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `owner` LowCardinality(String) COMMENT 'Rep who gets the credit: the owner at the time of the event',
  `team` LowCardinality(String) COMMENT 'Team of that owner',
  `region` LowCardinality(String) COMMENT 'Region of the lead',
  `channel` LowCardinality(String) COMMENT 'Channel the lead came from, or money was spent on',
  `campaign` LowCardinality(String) COMMENT 'Campaign the lead came from, or money was spent on',
  `segment` LowCardinality(String) COMMENT 'Segment of the lead',
  `product` LowCardinality(String) COMMENT 'Product of the lead, or of the line of a sale',
  `pipeline` LowCardinality(String) COMMENT 'Pipeline of the lead',
  `stage` LowCardinality(String) COMMENT 'Stage entered, or the deal\'s stage',
  `duration_s` Nullable(Float64) COMMENT 'Duration in seconds, where the kind has one',
  `present` UInt8 COMMENT '1: the fact holds from this version on; 0: it was taken back',
  `origin` LowCardinality(String) COMMENT 'Topic of the causing record: funnel, spend, accounts or plan',
  `partition` Int32 COMMENT 'Partition of the causing record',
  `version` Int64 COMMENT 'Offset of the causing record in its partition; the highest counts',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the causing record in (UTC)',
  `cause_source` LowCardinality(String) COMMENT 'Source system of the causing event',
  `cause_event_id` String COMMENT 'Id of the causing event'
)
SQL SECURITY INVOKER
AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`
FROM leadwire_g_example.fact_history FINAL
COMMENT 'Every change of every fact: what was known when. As of T: the highest version appended by T, where present';

CREATE OR REPLACE VIEW leadwire.leads ON CLUSTER leadwire (
  `lead_id` String COMMENT 'Lead',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `created_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation (UTC); null for an orphan',
  `owner` LowCardinality(String) COMMENT 'Owner at creation; (none) where unknown',
  `team` LowCardinality(String) COMMENT 'Team at creation; (none) where unknown',
  `region` LowCardinality(String) COMMENT 'Region at creation; (none) where unknown',
  `channel` LowCardinality(String) COMMENT 'Channel at creation; (none) where unknown',
  `campaign` LowCardinality(String) COMMENT 'Campaign at creation; (none) where unknown',
  `segment` LowCardinality(String) COMMENT 'Segment at creation; (none) where unknown',
  `product` LowCardinality(String) COMMENT 'Product at creation; (none) where unknown',
  `pipeline` LowCardinality(String) COMMENT 'Pipeline at creation; (none) where unknown',
  `responded_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'First human outbound touch (UTC)',
  `response_s` Nullable(Float64) COMMENT 'Creation to first touch in seconds; null where touched before creation',
  `sla` LowCardinality(Nullable(String)) COMMENT 'met or missed; null while the deadline is ahead',
  `qualified_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'First entry into the qualified stage or past it (UTC)',
  `opportunity_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'First entry into the opportunity stage or past it (UTC)',
  `won_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'First win that stands (UTC)'
)
SQL SECURITY INVOKER
AS SELECT
  CAST(lead_id, 'String') AS lead_id,
  CAST(any(account_id), 'String') AS account_id,
  CAST(anyOrNullIf(at, kind = 'lead_created'), 'Nullable(DateTime64(3, \'UTC\'))') AS created_at,
  CAST(ifNull(anyOrNullIf(toString(owner), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS owner,
  CAST(ifNull(anyOrNullIf(toString(team), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS team,
  CAST(ifNull(anyOrNullIf(toString(region), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS region,
  CAST(ifNull(anyOrNullIf(toString(channel), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS channel,
  CAST(ifNull(anyOrNullIf(toString(campaign), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS campaign,
  CAST(ifNull(anyOrNullIf(toString(segment), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS segment,
  CAST(ifNull(anyOrNullIf(toString(product), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS product,
  CAST(ifNull(anyOrNullIf(toString(pipeline), kind = 'lead_created'), '(none)'), 'LowCardinality(String)') AS pipeline,
  CAST(anyOrNullIf(at, kind = 'lead_responded'), 'Nullable(DateTime64(3, \'UTC\'))') AS responded_at,
  CAST(anyOrNullIf(duration_ms, kind = 'lead_responded' AND outcome = 'first_touch') / 1000, 'Nullable(Float64)') AS response_s,
  CAST(anyOrNullIf(toString(outcome), kind = 'lead_sla' AND at <= now64(3)), 'LowCardinality(Nullable(String))') AS sla,
  CAST(anyOrNullIf(at, kind = 'lead_qualified'), 'Nullable(DateTime64(3, \'UTC\'))') AS qualified_at,
  CAST(anyOrNullIf(at, kind = 'lead_opportunity'), 'Nullable(DateTime64(3, \'UTC\'))') AS opportunity_at,
  CAST(anyOrNullIf(at, kind = 'lead_won'), 'Nullable(DateTime64(3, \'UTC\'))') AS won_at
FROM leadwire_g_example.facts_latest FINAL
WHERE present = 1 AND kind IN ('lead_created', 'lead_responded', 'lead_sla', 'lead_qualified', 'lead_opportunity', 'lead_won') GROUP BY lead_id
COMMENT 'One row for each lead: where it came from and how far it got';

CREATE OR REPLACE VIEW leadwire.deals ON CLUSTER leadwire (
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `lead_id` String COMMENT 'Lead',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `status` LowCardinality(String) COMMENT 'open, won, lost, no_decision, or disqualified (closed without having been an opportunity)',
  `opened_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'First entry into the open pipeline (UTC)',
  `closed_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Latest close, unless reopened since (UTC)',
  `amount_minor` Int64 COMMENT 'Amount of the close, or of the open deal, in minor units of the workspace\'s currency',
  `cycle_s` Nullable(Float64) COMMENT 'Lead created to close, in seconds, of a win',
  `owner` LowCardinality(String) COMMENT 'Owner at the close, or of the open deal; (none) where unknown',
  `team` LowCardinality(String) COMMENT 'Team at the close, or of the open deal; (none) where unknown',
  `region` LowCardinality(String) COMMENT 'Region at the close, or of the open deal; (none) where unknown',
  `channel` LowCardinality(String) COMMENT 'Channel at the close, or of the open deal; (none) where unknown',
  `campaign` LowCardinality(String) COMMENT 'Campaign at the close, or of the open deal; (none) where unknown',
  `segment` LowCardinality(String) COMMENT 'Segment at the close, or of the open deal; (none) where unknown',
  `product` LowCardinality(String) COMMENT 'Product at the close, or of the open deal; (none) where unknown',
  `pipeline` LowCardinality(String) COMMENT 'Pipeline at the close, or of the open deal; (none) where unknown',
  `stage` LowCardinality(String) COMMENT 'Stage at the close, or of the open deal; (none) where unknown'
)
SQL SECURITY INVOKER
AS SELECT
  CAST(deal_id, 'String') AS deal_id,
  CAST(lead_id, 'String') AS lead_id,
  CAST(any(account_id), 'String') AS account_id,
  CAST(coalesce(anyOrNullIf(toString(outcome), kind = 'deal_closed'), if(sumIf(count, kind = 'deal_pipeline') > 0, 'open', 'closed')), 'LowCardinality(String)') AS status,
  CAST(minOrNullIf(at, kind = 'deal_pipeline' AND count > 0), 'Nullable(DateTime64(3, \'UTC\'))') AS opened_at,
  CAST(anyOrNullIf(at, kind = 'deal_closed'), 'Nullable(DateTime64(3, \'UTC\'))') AS closed_at,
  CAST(ifNull(anyOrNullIf(amount_minor, kind = 'deal_closed'), sumIf(amount_minor, kind = 'deal_pipeline')), 'Int64') AS amount_minor,
  CAST(anyOrNullIf(duration_ms, kind = 'deal_closed') / 1000, 'Nullable(Float64)') AS cycle_s,
  CAST(coalesce(anyOrNullIf(toString(owner), kind = 'deal_closed'), argMaxOrNullIf(toString(owner), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS owner,
  CAST(coalesce(anyOrNullIf(toString(team), kind = 'deal_closed'), argMaxOrNullIf(toString(team), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS team,
  CAST(coalesce(anyOrNullIf(toString(region), kind = 'deal_closed'), argMaxOrNullIf(toString(region), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS region,
  CAST(coalesce(anyOrNullIf(toString(channel), kind = 'deal_closed'), argMaxOrNullIf(toString(channel), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS channel,
  CAST(coalesce(anyOrNullIf(toString(campaign), kind = 'deal_closed'), argMaxOrNullIf(toString(campaign), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS campaign,
  CAST(coalesce(anyOrNullIf(toString(segment), kind = 'deal_closed'), argMaxOrNullIf(toString(segment), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS segment,
  CAST(coalesce(anyOrNullIf(toString(product), kind = 'deal_closed'), argMaxOrNullIf(toString(product), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS product,
  CAST(coalesce(anyOrNullIf(toString(pipeline), kind = 'deal_closed'), argMaxOrNullIf(toString(pipeline), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS pipeline,
  CAST(coalesce(anyOrNullIf(toString(stage), kind = 'deal_closed'), argMaxOrNullIf(toString(stage), (at, version, fact_id), kind = 'deal_pipeline' AND count > 0), '(none)'), 'LowCardinality(String)') AS stage
FROM leadwire_g_example.facts_latest FINAL
WHERE present = 1 AND kind IN ('deal_pipeline', 'deal_closed') GROUP BY lead_id, deal_id
COMMENT 'One row for each deal that was ever in the open pipeline or closed';

CREATE OR REPLACE VIEW leadwire.slices ON CLUSTER leadwire (
  `measure` LowCardinality(String) COMMENT 'Measure of the catalogue',
  `dimension` LowCardinality(String) COMMENT 'company, or the dimension the value belongs to',
  `value` String COMMENT 'The group; empty for the company',
  `granularity` LowCardinality(String) COMMENT 'minute, hour or day',
  `start` DateTime64(3, 'UTC') COMMENT 'Start of the minute, of the local hour or of the local day (UTC)',
  `bin` Nullable(Int32) COMMENT 'Percentile bin; null for the plain count and sum',
  `count` Int64 COMMENT 'Facts counted',
  `sum` Int64 COMMENT 'Their sum, in minor units or milliseconds'
)
SQL SECURITY INVOKER
AS SELECT measure, dimension, value, toString(granularity) AS granularity, start, nullIf(bin, -1) AS bin,
  sum(count) AS count, sum(sum) AS sum
FROM leadwire_g_example.slices FINAL
GROUP BY measure, dimension, value, granularity, start, bin HAVING count != 0 OR sum != 0
COMMENT 'Counts and sums per measure, group and stretch of time. Never add up a level over time';

CREATE OR REPLACE VIEW leadwire.metrics ON CLUSTER leadwire (
  `day` Date COMMENT 'Day in the workspace\'s zone',
  `measure` LowCardinality(String) COMMENT 'Measure of the catalogue',
  `dimension` LowCardinality(String) COMMENT 'company, or the dimension the value belongs to',
  `value` String COMMENT 'The group; empty for the company',
  `count` Int64 COMMENT 'Facts counted on that day',
  `sum` Int64 COMMENT 'Their sum, in minor units or milliseconds'
)
SQL SECURITY INVOKER
AS SELECT toDate(start, 'UTC') AS day, measure, dimension, value, sum(count) AS count, sum(sum) AS sum
FROM leadwire_g_example.slices FINAL WHERE granularity = 'day'
GROUP BY day, measure, dimension, value HAVING count != 0 OR sum != 0
COMMENT 'Measures by day and group; metrics are ratios of sums of these';

CREATE OR REPLACE VIEW leadwire.ledger ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic that the task reads',
  `partition` Int32 COMMENT 'Partition that the task reads',
  `position` Int64 COMMENT 'First offset that is not counted yet; the highest counts',
  `source_system` LowCardinality(String) COMMENT 'System that produced the records; empty where unknown',
  `backfill` String COMMENT 'The import or replay that brought them; empty for live ones',
  `applied` Int64 COMMENT 'Records that count',
  `duplicate` Int64 COMMENT 'Records whose event was there already',
  `quarantined` Int64 COMMENT 'Records put aside',
  `superseded` Int64 COMMENT 'Of the applied: revisions below the one that counts',
  `conflict` Int64 COMMENT 'Of the duplicates: same id and revision with other content',
  `forwarded` Int64 COMMENT 'Records that lay in a wrong place and were sent on to theirs; counted there',
  `reasons` Map(String, UInt64) COMMENT 'The quarantined by reason'
)
SQL SECURITY INVOKER
AS SELECT `topic`, `partition`, `position`, `source_system`, `backfill`, `applied`, `duplicate`, `quarantined`, `superseded`, `conflict`, `forwarded`, `reasons` FROM leadwire_g_example.ledger FINAL
COMMENT 'What became of the records of each source, by the task that read them: applied, duplicate or quarantined, exactly one of them';

CREATE OR REPLACE VIEW leadwire.kpi_average_deal_size ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(amount_minor, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator,
  if(denominator = 0, NULL, numerator / denominator) AS value
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Won amount per won deal (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_cac ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(amount_minor, kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator,
  if(denominator = 0, NULL, numerator / denominator) AS value
FROM leadwire.facts
WHERE (kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Spend per new customer (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_conversion_rate ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_won' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator,
  if(denominator = 0, NULL, numerator / denominator) AS value
FROM leadwire.facts
WHERE (kind = 'lead_won' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads of the window that were won so far (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_mean ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total,
  total / (facts * 1000) AS value
FROM leadwire.facts
WHERE (kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p50 ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p90 ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(90 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p95 ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(95 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_velocity_rate ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS current,
  sumIf(count, kind = 'lead_qualified' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')}) AS prior,
  if(prior = 0, NULL, (current - prior) / prior) AS value
FROM leadwire.facts
WHERE (kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_qualified' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Growth of qualified leads against the prior window (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_new_leads ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads created in the window (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_value ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Amount of open deals (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_volume ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Number of open deals (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_response_within_sla ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'lead_sla' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator,
  if(denominator = 0, NULL, numerator / denominator) AS value
FROM leadwire.facts
WHERE (kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads answered within the SLA among those answered or overdue (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Amounts of deals won in the window (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_mean ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total,
  total / (facts * 1000) AS value
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_p50 ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_growth ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(amount_minor, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS current,
  sumIf(amount_minor, kind = 'sale' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')}) AS prior,
  if(prior = 0, NULL, (current - prior) / prior) AS value
FROM leadwire.facts
WHERE (kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'sale' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Change of sales against the prior window (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_qualified_leads ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads that first reached the qualified stage in the window (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_count ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Open leads without a human response (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_age_p50 ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli({at:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[intDiv(50 * facts + 99, 100)] / 1000 AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value
COMMENT 'Open leads without a human response (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_age_max ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli({at:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[intDiv(100 * facts + 99, 100)] / 1000 AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value
COMMENT 'Open leads without a human response (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_win_rate ON CLUSTER leadwire SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator,
  if(denominator = 0, NULL, numerator / denominator) AS value
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Won deals among those closed (ratio, formula version 1)';
