-- What one generation of the folds made of it: "example" stands for the generation's name.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE DATABASE IF NOT EXISTS leadwire_g_example ON CLUSTER leadwire ENGINE = Atomic;

CREATE TABLE IF NOT EXISTS leadwire_g_example.fact_history_local ON CLUSTER leadwire (
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
  `backfill` UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)',
  INDEX at_range `at` TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (kind, origin, partition, version, fact_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each change of a fact, for answers as of an earlier time';

CREATE TABLE IF NOT EXISTS leadwire_g_example.fact_history ON CLUSTER leadwire (
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
ENGINE = Distributed(leadwire, leadwire_g_example, fact_history_local, cityHash64(fact_id))
COMMENT 'One row for each change of a fact, for answers as of an earlier time';

CREATE TABLE IF NOT EXISTS leadwire_g_example.facts_latest_local ON CLUSTER leadwire (
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (kind, fact_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The highest version of each fact';

CREATE TABLE IF NOT EXISTS leadwire_g_example.facts_latest ON CLUSTER leadwire (
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
ENGINE = Distributed(leadwire, leadwire_g_example, facts_latest_local, cityHash64(fact_id))
COMMENT 'The highest version of each fact';

ALTER TABLE leadwire_g_example.facts_latest_local ON CLUSTER leadwire ADD COLUMN IF NOT EXISTS backfill UInt8 DEFAULT 1 COMMENT '1: the causing record came with a backfill id (an import, a replay)';

ALTER TABLE leadwire_g_example.facts_latest ON CLUSTER leadwire ADD COLUMN IF NOT EXISTS backfill UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)';

ALTER TABLE leadwire_g_example.fact_history_local ON CLUSTER leadwire ADD COLUMN IF NOT EXISTS backfill UInt8 DEFAULT 1 COMMENT '1: the causing record came with a backfill id (an import, a replay)';

ALTER TABLE leadwire_g_example.fact_history ON CLUSTER leadwire ADD COLUMN IF NOT EXISTS backfill UInt8 COMMENT '1: the causing record came with a backfill id (an import, a replay)';

CREATE MATERIALIZED VIEW IF NOT EXISTS leadwire_g_example.facts_latest_feed ON CLUSTER leadwire TO leadwire_g_example.facts_latest_local AS SELECT * FROM leadwire_g_example.fact_history_local;

ALTER TABLE leadwire_g_example.facts_latest_feed ON CLUSTER leadwire MODIFY QUERY SELECT * FROM leadwire_g_example.fact_history_local;

CREATE TABLE IF NOT EXISTS leadwire_g_example.slices_local ON CLUSTER leadwire (
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (measure, dimension, granularity, start, value, bin, origin, partition)
TTL toDateTime(start) + INTERVAL 3 DAY DELETE WHERE granularity = 'minute', toDateTime(start) + INTERVAL 402 DAY DELETE WHERE granularity = 'hour'
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Partial aggregates: one measure, one group, one stretch of time, one task';

CREATE TABLE IF NOT EXISTS leadwire_g_example.slices ON CLUSTER leadwire (
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
ENGINE = Distributed(leadwire, leadwire_g_example, slices_local, cityHash64(measure, dimension, value, start))
COMMENT 'Partial aggregates: one measure, one group, one stretch of time, one task';

CREATE TABLE IF NOT EXISTS leadwire_g_example.ledger_local ON CLUSTER leadwire (
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', position)
ORDER BY (topic, partition, source_system, backfill)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What became of the records that each task has read';

CREATE TABLE IF NOT EXISTS leadwire_g_example.ledger ON CLUSTER leadwire (
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
ENGINE = Distributed(leadwire, leadwire_g_example, ledger_local, cityHash64(topic, partition))
COMMENT 'What became of the records that each task has read';

CREATE TABLE IF NOT EXISTS leadwire_g_example.positions_local ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic',
  `partition` Int32 COMMENT 'Partition',
  `next_offset` Int64 COMMENT 'First offset that is not stored yet',
  `append_time` DateTime64(3, 'UTC') COMMENT 'Append time of the last record stored (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', next_offset)
ORDER BY (topic, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Up to where each partition of a topic is stored here';

CREATE TABLE IF NOT EXISTS leadwire_g_example.positions ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic',
  `partition` Int32 COMMENT 'Partition',
  `next_offset` Int64 COMMENT 'First offset that is not stored yet',
  `append_time` DateTime64(3, 'UTC') COMMENT 'Append time of the last record stored (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_g_example, positions_local, cityHash64(topic, partition))
COMMENT 'Up to where each partition of a topic is stored here';

CREATE OR REPLACE VIEW leadwire_g_example.versions_as_of ON CLUSTER leadwire DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT cityHash64(fact_id) AS hash_0, xxHash64(fact_id) AS hash_1, max(version) AS version
FROM leadwire_g_example.fact_history
WHERE append_time <= {as_of:DateTime64(3, 'UTC')}
    AND cityHash64(fact_id) GLOBAL IN (SELECT cityHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE append_time > {as_of:DateTime64(3, 'UTC')})
    AND xxHash64(fact_id) GLOBAL IN (SELECT xxHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE append_time > {as_of:DateTime64(3, 'UTC')})
GROUP BY hash_0, hash_1
COMMENT 'Of each fact that changed after as_of the highest version appended by then, under hashes of its id';

CREATE OR REPLACE VIEW leadwire_g_example.versions_of_kind_as_of ON CLUSTER leadwire DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT cityHash64(fact_id) AS hash_0, xxHash64(fact_id) AS hash_1, max(version) AS version
FROM leadwire_g_example.fact_history
WHERE kind = {kind:String} AND append_time <= {as_of:DateTime64(3, 'UTC')}
    AND cityHash64(fact_id) GLOBAL IN (SELECT cityHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE kind = {kind:String} AND append_time > {as_of:DateTime64(3, 'UTC')})
    AND xxHash64(fact_id) GLOBAL IN (SELECT xxHash64(fact_id) FROM leadwire_g_example.facts_latest WHERE kind = {kind:String} AND append_time > {as_of:DateTime64(3, 'UTC')})
GROUP BY hash_0, hash_1
COMMENT 'Of each fact that changed after as_of the highest version appended by then, under hashes of its id';
