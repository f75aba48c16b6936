-- Run by an administrator before the services start, with passwords of your own in the place of these words.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE USER IF NOT EXISTS leadwire ON CLUSTER leadwire IDENTIFIED WITH sha256_password BY 'ENGINE PASSWORD';

CREATE SETTINGS PROFILE IF NOT EXISTS leadwire_analyst ON CLUSTER leadwire SETTINGS readonly = 1, max_execution_time = 60, max_memory_usage = 4000000000, max_result_rows = 5000000, result_overflow_mode = 'throw', max_concurrent_queries_for_user = 8, output_format_pretty_max_rows CHANGEABLE_IN_READONLY;

CREATE USER IF NOT EXISTS analyst ON CLUSTER leadwire IDENTIFIED WITH sha256_password BY 'ANALYST PASSWORD' SETTINGS PROFILE 'leadwire_analyst';

GRANT ON CLUSTER leadwire ALL ON leadwire.* TO leadwire;

GRANT ON CLUSTER leadwire ALL ON leadwire_log.* TO leadwire;

GRANT ON CLUSTER leadwire ALL ON leadwire_g_*.* TO leadwire;

GRANT ON CLUSTER leadwire TABLE ENGINE ON Atomic TO leadwire;

GRANT ON CLUSTER leadwire TABLE ENGINE ON ReplacingMergeTree TO leadwire;

GRANT ON CLUSTER leadwire TABLE ENGINE ON ReplicatedReplacingMergeTree TO leadwire;

GRANT ON CLUSTER leadwire TABLE ENGINE ON Distributed TO leadwire;

GRANT ON CLUSTER leadwire SELECT ON system.parts TO leadwire;

GRANT ON CLUSTER leadwire CLUSTER ON *.* TO leadwire;

GRANT ON CLUSTER leadwire REMOTE ON *.* TO leadwire;

GRANT ON CLUSTER leadwire SELECT ON leadwire.* TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_g_*.* TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.events TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.events_latest TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_transitions TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_claims TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.notifications_planned TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.notifications_settled TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_silences TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_acknowledgements TO analyst;

GRANT ON CLUSTER leadwire SELECT(origin, partition, position) ON leadwire_log.quarantine TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.events_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.events_latest_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_transitions_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_claims_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.notifications_planned_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.notifications_settled_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_silences_local TO analyst;

GRANT ON CLUSTER leadwire SELECT ON leadwire_log.alert_acknowledgements_local TO analyst;

GRANT ON CLUSTER leadwire SELECT(origin, partition, position) ON leadwire_log.quarantine_local TO analyst;
