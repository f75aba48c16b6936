-- What the log holds, whatever the configuration.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE DATABASE IF NOT EXISTS leadwire_log ON CLUSTER leadwire ENGINE = Atomic;

CREATE TABLE IF NOT EXISTS leadwire_log.migrations_local ON CLUSTER leadwire (
  `number` UInt32 COMMENT 'Number of the migration',
  `name` String COMMENT 'What it makes'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (number)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The migrations that this store has had';

CREATE TABLE IF NOT EXISTS leadwire_log.migrations ON CLUSTER leadwire (
  `number` UInt32 COMMENT 'Number of the migration',
  `name` String COMMENT 'What it makes'
)
ENGINE = Distributed(leadwire, leadwire_log, migrations_local, cityHash64(number))
COMMENT 'The migrations that this store has had';

CREATE DATABASE IF NOT EXISTS leadwire ON CLUSTER leadwire ENGINE = Atomic;

CREATE DATABASE IF NOT EXISTS leadwire_log ON CLUSTER leadwire ENGINE = Atomic;

CREATE TABLE IF NOT EXISTS leadwire_log.events_local ON CLUSTER leadwire (
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
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units',
  `rank` UInt128 COMMENT 'The revision, then the content\'s hash turned round: the highest counts'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (topic, partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each event record of the log';

CREATE TABLE IF NOT EXISTS leadwire_log.events ON CLUSTER leadwire (
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
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units',
  `rank` UInt128 COMMENT 'The revision, then the content\'s hash turned round: the highest counts'
)
ENGINE = Distributed(leadwire, leadwire_log, events_local, cityHash64(source_system, event_id))
COMMENT 'One row for each event record of the log';

CREATE TABLE IF NOT EXISTS leadwire_log.events_latest_local ON CLUSTER leadwire (
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
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units',
  `rank` UInt128 COMMENT 'The revision, then the content\'s hash turned round: the highest counts'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', rank)
ORDER BY (source_system, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The revision of each event that counts';

CREATE TABLE IF NOT EXISTS leadwire_log.events_latest ON CLUSTER leadwire (
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
  `lines.cost_minor` Array(Nullable(Int64)) COMMENT 'Costs of the deal\'s lines in minor units',
  `rank` UInt128 COMMENT 'The revision, then the content\'s hash turned round: the highest counts'
)
ENGINE = Distributed(leadwire, leadwire_log, events_latest_local, cityHash64(source_system, event_id))
COMMENT 'The revision of each event that counts';

CREATE MATERIALIZED VIEW IF NOT EXISTS leadwire_log.events_latest_feed ON CLUSTER leadwire TO leadwire_log.events_latest_local AS SELECT * FROM leadwire_log.events_local;

CREATE TABLE IF NOT EXISTS leadwire_log.quarantine_local ON CLUSTER leadwire (
  `id` String COMMENT 'Id of the quarantined record',
  `source_system` LowCardinality(String) COMMENT 'System that produced it, as far as known',
  `origin` String COMMENT 'The imported file, or the topic',
  `partition` Nullable(Int32) COMMENT 'Partition, for a record of a topic',
  `position` Int64 COMMENT 'Line of the file, or offset in the partition',
  `reason` LowCardinality(String) COMMENT 'Why, from the closed list of reasons',
  `detail` String COMMENT 'The field, what was found and what was expected',
  `bytes` String COMMENT 'The original bytes',
  `appended_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'When the log took the record in (UTC)',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When it went into quarantine (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each record in quarantine';

CREATE TABLE IF NOT EXISTS leadwire_log.quarantine ON CLUSTER leadwire (
  `id` String COMMENT 'Id of the quarantined record',
  `source_system` LowCardinality(String) COMMENT 'System that produced it, as far as known',
  `origin` String COMMENT 'The imported file, or the topic',
  `partition` Nullable(Int32) COMMENT 'Partition, for a record of a topic',
  `position` Int64 COMMENT 'Line of the file, or offset in the partition',
  `reason` LowCardinality(String) COMMENT 'Why, from the closed list of reasons',
  `detail` String COMMENT 'The field, what was found and what was expected',
  `bytes` String COMMENT 'The original bytes',
  `appended_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'When the log took the record in (UTC)',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When it went into quarantine (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, quarantine_local, cityHash64(id))
COMMENT 'One row for each record in quarantine';

CREATE TABLE IF NOT EXISTS leadwire_log.positions_local ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic',
  `partition` Int32 COMMENT 'Partition',
  `next_offset` Int64 COMMENT 'First offset that is not stored yet',
  `append_time` DateTime64(3, 'UTC') COMMENT 'Append time of the last record stored (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', next_offset)
ORDER BY (topic, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Up to where each partition of a topic is stored here';

CREATE TABLE IF NOT EXISTS leadwire_log.positions ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic',
  `partition` Int32 COMMENT 'Partition',
  `next_offset` Int64 COMMENT 'First offset that is not stored yet',
  `append_time` DateTime64(3, 'UTC') COMMENT 'Append time of the last record stored (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, positions_local, cityHash64(topic, partition))
COMMENT 'Up to where each partition of a topic is stored here';

CREATE TABLE IF NOT EXISTS leadwire_log.backfills_local ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic of the records',
  `partition` Int32 COMMENT 'Partition of the records',
  `first_offset` Int64 COMMENT 'First offset of the run',
  `last_offset` Int64 COMMENT 'Last offset of the run, included',
  `backfill` String COMMENT 'The backfill id of all records of the run'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', last_offset)
ORDER BY (topic, partition, first_offset, backfill)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Runs of records that carry a backfill id';

CREATE TABLE IF NOT EXISTS leadwire_log.backfills ON CLUSTER leadwire (
  `topic` LowCardinality(String) COMMENT 'Topic of the records',
  `partition` Int32 COMMENT 'Partition of the records',
  `first_offset` Int64 COMMENT 'First offset of the run',
  `last_offset` Int64 COMMENT 'Last offset of the run, included',
  `backfill` String COMMENT 'The backfill id of all records of the run'
)
ENGINE = Distributed(leadwire, leadwire_log, backfills_local, cityHash64(topic, partition))
COMMENT 'Runs of records that carry a backfill id';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_transitions_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
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
  `explain` String COMMENT 'Command that shows what the value is made of'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each transition of an alert';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_transitions ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
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
  `explain` String COMMENT 'Command that shows what the value is made of'
)
ENGINE = Distributed(leadwire, leadwire_log, alert_transitions_local, cityHash64(partition))
COMMENT 'One row for each transition of an alert';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_claims_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `owner` String COMMENT 'Process',
  `generation` LowCardinality(String) COMMENT 'Generation of the numbers that it decides on',
  `claimed_at` DateTime64(3, 'UTC') COMMENT 'By the owner\'s clock (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Who decided on the rules of a partition, from which record on';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_claims ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `owner` String COMMENT 'Process',
  `generation` LowCardinality(String) COMMENT 'Generation of the numbers that it decides on',
  `claimed_at` DateTime64(3, 'UTC') COMMENT 'By the owner\'s clock (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, alert_claims_local, cityHash64(partition))
COMMENT 'Who decided on the rules of a partition, from which record on';

CREATE TABLE IF NOT EXISTS leadwire_log.notifications_planned_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `key` String COMMENT 'Idempotency key: the same over retries and restarts',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `receiver` LowCardinality(String) COMMENT 'Receiver',
  `group_key` String COMMENT 'Route and labels that it groups by',
  `group` Map(LowCardinality(String), String) COMMENT 'Labels that all its alerts share',
  `kind` LowCardinality(String) COMMENT 'changed, repeated or resent',
  `transitions` Array(String) COMMENT 'Transitions that it tells',
  `alerts` Array(String) COMMENT 'Fingerprints of the alerts that it lists',
  `planned_at` DateTime64(3, 'UTC') COMMENT 'When it was decided (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each notification that was to be sent';

CREATE TABLE IF NOT EXISTS leadwire_log.notifications_planned ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `key` String COMMENT 'Idempotency key: the same over retries and restarts',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `receiver` LowCardinality(String) COMMENT 'Receiver',
  `group_key` String COMMENT 'Route and labels that it groups by',
  `group` Map(LowCardinality(String), String) COMMENT 'Labels that all its alerts share',
  `kind` LowCardinality(String) COMMENT 'changed, repeated or resent',
  `transitions` Array(String) COMMENT 'Transitions that it tells',
  `alerts` Array(String) COMMENT 'Fingerprints of the alerts that it lists',
  `planned_at` DateTime64(3, 'UTC') COMMENT 'When it was decided (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, notifications_planned_local, cityHash64(partition))
COMMENT 'One row for each notification that was to be sent';

CREATE TABLE IF NOT EXISTS leadwire_log.notifications_settled_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `key` String COMMENT 'Idempotency key',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `receiver` LowCardinality(String) COMMENT 'Receiver',
  `outcome` LowCardinality(String) COMMENT 'delivered or dead',
  `attempts` Int32 COMMENT 'How often it was tried',
  `detail` String COMMENT 'What the receiver answered last, or why it was given up',
  `settled_at` DateTime64(3, 'UTC') COMMENT 'When (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row for each notification that was delivered or given up';

CREATE TABLE IF NOT EXISTS leadwire_log.notifications_settled ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `key` String COMMENT 'Idempotency key',
  `epoch` Int64 COMMENT 'Of the owner of the partition that wrote it',
  `receiver` LowCardinality(String) COMMENT 'Receiver',
  `outcome` LowCardinality(String) COMMENT 'delivered or dead',
  `attempts` Int32 COMMENT 'How often it was tried',
  `detail` String COMMENT 'What the receiver answered last, or why it was given up',
  `settled_at` DateTime64(3, 'UTC') COMMENT 'When (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, notifications_settled_local, cityHash64(partition))
COMMENT 'One row for each notification that was delivered or given up';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_silences_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `silence_id` String COMMENT 'Names the silence',
  `matchers` Array(String) COMMENT 'What it silences, such as team=north',
  `author` String COMMENT 'Who wanted it',
  `comment` String COMMENT 'Why',
  `starts_at` DateTime64(3, 'UTC') COMMENT 'From here on (UTC)',
  `ends_at` DateTime64(3, 'UTC') COMMENT 'Up to here, excluded (UTC)',
  `set_at` DateTime64(3, 'UTC') COMMENT 'When it was set, or ended early (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Every word on a silence; the newest of an id counts';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_silences ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `silence_id` String COMMENT 'Names the silence',
  `matchers` Array(String) COMMENT 'What it silences, such as team=north',
  `author` String COMMENT 'Who wanted it',
  `comment` String COMMENT 'Why',
  `starts_at` DateTime64(3, 'UTC') COMMENT 'From here on (UTC)',
  `ends_at` DateTime64(3, 'UTC') COMMENT 'Up to here, excluded (UTC)',
  `set_at` DateTime64(3, 'UTC') COMMENT 'When it was set, or ended early (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, alert_silences_local, cityHash64(partition))
COMMENT 'Every word on a silence; the newest of an id counts';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_acknowledgements_local ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `rule_set` LowCardinality(String) COMMENT 'File of the rule, without .yaml',
  `rule` LowCardinality(String) COMMENT 'Rule',
  `fingerprint` String COMMENT 'Alert',
  `author` String COMMENT 'Who looks after it',
  `comment` String COMMENT 'What they say',
  `acknowledged_at` DateTime64(3, 'UTC') COMMENT 'When (UTC)'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (partition, offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row each time that somebody said they look after an alert';

CREATE TABLE IF NOT EXISTS leadwire_log.alert_acknowledgements ON CLUSTER leadwire (
  `partition` Int32 COMMENT 'Partition of leadwire.alerts',
  `offset` Int64 COMMENT 'Offset of the record in it',
  `append_time` DateTime64(3, 'UTC') COMMENT 'When the log took the record in (UTC)',
  `rule_set` LowCardinality(String) COMMENT 'File of the rule, without .yaml',
  `rule` LowCardinality(String) COMMENT 'Rule',
  `fingerprint` String COMMENT 'Alert',
  `author` String COMMENT 'Who looks after it',
  `comment` String COMMENT 'What they say',
  `acknowledged_at` DateTime64(3, 'UTC') COMMENT 'When (UTC)'
)
ENGINE = Distributed(leadwire, leadwire_log, alert_acknowledgements_local, cityHash64(partition))
COMMENT 'One row each time that somebody said they look after an alert';
