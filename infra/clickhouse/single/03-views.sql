-- The views that people query, over the generation "example", with days in UTC.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE OR REPLACE VIEW leadwire.events (
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

CREATE OR REPLACE VIEW leadwire.events_all (
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

CREATE OR REPLACE VIEW leadwire.facts (
  `fact_id` String COMMENT 'Name of the fact: source system, event, kind and ordinal',
  `kind` Enum8('lead_created' = 0, 'lead_qualified' = 1, 'lead_opportunity' = 2, 'lead_responded' = 3, 'lead_sla' = 4, 'lead_unanswered' = 5, 'lead_won' = 6, 'deal_pipeline' = 7, 'deal_closed' = 8, 'sale' = 9, 'spend_day' = 10, 'customer_new' = 11, 'cohort_opportunity' = 12, 'lead_sla_business' = 13, 'stage_entered' = 14, 'stage_left' = 15, 'won_stage_time' = 16, 'first_meeting' = 17, 'activity' = 18, 'contract' = 19, 'mrr_moved' = 20, 'customer_active' = 21, 'survey' = 22, 'target' = 23, 'forecast' = 24) COMMENT 'What the fact says',
  `at` DateTime64(3, 'UTC') COMMENT 'When it is true, in event time (UTC)',
  `outcome` Enum8('' = 0, 'won' = 1, 'lost' = 2, 'no_decision' = 3, 'disqualified' = 4, 'met' = 5, 'missed' = 6, 'first_touch' = 7, 'early_touch' = 8, 'advertising' = 9, 'marketing_team' = 10, 'sales_team' = 11, 'creative' = 12, 'technology' = 13, 'production' = 14, 'other' = 15, 'entered' = 16, 'skipped' = 17, 'again' = 18, 'advanced' = 19, 'advanced_again' = 20, 'regressed' = 21, 'call' = 22, 'email' = 23, 'message' = 24, 'meeting_booked' = 25, 'meeting_held' = 26, 'automated' = 27, 'stated' = 28, 'no_term' = 29, 'new' = 30, 'expansion' = 31, 'contraction' = 32, 'churn' = 33, 'reactivation' = 34, 'csat' = 35, 'promoter' = 36, 'passive' = 37, 'detractor' = 38) COMMENT 'How it came out, for kinds that come out several ways; else empty',
  `count` Int64 COMMENT '1; -1 where a level falls',
  `amount_minor` Int64 COMMENT 'Money in minor units of the workspace\'s currency',
  `cost_minor` Nullable(Int64) COMMENT 'Cost of a sale\'s line in minor units, where known',
  `units` Float64 COMMENT 'Pieces sold',
  `duration_ms` Nullable(Int64) COMMENT 'Duration in milliseconds, where the kind has one',
  `bin` Nullable(Int32) COMMENT 'Percentile bin of the duration; of a pipeline the stage\'s probability in 1/10,000, of a contract its months, of a first meeting the touches before it',
  `business_ms` Nullable(Int64) COMMENT 'Duration inside business hours in milliseconds, where the kind has one',
  `business_bin` Nullable(Int32) COMMENT 'Percentile bin of the business duration',
  `due_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Start of the local day that an open deal is expected to close on (UTC)',
  `term_months` Nullable(Int32) COMMENT 'Months that a won deal\'s contract runs, where stated',
  `cohort_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation of the lead, for facts about cohorts and ages (UTC)',
  `lead_id` String COMMENT 'Lead',
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `subject` LowCardinality(String) COMMENT 'Metric of a target; else empty',
  `period` LowCardinality(String) COMMENT 'Period of a target or forecast as stated; else empty',
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
  `cause_event_id` String COMMENT 'Id of the causing event',
  `backfill` UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)'
)
SQL SECURITY INVOKER
AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill`
FROM leadwire_g_example.facts_latest FINAL WHERE present = 1
COMMENT 'What the events establish: one row for each fact that holds today; those of the future count once it is there';

CREATE OR REPLACE VIEW leadwire.fact_history (
  `fact_id` String COMMENT 'Name of the fact: source system, event, kind and ordinal',
  `kind` Enum8('lead_created' = 0, 'lead_qualified' = 1, 'lead_opportunity' = 2, 'lead_responded' = 3, 'lead_sla' = 4, 'lead_unanswered' = 5, 'lead_won' = 6, 'deal_pipeline' = 7, 'deal_closed' = 8, 'sale' = 9, 'spend_day' = 10, 'customer_new' = 11, 'cohort_opportunity' = 12, 'lead_sla_business' = 13, 'stage_entered' = 14, 'stage_left' = 15, 'won_stage_time' = 16, 'first_meeting' = 17, 'activity' = 18, 'contract' = 19, 'mrr_moved' = 20, 'customer_active' = 21, 'survey' = 22, 'target' = 23, 'forecast' = 24) COMMENT 'What the fact says',
  `at` DateTime64(3, 'UTC') COMMENT 'When it is true, in event time (UTC)',
  `outcome` Enum8('' = 0, 'won' = 1, 'lost' = 2, 'no_decision' = 3, 'disqualified' = 4, 'met' = 5, 'missed' = 6, 'first_touch' = 7, 'early_touch' = 8, 'advertising' = 9, 'marketing_team' = 10, 'sales_team' = 11, 'creative' = 12, 'technology' = 13, 'production' = 14, 'other' = 15, 'entered' = 16, 'skipped' = 17, 'again' = 18, 'advanced' = 19, 'advanced_again' = 20, 'regressed' = 21, 'call' = 22, 'email' = 23, 'message' = 24, 'meeting_booked' = 25, 'meeting_held' = 26, 'automated' = 27, 'stated' = 28, 'no_term' = 29, 'new' = 30, 'expansion' = 31, 'contraction' = 32, 'churn' = 33, 'reactivation' = 34, 'csat' = 35, 'promoter' = 36, 'passive' = 37, 'detractor' = 38) COMMENT 'How it came out, for kinds that come out several ways; else empty',
  `count` Int64 COMMENT '1; -1 where a level falls',
  `amount_minor` Int64 COMMENT 'Money in minor units of the workspace\'s currency',
  `cost_minor` Nullable(Int64) COMMENT 'Cost of a sale\'s line in minor units, where known',
  `units` Float64 COMMENT 'Pieces sold',
  `duration_ms` Nullable(Int64) COMMENT 'Duration in milliseconds, where the kind has one',
  `bin` Nullable(Int32) COMMENT 'Percentile bin of the duration; of a pipeline the stage\'s probability in 1/10,000, of a contract its months, of a first meeting the touches before it',
  `business_ms` Nullable(Int64) COMMENT 'Duration inside business hours in milliseconds, where the kind has one',
  `business_bin` Nullable(Int32) COMMENT 'Percentile bin of the business duration',
  `due_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Start of the local day that an open deal is expected to close on (UTC)',
  `term_months` Nullable(Int32) COMMENT 'Months that a won deal\'s contract runs, where stated',
  `cohort_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation of the lead, for facts about cohorts and ages (UTC)',
  `lead_id` String COMMENT 'Lead',
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `subject` LowCardinality(String) COMMENT 'Metric of a target; else empty',
  `period` LowCardinality(String) COMMENT 'Period of a target or forecast as stated; else empty',
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
  `cause_event_id` String COMMENT 'Id of the causing event',
  `backfill` UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)'
)
SQL SECURITY INVOKER
AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill`
FROM leadwire_g_example.fact_history FINAL
COMMENT 'Every change of every fact: what was known when. As of T: the highest version appended by T, where present';

CREATE OR REPLACE VIEW leadwire.leads (
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

CREATE OR REPLACE VIEW leadwire.deals (
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

CREATE OR REPLACE VIEW leadwire.slices (
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

CREATE OR REPLACE VIEW leadwire.task_slices (
  `measure` LowCardinality(String) COMMENT 'Measure of the catalogue',
  `dimension` LowCardinality(String) COMMENT 'company, or the dimension the value belongs to',
  `value` LowCardinality(String) COMMENT 'The group; empty for the company',
  `granularity` Enum8('minute' = 0, 'hour' = 1, 'day' = 2) COMMENT 'Length of the slice',
  `start` DateTime64(3, 'UTC') COMMENT 'Start of the minute, of the local hour or of the local day',
  `bin` Int32 COMMENT 'Percentile bin; -1 for the plain count and sum of a measure without bins',
  `origin` LowCardinality(String) COMMENT 'Topic of the task: funnel, spend, accounts or plan',
  `partition` Int32 COMMENT 'Partition of the task',
  `version` Int64 COMMENT 'Offset up to which the value counts; the highest counts',
  `count` Int64 COMMENT 'Facts counted',
  `sum` Int64 COMMENT 'Their sum, in whole minor units or milliseconds'
)
SQL SECURITY INVOKER
AS SELECT `measure`, `dimension`, `value`, `granularity`, `start`, `bin`, `origin`, `partition`, `version`, `count`, `sum` FROM leadwire_g_example.slices FINAL
COMMENT 'The slices of each task, as KPIs read them: bin is -1 where a measure has none';

CREATE OR REPLACE VIEW leadwire.fact_versions (
  `fact_id` String COMMENT 'Name of the fact: source system, event, kind and ordinal',
  `kind` Enum8('lead_created' = 0, 'lead_qualified' = 1, 'lead_opportunity' = 2, 'lead_responded' = 3, 'lead_sla' = 4, 'lead_unanswered' = 5, 'lead_won' = 6, 'deal_pipeline' = 7, 'deal_closed' = 8, 'sale' = 9, 'spend_day' = 10, 'customer_new' = 11, 'cohort_opportunity' = 12, 'lead_sla_business' = 13, 'stage_entered' = 14, 'stage_left' = 15, 'won_stage_time' = 16, 'first_meeting' = 17, 'activity' = 18, 'contract' = 19, 'mrr_moved' = 20, 'customer_active' = 21, 'survey' = 22, 'target' = 23, 'forecast' = 24) COMMENT 'What the fact says',
  `at` DateTime64(3, 'UTC') COMMENT 'When it is true, in event time (UTC)',
  `outcome` Enum8('' = 0, 'won' = 1, 'lost' = 2, 'no_decision' = 3, 'disqualified' = 4, 'met' = 5, 'missed' = 6, 'first_touch' = 7, 'early_touch' = 8, 'advertising' = 9, 'marketing_team' = 10, 'sales_team' = 11, 'creative' = 12, 'technology' = 13, 'production' = 14, 'other' = 15, 'entered' = 16, 'skipped' = 17, 'again' = 18, 'advanced' = 19, 'advanced_again' = 20, 'regressed' = 21, 'call' = 22, 'email' = 23, 'message' = 24, 'meeting_booked' = 25, 'meeting_held' = 26, 'automated' = 27, 'stated' = 28, 'no_term' = 29, 'new' = 30, 'expansion' = 31, 'contraction' = 32, 'churn' = 33, 'reactivation' = 34, 'csat' = 35, 'promoter' = 36, 'passive' = 37, 'detractor' = 38) COMMENT 'How it came out, for kinds that come out several ways; else empty',
  `count` Int64 COMMENT '1; -1 where a level falls',
  `amount_minor` Int64 COMMENT 'Money in minor units of the workspace\'s currency',
  `cost_minor` Nullable(Int64) COMMENT 'Cost of a sale\'s line in minor units, where known',
  `units` Float64 COMMENT 'Pieces sold',
  `duration_ms` Nullable(Int64) COMMENT 'Duration in milliseconds, where the kind has one',
  `bin` Nullable(Int32) COMMENT 'Percentile bin of the duration; of a pipeline the stage\'s probability in 1/10,000, of a contract its months, of a first meeting the touches before it',
  `business_ms` Nullable(Int64) COMMENT 'Duration inside business hours in milliseconds, where the kind has one',
  `business_bin` Nullable(Int32) COMMENT 'Percentile bin of the business duration',
  `due_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Start of the local day that an open deal is expected to close on (UTC)',
  `term_months` Nullable(Int32) COMMENT 'Months that a won deal\'s contract runs, where stated',
  `cohort_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'Creation of the lead, for facts about cohorts and ages (UTC)',
  `lead_id` String COMMENT 'Lead',
  `deal_id` String COMMENT 'Deal; the lead where a deal has no id of its own',
  `account_id` String COMMENT 'Account; the lead where none is known',
  `subject` LowCardinality(String) COMMENT 'Metric of a target; else empty',
  `period` LowCardinality(String) COMMENT 'Period of a target or forecast as stated; else empty',
  `owner` LowCardinality(String) COMMENT 'Rep who gets the credit: the owner at the time of the event',
  `team` LowCardinality(String) COMMENT 'Team of that owner',
  `region` LowCardinality(String) COMMENT 'Region of the lead',
  `channel` LowCardinality(String) COMMENT 'Channel the lead came from, or money was spent on',
  `campaign` LowCardinality(String) COMMENT 'Campaign the lead came from, or money was spent on',
  `segment` LowCardinality(String) COMMENT 'Segment of the lead',
  `product` LowCardinality(String) COMMENT 'Product of the lead, or of the line of a sale',
  `pipeline` LowCardinality(String) COMMENT 'Pipeline of the lead',
  `stage` LowCardinality(String) COMMENT 'Stage entered, or the deal\'s stage',
  `present` UInt8 COMMENT '1: the fact holds from this version on; 0: it was taken back',
  `origin` LowCardinality(String) COMMENT 'Topic of the causing record: funnel, spend, accounts or plan',
  `partition` Int32 COMMENT 'Partition of the causing record',
  `version` Int64 COMMENT 'Offset of the causing record in its partition; the highest counts',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the causing record in (UTC)',
  `cause_source` LowCardinality(String) COMMENT 'Source system of the causing event',
  `cause_event_id` String COMMENT 'Id of the causing event',
  `backfill` UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)'
)
SQL SECURITY INVOKER
AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM leadwire_g_example.fact_history
COMMENT 'Every version of every fact, some more than once: for finding the facts of a short time fast';

CREATE OR REPLACE VIEW leadwire.metrics (
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

CREATE OR REPLACE VIEW leadwire.ledger (
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

CREATE OR REPLACE VIEW leadwire.alerts (
  `transition_id` String COMMENT 'Rule, alert, start of the episode and ordinal in it',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `rule_set` LowCardinality(String) COMMENT 'File of the rule, without .yaml',
  `rule` LowCardinality(String) COMMENT 'Rule',
  `rule_version` LowCardinality(String) COMMENT 'Hash of what the rule says',
  `generation` LowCardinality(String) COMMENT 'Generation of the numbers that it was decided on',
  `fingerprint` String COMMENT 'Names the alert: hash of rule and group or entity',
  `labels` Map(LowCardinality(String), String) COMMENT 'Group or entity, and the rule\'s own labels',
  `severity` LowCardinality(String) COMMENT 'info, warning or critical',
  `former` LowCardinality(String) COMMENT 'State before: inactive, pending, firing or resolved',
  `status` LowCardinality(String) COMMENT 'State from here on',
  `step` Int32 COMMENT 'How far it has escalated; 0 at first',
  `cause` LowCardinality(String) COMMENT 'What brought it about: data, time, gone, rule_changed, rule_removed or formula_changed',
  `at` DateTime64(3, 'UTC') COMMENT 'From when on it is so, in event time (UTC)',
  `evaluated_at` DateTime64(3, 'UTC') COMMENT 'When it was found (UTC)',
  `started_at` DateTime64(3, 'UTC') COMMENT 'When the episode began (UTC)',
  `value` Nullable(Float64) COMMENT 'What was measured, in the metric\'s unit',
  `numerator` Nullable(Float64) COMMENT 'Of a ratio',
  `denominator` Nullable(Float64) COMMENT 'Of a ratio; else how many facts stand behind the value',
  `threshold` Nullable(Float64) COMMENT 'What the value was held against',
  `unit` LowCardinality(String) COMMENT 'Unit of value and threshold',
  `events` Array(String) COMMENT 'Newest events behind it: source_system/event_id',
  `summary` String COMMENT 'What happened, in words',
  `explain` String COMMENT 'Command that shows what the value is made of',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took it in (UTC)',
  `offset` Int64 COMMENT 'Offset in its partition of leadwire.alerts'
)
SQL SECURITY INVOKER
AS SELECT h.`transition_id` AS `transition_id`, h.`epoch` AS `epoch`, h.`rule_set` AS `rule_set`, h.`rule` AS `rule`, h.`rule_version` AS `rule_version`, h.`generation` AS `generation`, h.`fingerprint` AS `fingerprint`, h.`labels` AS `labels`, h.`severity` AS `severity`, h.`former` AS `former`, h.`status` AS `status`, h.`step` AS `step`, h.`cause` AS `cause`, h.`at` AS `at`, h.`evaluated_at` AS `evaluated_at`, h.`started_at` AS `started_at`, h.`value` AS `value`, h.`numerator` AS `numerator`, h.`denominator` AS `denominator`, h.`threshold` AS `threshold`, h.`unit` AS `unit`, h.`events` AS `events`, h.`summary` AS `summary`, h.`explain` AS `explain`, h.`append_time` AS `append_time`, h.`offset` AS `offset` FROM (SELECT t.`transition_id` AS `transition_id`, t.`epoch` AS `epoch`, t.`rule_set` AS `rule_set`, t.`rule` AS `rule`, t.`rule_version` AS `rule_version`, t.`generation` AS `generation`, t.`fingerprint` AS `fingerprint`, t.`labels` AS `labels`, t.`severity` AS `severity`, t.`former` AS `former`, t.`status` AS `status`, t.`step` AS `step`, t.`cause` AS `cause`, t.`at` AS `at`, t.`evaluated_at` AS `evaluated_at`, t.`started_at` AS `started_at`, t.`value` AS `value`, t.`numerator` AS `numerator`, t.`denominator` AS `denominator`, t.`threshold` AS `threshold`, t.`unit` AS `unit`, t.`events` AS `events`, t.`summary` AS `summary`, t.`explain` AS `explain`, t.`append_time` AS `append_time`, t.`offset` AS `offset`
FROM (SELECT * FROM leadwire_log.alert_transitions FINAL) AS t
GLOBAL ASOF LEFT JOIN (SELECT partition, offset, max(epoch) OVER (PARTITION BY partition ORDER BY offset) AS epoch FROM leadwire_log.alert_claims FINAL) AS c ON t.partition = c.partition AND t.offset > c.offset
WHERE t.epoch >= c.epoch) AS h
ORDER BY h.offset DESC LIMIT 1 BY h.fingerprint
COMMENT 'Each alert as it stands: its newest transition';

CREATE OR REPLACE VIEW leadwire.alert_history (
  `transition_id` String COMMENT 'Rule, alert, start of the episode and ordinal in it',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `rule_set` LowCardinality(String) COMMENT 'File of the rule, without .yaml',
  `rule` LowCardinality(String) COMMENT 'Rule',
  `rule_version` LowCardinality(String) COMMENT 'Hash of what the rule says',
  `generation` LowCardinality(String) COMMENT 'Generation of the numbers that it was decided on',
  `fingerprint` String COMMENT 'Names the alert: hash of rule and group or entity',
  `labels` Map(LowCardinality(String), String) COMMENT 'Group or entity, and the rule\'s own labels',
  `severity` LowCardinality(String) COMMENT 'info, warning or critical',
  `former` LowCardinality(String) COMMENT 'State before: inactive, pending, firing or resolved',
  `status` LowCardinality(String) COMMENT 'State from here on',
  `step` Int32 COMMENT 'How far it has escalated; 0 at first',
  `cause` LowCardinality(String) COMMENT 'What brought it about: data, time, gone, rule_changed, rule_removed or formula_changed',
  `at` DateTime64(3, 'UTC') COMMENT 'From when on it is so, in event time (UTC)',
  `evaluated_at` DateTime64(3, 'UTC') COMMENT 'When it was found (UTC)',
  `started_at` DateTime64(3, 'UTC') COMMENT 'When the episode began (UTC)',
  `value` Nullable(Float64) COMMENT 'What was measured, in the metric\'s unit',
  `numerator` Nullable(Float64) COMMENT 'Of a ratio',
  `denominator` Nullable(Float64) COMMENT 'Of a ratio; else how many facts stand behind the value',
  `threshold` Nullable(Float64) COMMENT 'What the value was held against',
  `unit` LowCardinality(String) COMMENT 'Unit of value and threshold',
  `events` Array(String) COMMENT 'Newest events behind it: source_system/event_id',
  `summary` String COMMENT 'What happened, in words',
  `explain` String COMMENT 'Command that shows what the value is made of',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took it in (UTC)',
  `offset` Int64 COMMENT 'Offset in its partition of leadwire.alerts'
)
SQL SECURITY INVOKER
AS SELECT t.`transition_id` AS `transition_id`, t.`epoch` AS `epoch`, t.`rule_set` AS `rule_set`, t.`rule` AS `rule`, t.`rule_version` AS `rule_version`, t.`generation` AS `generation`, t.`fingerprint` AS `fingerprint`, t.`labels` AS `labels`, t.`severity` AS `severity`, t.`former` AS `former`, t.`status` AS `status`, t.`step` AS `step`, t.`cause` AS `cause`, t.`at` AS `at`, t.`evaluated_at` AS `evaluated_at`, t.`started_at` AS `started_at`, t.`value` AS `value`, t.`numerator` AS `numerator`, t.`denominator` AS `denominator`, t.`threshold` AS `threshold`, t.`unit` AS `unit`, t.`events` AS `events`, t.`summary` AS `summary`, t.`explain` AS `explain`, t.`append_time` AS `append_time`, t.`offset` AS `offset`
FROM (SELECT * FROM leadwire_log.alert_transitions FINAL) AS t
GLOBAL ASOF LEFT JOIN (SELECT partition, offset, max(epoch) OVER (PARTITION BY partition ORDER BY offset) AS epoch FROM leadwire_log.alert_claims FINAL) AS c ON t.partition = c.partition AND t.offset > c.offset
WHERE t.epoch >= c.epoch
COMMENT 'Every transition of every alert, with what was known when it was decided';

CREATE OR REPLACE VIEW leadwire.alert_notifications (
  `key` String COMMENT 'Idempotency key: the same over retries and restarts',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `receiver` LowCardinality(String) COMMENT 'Receiver',
  `group_key` String COMMENT 'Route and labels that it groups by',
  `group` Map(LowCardinality(String), String) COMMENT 'Labels that all its alerts share',
  `kind` LowCardinality(String) COMMENT 'changed, repeated or resent',
  `transitions` Array(String) COMMENT 'Transitions that it tells',
  `alerts` Array(String) COMMENT 'Fingerprints of the alerts that it lists',
  `planned_at` DateTime64(3, 'UTC') COMMENT 'When it was decided (UTC)',
  `outcome` LowCardinality(String) COMMENT 'delivered, dead, or empty while it is under way',
  `attempts` Int32 COMMENT 'How often it was tried',
  `detail` String COMMENT 'What the receiver answered last, or why it was given up',
  `settled_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was delivered or given up (UTC)',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took it in (UTC)',
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset in its partition of leadwire.alerts'
)
SQL SECURITY INVOKER
AS SELECT p.`key` AS `key`, p.`epoch` AS `epoch`, p.`receiver` AS `receiver`, p.`group_key` AS `group_key`, p.`group` AS `group`, p.`kind` AS `kind`, p.`transitions` AS `transitions`, p.`alerts` AS `alerts`, p.`planned_at` AS `planned_at`, s.outcome AS outcome, s.attempts AS attempts, s.detail AS detail,
  if(s.outcome = '', NULL, s.settled_at) AS settled_at, p.append_time AS append_time, p.partition AS partition, p.offset AS offset
FROM (SELECT t.`key` AS `key`, t.`epoch` AS `epoch`, t.`receiver` AS `receiver`, t.`group_key` AS `group_key`, t.`group` AS `group`, t.`kind` AS `kind`, t.`transitions` AS `transitions`, t.`alerts` AS `alerts`, t.`planned_at` AS `planned_at`, t.`append_time` AS `append_time`, t.`partition` AS `partition`, t.`offset` AS `offset`
FROM (SELECT * FROM leadwire_log.notifications_planned FINAL) AS t
GLOBAL ASOF LEFT JOIN (SELECT partition, offset, max(epoch) OVER (PARTITION BY partition ORDER BY offset) AS epoch FROM leadwire_log.alert_claims FINAL) AS c ON t.partition = c.partition AND t.offset > c.offset
WHERE t.epoch >= c.epoch) AS p
GLOBAL LEFT JOIN (
  SELECT key, argMax(toString(outcome), offset) AS outcome, argMax(attempts, offset) AS attempts, argMax(detail, offset) AS detail, argMax(settled_at, offset) AS settled_at
  FROM leadwire_log.notifications_settled FINAL GROUP BY key
) AS s ON p.key = s.key
COMMENT 'What receivers were told of alerts, and what became of it';

CREATE OR REPLACE VIEW leadwire.alert_silences (
  `silence_id` String COMMENT 'Names the silence',
  `matchers` Array(String) COMMENT 'What it silences, such as team=north',
  `author` String COMMENT 'Who wanted it',
  `comment` String COMMENT 'Why',
  `starts_at` DateTime64(3, 'UTC') COMMENT 'From here on (UTC)',
  `ends_at` DateTime64(3, 'UTC') COMMENT 'Up to here, excluded (UTC)',
  `set_at` DateTime64(3, 'UTC') COMMENT 'When it was set, or ended early (UTC)'
)
SQL SECURITY INVOKER
AS SELECT t.`silence_id` AS `silence_id`, t.`matchers` AS `matchers`, t.`author` AS `author`, t.`comment` AS `comment`, t.`starts_at` AS `starts_at`, t.`ends_at` AS `ends_at`, t.`set_at` AS `set_at` FROM (SELECT * FROM leadwire_log.alert_silences FINAL) AS t
ORDER BY t.append_time DESC, t.offset DESC LIMIT 1 BY t.silence_id
COMMENT 'Each silence as it was set last';

CREATE OR REPLACE VIEW leadwire.alert_acknowledgements (
  `rule_set` LowCardinality(String) COMMENT 'File of the rule, without .yaml',
  `rule` LowCardinality(String) COMMENT 'Rule',
  `fingerprint` String COMMENT 'Alert',
  `author` String COMMENT 'Who looks after it',
  `comment` String COMMENT 'What they say',
  `acknowledged_at` DateTime64(3, 'UTC') COMMENT 'When (UTC)'
)
SQL SECURITY INVOKER
AS SELECT t.`rule_set` AS `rule_set`, t.`rule` AS `rule`, t.`fingerprint` AS `fingerprint`, t.`author` AS `author`, t.`comment` AS `comment`, t.`acknowledged_at` AS `acknowledged_at` FROM (SELECT * FROM leadwire_log.alert_acknowledgements FINAL) AS t
COMMENT 'Who said when that they look after an alert';

CREATE OR REPLACE VIEW leadwire.facts_as_of SQL SECURITY INVOKER AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM (
  SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM leadwire_g_example.facts_latest FINAL WHERE append_time <= {as_of:DateTime64(3, 'UTC')}
  UNION ALL
  SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM leadwire_g_example.fact_history
  WHERE append_time <= {as_of:DateTime64(3, 'UTC')}
    AND cityHash64(fact_id) IN (SELECT cityHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE append_time > {as_of:DateTime64(3, 'UTC')})
    AND xxHash64(fact_id) IN (SELECT xxHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE append_time > {as_of:DateTime64(3, 'UTC')})
  ORDER BY version DESC LIMIT 1 BY kind, fact_id
) WHERE present = 1
COMMENT 'The facts as the log knew them at as_of, by the time of appending: what facts showed then';

CREATE OR REPLACE VIEW leadwire.facts_of_kind_as_of SQL SECURITY INVOKER AS SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, duration_ms / 1000 AS duration_s, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM (
  SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM leadwire_g_example.facts_latest FINAL WHERE kind = {kind:String} AND append_time <= {as_of:DateTime64(3, 'UTC')}
  UNION ALL
  SELECT `fact_id`, `kind`, `at`, `outcome`, `count`, `amount_minor`, `cost_minor`, `units`, `duration_ms`, `bin`, `business_ms`, `business_bin`, `due_at`, `term_months`, `cohort_at`, `lead_id`, `deal_id`, `account_id`, `subject`, `period`, `owner`, `team`, `region`, `channel`, `campaign`, `segment`, `product`, `pipeline`, `stage`, `present`, `origin`, `partition`, `version`, `append_time`, `cause_source`, `cause_event_id`, `backfill` FROM leadwire_g_example.fact_history
  WHERE kind = {kind:String} AND append_time <= {as_of:DateTime64(3, 'UTC')}
    AND cityHash64(fact_id) IN (SELECT cityHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE kind = {kind:String} AND append_time > {as_of:DateTime64(3, 'UTC')})
    AND xxHash64(fact_id) IN (SELECT xxHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE kind = {kind:String} AND append_time > {as_of:DateTime64(3, 'UTC')})
  ORDER BY version DESC LIMIT 1 BY kind, fact_id
) WHERE present = 1
COMMENT 'The facts of one kind as the log knew them at as_of: the same as facts_as_of, several times faster';

CREATE OR REPLACE VIEW leadwire.kpi_active_customers SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'customer_active' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'customer_active' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'customer_active' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Accounts that are customers at the window\'s end (accounts, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_annual_contract_value_mean SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS contracts_yearly_times,
  greatest(maxIf(d, leaf = 0), toInt256(1)) AS contracts_yearly_over,
  sumIf(n, leaf = 1) AS contracts_count
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(arraySum(arrayMap((term, total) -> total * 12 * intDiv(arrayFold((held, term) -> lcm(held, term), sumMap([toInt64(assumeNotNull(bin))], [toInt256(amount_minor)]).1, toInt64(1)), term), sumMap([toInt64(assumeNotNull(bin))], [toInt256(amount_minor)]).1, sumMap([toInt64(assumeNotNull(bin))], [toInt256(amount_minor)]).2))) AS n, toInt256(arrayFold((held, term) -> lcm(held, term), sumMap([toInt64(assumeNotNull(bin))], [toInt256(amount_minor)]).1, toInt64(1))) AS d
  FROM leadwire.facts WHERE kind = 'contract' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'contract' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'contract' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(contracts_yearly_times) AS top_n, toNullable(contracts_yearly_over) AS top_d,
    toNullable(contracts_count) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(contracts_yearly_times) AS value_n, toNullable((contracts_yearly_over * nullIf(contracts_count, 0))) AS value_d
  FROM made
)
SELECT group_value, facts, toFloat64(contracts_yearly_times) / toFloat64(contracts_yearly_over) AS contracts_yearly, contracts_count, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Recurring amount of a won deal by the year (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_annual_contract_value_without_term SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'contract' AND outcome IN ('no_term') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'contract' AND outcome IN ('no_term') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'contract' AND outcome IN ('no_term') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Recurring amount of a won deal by the year (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_arpa_mrr SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS mrr,
  sumIf(n, leaf = 1) AS customers_active
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(mrr) AS top_n, toNullable(1) AS top_d,
    toNullable(customers_active) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(mrr) AS value_n, toNullable(nullIf(customers_active, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, mrr, customers_active, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Monthly recurring revenue per active customer (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_arpa_revenue SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS sale_amounts,
  sumIf(n, leaf = 1) AS customers_active
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(sale_amounts) AS top_n, toNullable(1) AS top_d,
    toNullable((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active)) AS bottom_n, toNullable(if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))) AS bottom_d,
    toNullable((sale_amounts * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1)))) AS value_n, toNullable(nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active), 0)) AS value_d
  FROM made
)
SELECT group_value, facts, sale_amounts, customers_active, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Monthly recurring revenue per active customer (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_arr SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 1)) AS facts,
  sumIf(n, leaf = 0) AS mrr
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((toInt256(12) * mrr)) AS top_n, toNullable(1) AS top_d,
    toNullable(toInt256(1)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((toInt256(12) * mrr)) AS value_n, toNullable(nullIf(toInt256(1), 0)) AS value_d
  FROM made
)
SELECT group_value, facts, mrr, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Twelve times the monthly recurring revenue (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_average_deal_size SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(amount_minor, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Won amount per won deal (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_cac SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value,
  sumIf(amount_minor, kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Spend per new customer (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_cac_payback SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 4)) AS facts,
  sumIf(n, leaf = 0) AS acquisition_spend,
  sumIf(n, leaf = 1) AS mrr_new,
  sumIf(n, leaf = 2) AS costed_sales,
  sumIf(n, leaf = 3) AS sale_costs
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 1 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND outcome IN ('new') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 2 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 3 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 4 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND outcome IN ('new') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(acquisition_spend) AS top_n, toNullable(1) AS top_d,
    toNullable((mrr_new * (costed_sales - sale_costs))) AS bottom_n, toNullable(nullIf(costed_sales, 0)) AS bottom_d,
    toNullable((acquisition_spend * nullIf(costed_sales, 0))) AS value_n, toNullable(nullIf((mrr_new * (costed_sales - sale_costs)), 0)) AS value_d
  FROM made
)
SELECT group_value, facts, acquisition_spend, mrr_new, costed_sales, sale_costs, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Months until the margin on new customers has paid for winning them (months, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_churn_rate SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS customers_active_started,
  sumIf(n, leaf = 1) AS customers_active_kept
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(countIf(c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 1 AS leaf, toInt256(countIf(c0 > 0 AND c1 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((customers_active_started - customers_active_kept)) AS top_n, toNullable(1) AS top_d,
    toNullable(customers_active_started) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((customers_active_started - customers_active_kept)) AS value_n, toNullable(nullIf(customers_active_started, 0)) AS value_d
  FROM made
)
SELECT group_value, customers_active_started, customers_active_kept, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Customers of the window\'s start who were lost by its end (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_cltv_churn SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 6)) AS facts,
  sumIf(n, leaf = 0) AS mrr,
  sumIf(n, leaf = 1) AS customers_active,
  sumIf(n, leaf = 2) AS costed_sales,
  sumIf(n, leaf = 3) AS sale_costs,
  sumIf(n, leaf = 4) AS customers_active_started,
  sumIf(n, leaf = 5) AS customers_active_kept
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 3 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT group_value, 4 AS leaf, toInt256(countIf(c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 5 AS leaf, toInt256(countIf(c0 > 0 AND c1 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 6 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((mrr * (costed_sales - sale_costs))) AS top_n, toNullable((nullIf(customers_active, 0) * nullIf(costed_sales, 0))) AS top_d,
    toNullable(((customers_active_started - customers_active_kept) * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1)))) AS bottom_n, toNullable(nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active_started), 0)) AS bottom_d,
    toNullable(((mrr * (costed_sales - sale_costs)) * nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active_started), 0))) AS value_n, toNullable(((nullIf(customers_active, 0) * nullIf(costed_sales, 0)) * nullIf(((customers_active_started - customers_active_kept) * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))), 0))) AS value_d
  FROM made
)
SELECT group_value, facts, mrr, customers_active, costed_sales, sale_costs, customers_active_started, customers_active_kept, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'What a customer brings in margin before it leaves (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_cltv_retention SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 6)) AS facts,
  sumIf(n, leaf = 0) AS costed_sales,
  sumIf(n, leaf = 1) AS sale_costs,
  sumIf(n, leaf = 2) AS customers_active_kept,
  sumIf(n, leaf = 3) AS customers_active_started,
  sumIf(n, leaf = 4) AS sale_amounts,
  sumIf(n, leaf = 5) AS customers_active
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT group_value, 2 AS leaf, toInt256(countIf(c0 > 0 AND c1 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 3 AS leaf, toInt256(countIf(c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 4 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 5 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 6 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((((costed_sales - sale_costs) * customers_active_kept) * (sale_amounts * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))))) AS top_n, toNullable(((nullIf(costed_sales, 0) * nullIf(customers_active_started, 0)) * nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active), 0))) AS top_d,
    toNullable(toInt256(1)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((((costed_sales - sale_costs) * customers_active_kept) * (sale_amounts * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))))) AS value_n, toNullable((((nullIf(costed_sales, 0) * nullIf(customers_active_started, 0)) * nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active), 0)) * nullIf(toInt256(1), 0))) AS value_d
  FROM made
)
SELECT group_value, facts, costed_sales, sale_costs, customers_active_kept, customers_active_started, sale_amounts, customers_active, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'What a customer brings in margin before it leaves (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_conversion_rate SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_won' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'lead_won' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads of the window that were won so far (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_conversion_rate_stage SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND outcome IN ('advanced') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'stage_entered' AND outcome IN ('entered', 'skipped') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'stage_left' AND outcome IN ('advanced') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'stage_entered' AND outcome IN ('entered', 'skipped') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads of the window that were won so far (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_conversion_rate_regressions SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads of the window that were won so far (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_customer_satisfaction SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'survey' AND outcome IN ('csat') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(toInt64(floor(units * 1000 + 0.5)), kind = 'survey' AND outcome IN ('csat') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'survey' AND outcome IN ('csat') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Mean score of satisfaction surveys (score, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_company SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', throwIf(1, 'no such dimension here: by is company')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(a - abs(f - a), stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT '' AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT '' AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner = '(none)' AND team = '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_teams SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'team', scope, throwIf(1, 'no such dimension here: by is company, team')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(a - abs(f - a), stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT toString(team) AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT toString(team) AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner = '(none)' AND team != '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_reps SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', scope, throwIf(1, 'no such dimension here: by is company, owner')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(a - abs(f - a), stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT toString(owner) AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT toString(owner) AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner != '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_bias SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', throwIf(1, 'no such dimension here: by is company')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(f - a, stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT '' AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT '' AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner = '(none)' AND team = '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_teams_bias SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'team', scope, throwIf(1, 'no such dimension here: by is company, team')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(f - a, stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT toString(team) AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT toString(team) AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner = '(none)' AND team != '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_forecast_accuracy_reps_bias SQL SECURITY INVOKER AS SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM (
    SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', scope, throwIf(1, 'no such dimension here: by is company, owner')::String) AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != '(none)') AS missing,
      toNullable(sumIf(f - a, stated = 1)) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (SELECT toString(owner) AS scope, toInt256(sum(amount_minor)) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY scope UNION ALL
  SELECT toString(owner) AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 11)))) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < {since:DateTime64(3, 'UTC')} AND owner != '(none)'
  GROUP BY scope) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)
COMMENT 'How close the forecast made before the period came to its sales (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_grr SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS mrr_lesser_of_both,
  sumIf(n, leaf = 1) AS mrr_at_start
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(sumIf(least(s0, s1), c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 1 AS leaf, toInt256(sumIf(s0, c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(mrr_lesser_of_both) AS top_n, toNullable(1) AS top_d,
    toNullable(mrr_at_start) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(mrr_lesser_of_both) AS value_n, toNullable(nullIf(mrr_at_start, 0)) AS value_d
  FROM made
)
SELECT group_value, mrr_lesser_of_both, mrr_at_start, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Recurring revenue of the window\'s start that is left, without growth (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p90 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(90 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_p95 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(95 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_business_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(business_ms), kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_business_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(business_bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(business_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_business_p90 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(90 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(business_bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(business_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_response_time_business_p95 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(95 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(business_bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(business_ms)) AS total
  FROM leadwire.facts WHERE kind = 'lead_responded' AND outcome IN ('first_touch') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from a lead\'s creation to the first human outbound touch (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_to_opportunity_cohort SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'cohort_opportunity' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'cohort_opportunity' AND cohort_at IS NOT NULL AND assumeNotNull(cohort_at) >= {since:DateTime64(3, 'UTC')} AND assumeNotNull(cohort_at) < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads of the window that have become an opportunity so far (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_to_opportunity_by_period SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_opportunity' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'lead_opportunity' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads of the window that have become an opportunity so far (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_lead_velocity_rate SQL SECURITY INVOKER AS SELECT group_value, current, prior, value FROM (
SELECT *, abs(toNullable(toInt256(current - prior))) AS value_top,
  abs(nullIf(toInt256(prior), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(current - prior)) / toFloat64(toInt256(prior)), sign(toInt256(current - prior)) * sign(toInt256(prior)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS current,
  sumIf(count, kind = 'lead_qualified' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')}) AS prior
FROM leadwire.facts
WHERE (kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_qualified' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Growth of qualified leads against the prior window (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_ltv_to_cac SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 8)) AS facts,
  sumIf(n, leaf = 0) AS mrr,
  sumIf(n, leaf = 1) AS customers_active,
  sumIf(n, leaf = 2) AS costed_sales,
  sumIf(n, leaf = 3) AS sale_costs,
  sumIf(n, leaf = 4) AS customers_active_started,
  sumIf(n, leaf = 5) AS customers_active_kept,
  sumIf(n, leaf = 6) AS acquisition_spend,
  sumIf(n, leaf = 7) AS customers_new
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 2 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 3 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT group_value, 4 AS leaf, toInt256(countIf(c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 5 AS leaf, toInt256(countIf(c0 > 0 AND c1 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 6 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'spend_day' AND outcome IN ('advertising', 'marketing_team', 'sales_team', 'creative', 'technology', 'other') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 7 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 8 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(((mrr * (costed_sales - sale_costs)) * nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active_started), 0))) AS top_n, toNullable(((nullIf(customers_active, 0) * nullIf(costed_sales, 0)) * nullIf(((customers_active_started - customers_active_kept) * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))), 0))) AS top_d,
    toNullable(acquisition_spend) AS bottom_n, toNullable(nullIf(customers_new, 0)) AS bottom_d,
    toNullable((((mrr * (costed_sales - sale_costs)) * nullIf((if({months:UInt32} = 0, toInt256(toUnixTimestamp64Milli({until:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')})), toInt256({months:UInt32})) * customers_active_started), 0)) * nullIf(customers_new, 0))) AS value_n, toNullable((((nullIf(customers_active, 0) * nullIf(costed_sales, 0)) * nullIf(((customers_active_started - customers_active_kept) * if({months:UInt32} = 0, toInt256(2629800000), toInt256(1))), 0)) * nullIf(acquisition_spend, 0))) AS value_d
  FROM made
)
SELECT group_value, facts, mrr, customers_active, costed_sales, sale_costs, customers_active_started, customers_active_kept, acquisition_spend, customers_new, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Customer lifetime value as a multiple of acquisition cost (x, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_meeting_show_rate SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Meetings held among those booked (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_level SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_start SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS mrr_at_start
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(sumIf(s0, c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(mrr_at_start) AS top_n, toNullable(1) AS top_d,
    toNullable(toInt256(1)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(mrr_at_start) AS value_n, toNullable(nullIf(toInt256(1), 0)) AS value_d
  FROM made
)
SELECT group_value, mrr_at_start, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_new SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND outcome IN ('new') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND outcome IN ('new') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND outcome IN ('new') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_expansion SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND outcome IN ('expansion') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND outcome IN ('expansion') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND outcome IN ('expansion') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_contraction SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND outcome IN ('contraction') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND outcome IN ('contraction') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND outcome IN ('contraction') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_churn SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND outcome IN ('churn') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND outcome IN ('churn') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND outcome IN ('churn') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_mrr_reactivation SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'mrr_moved' AND outcome IN ('reactivation') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'mrr_moved' AND outcome IN ('reactivation') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'mrr_moved' AND outcome IN ('reactivation') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'What subscriptions bring per month, at the window\'s end (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_new_customers SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'customer_new' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Accounts with their first won deal or subscription (accounts, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_new_leads SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_created' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads created in the window (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_nps SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 3)) AS facts,
  sumIf(n, leaf = 0) AS promoters,
  sumIf(n, leaf = 1) AS detractors,
  sumIf(n, leaf = 2) AS promoters_and_passives_and_detractors
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('promoter') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('detractor') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('promoter') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('passive') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('detractor') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 3 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('promoter') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 3 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('passive') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 3 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'survey' AND outcome IN ('detractor') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((toInt256(100) * (promoters - detractors))) AS top_n, toNullable(1) AS top_d,
    toNullable(promoters_and_passives_and_detractors) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((toInt256(100) * (promoters - detractors))) AS value_n, toNullable(nullIf(promoters_and_passives_and_detractors, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, promoters, detractors, promoters_and_passives_and_detractors, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Percentage of promoters less percentage of detractors (score, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_nrr SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS mrr_at_end,
  sumIf(n, leaf = 1) AS mrr_at_start
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(sumIf(s1, c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 1 AS leaf, toInt256(sumIf(s0, c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(mrr_at_end) AS top_n, toNullable(1) AS top_d,
    toNullable(mrr_at_start) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(mrr_at_end) AS value_n, toNullable(nullIf(mrr_at_start, 0)) AS value_d
  FROM made
)
SELECT group_value, mrr_at_end, mrr_at_start, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Recurring revenue of the start\'s accounts at the end, growth included (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_coverage_coverage SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS open_pipeline_in_period,
  if(countIf(leaf = 1) = 0, NULL, sumIf(n, leaf = 1)) AS target_of_sales_nano,
  sumIf(n, leaf = 2) AS sale_amounts
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_pipeline' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) AND due_at IS NOT NULL AND due_at >= {today:DateTime64(3, 'UTC')} AND due_at < {until:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, team) AS group_value, 1 AS leaf,
    toInt256(toDecimal256(toString(argMax(units, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 9)))), 9) * 1000000000) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'target' AND subject = 'sales' AND period = {period:String} AND multiIf({by:String} IN ('', 'company'), owner = '(none)' AND team = '(none)', {by:String} = 'owner', owner != '(none)', owner = '(none)' AND team != '(none)')
  GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 2 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(open_pipeline_in_period) AS top_n, toNullable(1) AS top_d,
    toNullable(if(sign((target_of_sales_nano - (sale_amounts * toInt256(1000000000)))) * sign(toInt256(1000000000)) > 0, (target_of_sales_nano - (sale_amounts * toInt256(1000000000))), NULL)) AS bottom_n, toNullable(toInt256(1000000000)) AS bottom_d,
    toNullable((open_pipeline_in_period * toInt256(1000000000))) AS value_n, toNullable(nullIf(if(sign((target_of_sales_nano - (sale_amounts * toInt256(1000000000)))) * sign(toInt256(1000000000)) > 0, (target_of_sales_nano - (sale_amounts * toInt256(1000000000))), NULL), 0)) AS value_d
  FROM made
)
SELECT group_value, open_pipeline_in_period, toFloat64(target_of_sales_nano) / 1000000000 AS target_of_sales, sale_amounts, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Open deals expected to close in the period, against what the sales target still lacks (x, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_coverage_overdue SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS open_pipeline_overdue
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')} AND due_at IS NOT NULL AND due_at < {today:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(open_pipeline_overdue) AS top_n, toNullable(1) AS top_d,
    toNullable(toInt256(1)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(open_pipeline_overdue) AS value_n, toNullable(nullIf(toInt256(1), 0)) AS value_d
  FROM made
)
SELECT group_value, open_pipeline_overdue, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Open deals expected to close in the period, against what the sales target still lacks (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_value SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Amount of open deals (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_pipeline_volume SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Number of open deals (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_profit_margin SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 3)) AS facts,
  sumIf(n, leaf = 0) AS sale_amounts,
  sumIf(n, leaf = 1) AS sale_costs,
  sumIf(n, leaf = 2) AS all_spend
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 1 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 2 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'spend_day' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, throwIf(1, 'no such dimension here: by is company, channel, campaign')::String) AS group_value, 3 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(((sale_amounts - sale_costs) - all_spend)) AS top_n, toNullable(1) AS top_d,
    toNullable(sale_amounts) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(((sale_amounts - sale_costs) - all_spend)) AS value_n, toNullable(nullIf(sale_amounts, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, sale_amounts, sale_costs, all_spend, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'What is left of sales after cost and spend (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_quota_attainment_attainment SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS sale_amounts,
  if(countIf(leaf = 1) = 0, NULL, sumIf(n, leaf = 1)) AS target_of_sales_nano
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, team) AS group_value, 1 AS leaf,
    toInt256(toDecimal256(toString(argMax(units, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 9)))), 9) * 1000000000) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'target' AND subject = 'sales' AND period = {period:String} AND multiIf({by:String} IN ('', 'company'), owner = '(none)' AND team = '(none)', {by:String} = 'owner', owner != '(none)', owner = '(none)' AND team != '(none)')
  GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(sale_amounts) AS top_n, toNullable(1) AS top_d,
    toNullable(target_of_sales_nano) AS bottom_n, toNullable(toInt256(1000000000)) AS bottom_d,
    toNullable((sale_amounts * toInt256(1000000000))) AS value_n, toNullable(nullIf(target_of_sales_nano, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, sale_amounts, toFloat64(target_of_sales_nano) / 1000000000 AS target_of_sales, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Sales against the target of the period (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_quota_attainment_pace SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS sale_amounts,
  if(countIf(leaf = 1) = 0, NULL, sumIf(n, leaf = 1)) AS target_of_sales_nano
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, team) AS group_value, 1 AS leaf,
    toInt256(toDecimal256(toString(argMax(units, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 9)))), 9) * 1000000000) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'target' AND subject = 'sales' AND period = {period:String} AND multiIf({by:String} IN ('', 'company'), owner = '(none)' AND team = '(none)', {by:String} = 'owner', owner != '(none)', owner = '(none)' AND team != '(none)')
  GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(sale_amounts) AS top_n, toNullable(1) AS top_d,
    toNullable((target_of_sales_nano * toInt256({days_begun:UInt32}))) AS bottom_n, toNullable((toInt256(1000000000) * toInt256(nullIf({days_all:UInt32}, 0)))) AS bottom_d,
    toNullable((sale_amounts * (toInt256(1000000000) * toInt256(nullIf({days_all:UInt32}, 0))))) AS value_n, toNullable(nullIf((target_of_sales_nano * toInt256({days_begun:UInt32})), 0)) AS value_d
  FROM made
)
SELECT group_value, facts, sale_amounts, toFloat64(target_of_sales_nano) / 1000000000 AS target_of_sales, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Sales against the target of the period (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_quota_attainment_gap SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  if(countIf(leaf = 0) = 0, NULL, sumIf(n, leaf = 0)) AS target_of_sales_nano,
  sumIf(n, leaf = 1) AS sale_amounts
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, team) AS group_value, 0 AS leaf,
    toInt256(toDecimal256(toString(argMax(units, (at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - 9)))), 9) * 1000000000) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'target' AND subject = 'sales' AND period = {period:String} AND multiIf({by:String} IN ('', 'company'), owner = '(none)' AND team = '(none)', {by:String} = 'owner', owner != '(none)', owner = '(none)' AND team != '(none)')
  GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 1 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, throwIf(1, 'no such dimension here: by is company, owner, team')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((target_of_sales_nano - (sale_amounts * toInt256(1000000000)))) AS top_n, toNullable(toInt256(1000000000)) AS top_d,
    toNullable(toInt256(1)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((target_of_sales_nano - (sale_amounts * toInt256(1000000000)))) AS value_n, toNullable((toInt256(1000000000) * nullIf(toInt256(1), 0))) AS value_d
  FROM made
)
SELECT group_value, facts, toFloat64(target_of_sales_nano) / 1000000000 AS target_of_sales, sale_amounts, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Sales against the target of the period (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_response_within_sla SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'lead_sla' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads answered within the SLA among those answered or overdue (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_response_within_sla_business SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_sla_business' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'lead_sla_business' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'lead_sla_business' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'lead_sla_business' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla_business' AND outcome IN ('met') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'lead_sla_business' AND outcome IN ('missed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Leads answered within the SLA among those answered or overdue (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_retention_rate SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS customers_active_kept,
  sumIf(n, leaf = 1) AS customers_active_started
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(countIf(c0 > 0 AND c1 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 1 AS leaf, toInt256(countIf(c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(toInt64(0), at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(toInt64(0)) AS s1
    FROM leadwire.facts WHERE kind = 'customer_active' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(customers_active_kept) AS top_n, toNullable(1) AS top_d,
    toNullable(customers_active_started) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(customers_active_kept) AS value_n, toNullable(nullIf(customers_active_started, 0)) AS value_d
  FROM made
)
SELECT group_value, customers_active_kept, customers_active_started, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Customers of the window\'s start who still are at its end (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_revenue_churn SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS mrr_at_start,
  sumIf(n, leaf = 1) AS mrr_lesser_of_both
  FROM (
  SELECT group_value, 0 AS leaf, toInt256(sumIf(s0, c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0 UNION ALL
  SELECT group_value, 1 AS leaf, toInt256(sumIf(least(s0, s1), c0 > 0)) AS n, toInt256(1) AS d
  FROM (SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, if(account_id = '', lead_id, account_id) AS account,
    sumIf(count, at < {since:DateTime64(3, 'UTC')}) AS c0, sumIf(amount_minor, at < {since:DateTime64(3, 'UTC')}) AS s0, sum(count) AS c1, sum(amount_minor) AS s1
    FROM leadwire.facts WHERE kind = 'mrr_moved' AND at < least({until:DateTime64(3, 'UTC')}, {at:DateTime64(3, 'UTC')}) GROUP BY group_value, account) GROUP BY group_value HAVING countIf(c0 > 0) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((mrr_at_start - mrr_lesser_of_both)) AS top_n, toNullable(1) AS top_d,
    toNullable(mrr_at_start) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((mrr_at_start - mrr_lesser_of_both)) AS value_n, toNullable(nullIf(mrr_at_start, 0)) AS value_d
  FROM made
)
SELECT group_value, mrr_at_start, mrr_lesser_of_both, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Recurring revenue of the window\'s start lost by cancelling and shrinking (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(amount_minor, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Amounts of deals won in the window (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_units SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  (sumIf(toInt64(floor(units * 1000 + 0.5)), kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})) / 1000 AS value
FROM leadwire.facts
WHERE (kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Amounts of deals won in the window (units, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cost SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(ifNull(cost_minor, 0), kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Amounts of deals won in the window (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_margin SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS costed_sales,
  sumIf(n, leaf = 1) AS sale_costs
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(ifNull(cost_minor, 0))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND cost_minor IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable((costed_sales - sale_costs)) AS top_n, toNullable(1) AS top_d,
    toNullable(costed_sales) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable((costed_sales - sale_costs)) AS value_n, toNullable(nullIf(costed_sales, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, costed_sales, sale_costs, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Amounts of deals won in the window (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_all SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_calls SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('call') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_emails SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('email') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_messages SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('message') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_meetings_booked SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('meeting_booked') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_meetings_held SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('meeting_held') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_activity_automated SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'activity' AND outcome IN ('automated') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'activity' AND outcome IN ('automated') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'activity' AND outcome IN ('automated') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Activities that people logged: calls, emails, messages, meetings (activities, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_business_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(business_ms), kind = 'deal_closed' AND outcome IN ('won') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_business_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(business_bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(business_ms)) AS total
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_stage_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'won_stage_time' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'won_stage_time' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'won_stage_time' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_stage_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'won_stage_time' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_cycle_length_stage_business_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'won_stage_time' AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(business_ms), kind = 'won_stage_time' AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'won_stage_time' AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time from lead creation to a won close (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_growth SQL SECURITY INVOKER AS SELECT group_value, current, prior, value FROM (
SELECT *, abs(toNullable(toInt256(current - prior))) AS value_top,
  abs(nullIf(toInt256(prior), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(current - prior)) / toFloat64(toInt256(prior)), sign(toInt256(current - prior)) * sign(toInt256(prior)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(amount_minor, kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS current,
  sumIf(amount_minor, kind = 'sale' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')}) AS prior
FROM leadwire.facts
WHERE (kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'sale' AND at >= {prior_since:DateTime64(3, 'UTC')} AND at < {prior_until:DateTime64(3, 'UTC')} AND at <= {prior_at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Change of sales against the prior window (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_per_rep SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 2)) AS facts,
  sumIf(n, leaf = 0) AS sale_amounts,
  sumIf(n, leaf = 1) AS deals_won_reps
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'sale' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(uniqExactIf(owner, owner != '(none)')) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(sale_amounts) AS top_n, toNullable(1) AS top_d,
    toNullable(deals_won_reps) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(sale_amounts) AS value_n, toNullable(nullIf(deals_won_reps, 0)) AS value_d
  FROM made
)
SELECT group_value, facts, sale_amounts, deals_won_reps, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Sales per rep with at least one won deal (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_qualified_leads SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_qualified' AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Leads that first reached the qualified stage in the window (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_sales_velocity SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, toInt64(sumIf(n, leaf = 7)) AS facts,
  sumIf(n, leaf = 0) AS open_pipeline_count,
  sumIf(n, leaf = 1) AS won_amounts_trailing_year,
  sumIf(n, leaf = 2) AS won_amounts_count_trailing_year,
  sumIf(n, leaf = 3) AS deals_won_trailing_year,
  sumIf(n, leaf = 4) AS deals_won_and_deals_lost_and_deals_no_decision_trailing_year,
  sumIf(n, leaf = 5) AS sales_cycles_trailing_year,
  sumIf(n, leaf = 6) AS sales_cycles_count_trailing_year
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 0 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0 UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 1 AS leaf, toInt256(sum(amount_minor)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 2 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 3 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 4 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 4 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('lost') AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 4 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 5 AS leaf, toInt256(sum(assumeNotNull(duration_ms))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 6 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_closed' AND outcome IN ('won') AND duration_ms IS NOT NULL AND at >= {at:DateTime64(3, 'UTC')} - INTERVAL 365 DAY AND at < {at:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')} GROUP BY group_value UNION ALL
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, 7 AS leaf, toInt256(sum(count)) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_pipeline' AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(((open_pipeline_count * won_amounts_trailing_year) * deals_won_trailing_year)) AS top_n, toNullable((nullIf(won_amounts_count_trailing_year, 0) * nullIf(deals_won_and_deals_lost_and_deals_no_decision_trailing_year, 0))) AS top_d,
    toNullable(sales_cycles_trailing_year) AS bottom_n, toNullable((nullIf(sales_cycles_count_trailing_year, 0) * nullIf(toInt256(86400000), 0))) AS bottom_d,
    toNullable((((open_pipeline_count * won_amounts_trailing_year) * deals_won_trailing_year) * (nullIf(sales_cycles_count_trailing_year, 0) * nullIf(toInt256(86400000), 0)))) AS value_n, toNullable(((nullIf(won_amounts_count_trailing_year, 0) * nullIf(deals_won_and_deals_lost_and_deals_no_decision_trailing_year, 0)) * nullIf(sales_cycles_trailing_year, 0))) AS value_d
  FROM made
)
SELECT group_value, facts, open_pipeline_count, won_amounts_trailing_year, won_amounts_count_trailing_year, deals_won_trailing_year, deals_won_and_deals_lost_and_deals_no_decision_trailing_year, sales_cycles_trailing_year, sales_cycles_count_trailing_year, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Money a day that the open pipeline brings at the pace of the last year (money_per_day, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_stage_flow_entries SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_entered' AND outcome IN ('entered', 'skipped') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_entered' AND outcome IN ('entered', 'skipped') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_entered' AND outcome IN ('entered', 'skipped') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Deals that came into a stage for the first time, or passed it (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_stage_flow_reentries SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_entered' AND outcome IN ('again') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_entered' AND outcome IN ('again') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_entered' AND outcome IN ('again') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Deals that came into a stage for the first time, or passed it (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_stage_flow_advances SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND outcome IN ('advanced') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_left' AND outcome IN ('advanced') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_left' AND outcome IN ('advanced') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Deals that came into a stage for the first time, or passed it (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_stage_flow_regressions SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_left' AND outcome IN ('regressed') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Deals that came into a stage for the first time, or passed it (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_stage_flow_losses SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND outcome IN ('lost', 'no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'stage_left' AND outcome IN ('lost', 'no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'stage_left' AND outcome IN ('lost', 'no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Deals that came into a stage for the first time, or passed it (deals, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_time_in_stage_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value,
  sumIf(count, kind = 'stage_left' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(assumeNotNull(duration_ms), kind = 'stage_left' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'stage_left' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Time that deals stay in a stage, visit by visit (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_time_in_stage_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'stage_left' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time that deals stay in a stage, visit by visit (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_time_in_stage_p90 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(90 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE kind = 'stage_left' AND duration_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time that deals stay in a stage, visit by visit (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_time_in_stage_business_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, assumeNotNull(business_bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(business_ms)) AS total
  FROM leadwire.facts WHERE kind = 'stage_left' AND business_ms IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Time that deals stay in a stage, visit by visit (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_touchpoints_to_first_meeting_mean SQL SECURITY INVOKER AS SELECT group_value, facts, total, value FROM (
SELECT *, abs(toNullable(toInt256(total))) AS value_top,
  abs(nullIf(toInt256(facts * 1000), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(total)) / toFloat64(toInt256(facts * 1000)), sign(toInt256(total)) * sign(toInt256(facts * 1000)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'first_meeting' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(toInt64(floor(units * 1000 + 0.5)), kind = 'first_meeting' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS total
FROM leadwire.facts
WHERE (kind = 'first_meeting' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Human outbound touches before a lead\'s first meeting (touches, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_touchpoints_to_first_meeting_p50 SQL SECURITY INVOKER AS SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= intDiv(50 * facts + 99, 100), bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(toInt64(floor(units * 1000 + 0.5))) AS total
  FROM leadwire.facts WHERE kind = 'first_meeting' AND bin IS NOT NULL AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, bin_index
)
GROUP BY group_value
COMMENT 'Human outbound touches before a lead\'s first meeting (touches, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_count SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')})
GROUP BY group_value HAVING facts != 0
COMMENT 'Open leads without a human response (leads, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_age_p50 SQL SECURITY INVOKER AS SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli({at:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[intDiv(50 * facts + 99, 100)] / 1000 AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value
COMMENT 'Open leads without a human response (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_unanswered_leads_age_max SQL SECURITY INVOKER AS SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli({at:DateTime64(3, 'UTC')}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[intDiv(100 * facts + 99, 100)] / 1000 AS value
FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE kind = 'lead_unanswered' AND at < {at:DateTime64(3, 'UTC')}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value
COMMENT 'Open leads without a human response (s, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_weighted_pipeline SQL SECURITY INVOKER AS WITH made AS (
  SELECT group_value, sumIf(n, leaf = 0) AS pipeline_by_probability_weighed
  FROM (
  SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, {by:String} = 'stage', stage, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline, stage')::String) AS group_value, 0 AS leaf, toInt256(sum(toInt256(amount_minor) * assumeNotNull(bin))) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'deal_pipeline' AND bin IS NOT NULL AND at < {at:DateTime64(3, 'UTC')} GROUP BY group_value HAVING sum(count) != 0
  ) GROUP BY group_value
), counted AS (
  SELECT *, toNullable(pipeline_by_probability_weighed) AS top_n, toNullable(1) AS top_d,
    toNullable(toInt256(10000)) AS bottom_n, toNullable(1) AS bottom_d,
    toNullable(pipeline_by_probability_weighed) AS value_n, toNullable(nullIf(toInt256(10000), 0)) AS value_d
  FROM made
)
SELECT group_value, pipeline_by_probability_weighed, numerator, denominator, value FROM (
  SELECT *, abs(toNullable(top_n)) AS numerator_top,
  abs(nullIf(top_d, 0)) AS numerator_bottom,
  toUInt8(if(numerator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(numerator_top)))) - toInt16(floor(log2(toFloat64(numerator_bottom)))))))) AS numerator_shift,
  bitShiftLeft(assumeNotNull(numerator_top), assumeNotNull(numerator_shift)) AS numerator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(numerator_shift) + 1)) AS numerator_power,
  multiIf(isNull(numerator_top) OR isNull(numerator_bottom), NULL, numerator_top = 0, 0, numerator_top < 9007199254740992 AND numerator_bottom < 9007199254740992, toFloat64(top_n) / toFloat64(top_d), sign(top_n) * sign(top_d) * toFloat64(toUInt64(intDiv(numerator_scaled, numerator_bottom) * 2 + (numerator_scaled % numerator_bottom != 0))) / numerator_power) AS numerator,
  abs(toNullable(bottom_n)) AS denominator_top,
  abs(nullIf(bottom_d, 0)) AS denominator_bottom,
  toUInt8(if(denominator_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(denominator_top)))) - toInt16(floor(log2(toFloat64(denominator_bottom)))))))) AS denominator_shift,
  bitShiftLeft(assumeNotNull(denominator_top), assumeNotNull(denominator_shift)) AS denominator_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(denominator_shift) + 1)) AS denominator_power,
  multiIf(isNull(denominator_top) OR isNull(denominator_bottom), NULL, denominator_top = 0, 0, denominator_top < 9007199254740992 AND denominator_bottom < 9007199254740992, toFloat64(bottom_n) / toFloat64(bottom_d), sign(bottom_n) * sign(bottom_d) * toFloat64(toUInt64(intDiv(denominator_scaled, denominator_bottom) * 2 + (denominator_scaled % denominator_bottom != 0))) / denominator_power) AS denominator,
  abs(toNullable(value_n)) AS value_top,
  abs(nullIf(value_d, 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(value_n) / toFloat64(value_d), sign(value_n) * sign(value_d) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
  FROM counted
)
COMMENT 'Amount of open deals, by the win probability of their stage (money, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_win_rate SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Won deals among those closed (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_win_rate_by_value SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(amount_minor, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(amount_minor, kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(amount_minor, kind = 'deal_closed' AND outcome IN ('lost', 'no_decision') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('lost', 'no_decision') AND amount_minor > 0 AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Won deals among those closed (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_win_rate_no_decision SQL SECURITY INVOKER AS SELECT group_value, numerator, denominator, value FROM (
SELECT *, abs(toNullable(toInt256(numerator))) AS value_top,
  abs(nullIf(toInt256(denominator), 0)) AS value_bottom,
  toUInt8(if(value_top = 0, 0, greatest(0, 60 - (toInt16(floor(log2(toFloat64(value_top)))) - toInt16(floor(log2(toFloat64(value_bottom)))))))) AS value_shift,
  bitShiftLeft(assumeNotNull(value_top), assumeNotNull(value_shift)) AS value_scaled,
  toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(value_shift) + 1)) AS value_power,
  multiIf(isNull(value_top) OR isNull(value_bottom), NULL, value_top = 0, 0, value_top < 9007199254740992 AND value_bottom < 9007199254740992, toFloat64(toInt256(numerator)) / toFloat64(toInt256(denominator)), sign(toInt256(numerator)) * sign(toInt256(denominator)) * toFloat64(toUInt64(intDiv(value_scaled, value_bottom) * 2 + (value_scaled % value_bottom != 0))) / value_power) AS value
FROM (
SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS numerator,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) + sumIf(count, kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS denominator
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('won') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('lost') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
   OR (kind = 'deal_closed' AND outcome IN ('no_decision') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
))
COMMENT 'Won deals among those closed (ratio, formula version 1)';

CREATE OR REPLACE VIEW leadwire.kpi_win_rate_disqualified SQL SECURITY INVOKER AS SELECT multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, {by:String} = 'team', team, {by:String} = 'region', region, {by:String} = 'channel', channel, {by:String} = 'campaign', campaign, {by:String} = 'segment', segment, {by:String} = 'product', product, {by:String} = 'pipeline', pipeline, throwIf(1, 'no such dimension here: by is company, owner, team, region, channel, campaign, segment, product, pipeline')::String) AS group_value,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('disqualified') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS facts,
  sumIf(count, kind = 'deal_closed' AND outcome IN ('disqualified') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')}) AS value
FROM leadwire.facts
WHERE (kind = 'deal_closed' AND outcome IN ('disqualified') AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')} AND at <= {at:DateTime64(3, 'UTC')})
GROUP BY group_value
COMMENT 'Won deals among those closed (deals, formula version 1)';
