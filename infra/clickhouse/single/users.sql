-- Run by an administrator before the services start, with passwords of your own in the place of these words.
-- Written by infra/clickhouse/main.ts: change the model in packages/store.

CREATE USER IF NOT EXISTS leadwire IDENTIFIED WITH sha256_password BY 'ENGINE PASSWORD';

CREATE SETTINGS PROFILE IF NOT EXISTS leadwire_analyst SETTINGS readonly = 1, allow_ddl = 0, allow_introspection_functions = 0, apply_row_policy_after_final = 1, use_query_condition_cache = 0, cancel_http_readonly_queries_on_client_close = 1 CHANGEABLE_IN_READONLY, calculate_text_stack_trace = 0, implicit_select = 0, max_execution_time = 60 MIN 1 MAX 60 CHANGEABLE_IN_READONLY, max_memory_usage = 4000000000 MIN 1 MAX 4000000000 CHANGEABLE_IN_READONLY, max_memory_usage_for_user = 4000000000, max_threads = 8 MIN 1 MAX 8 CHANGEABLE_IN_READONLY, max_result_rows = 5000000 MIN 1 MAX 5000000 CHANGEABLE_IN_READONLY, max_result_bytes = 4000000000 MIN 1 MAX 4000000000 CHANGEABLE_IN_READONLY, max_rows_to_read = 20000000000, max_bytes_to_read = 1000000000000, max_block_size = 65409 MIN 1 MAX 65409 CHANGEABLE_IN_READONLY, max_concurrent_queries_for_user = 8, result_overflow_mode = 'throw' CHANGEABLE_IN_READONLY, max_bytes_before_external_group_by = 0, max_bytes_ratio_before_external_group_by = 0, max_bytes_before_external_sort = 0, max_bytes_ratio_before_external_sort = 0, max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, max_temporary_data_on_disk_size_for_query = 4000000000, max_query_size = 262144, max_ast_depth = 500, max_ast_elements = 50000, max_expanded_ast_elements = 500000, max_parser_depth = 500, max_parser_backtracks = 200000, max_subquery_depth = 50, max_columns_to_read = 1000, max_temporary_columns = 5000, max_recursive_cte_evaluation_depth = 200, function_range_max_elements_in_block = 50000000, function_sleep_max_microseconds_per_block = 1, max_hyperscan_regexp_length = 1000, max_hyperscan_regexp_total_length = 10000, aggregate_functions_null_for_empty CHANGEABLE_IN_READONLY, cast_keep_nullable CHANGEABLE_IN_READONLY, cast_string_to_dynamic_use_inference CHANGEABLE_IN_READONLY, date_time_input_format CHANGEABLE_IN_READONLY, date_time_output_format CHANGEABLE_IN_READONLY, enable_http_compression CHANGEABLE_IN_READONLY, extremes CHANGEABLE_IN_READONLY, format_csv_delimiter CHANGEABLE_IN_READONLY, format_csv_null_representation CHANGEABLE_IN_READONLY, format_tsv_null_representation CHANGEABLE_IN_READONLY, group_by_use_nulls CHANGEABLE_IN_READONLY, http_headers_progress_interval_ms CHANGEABLE_IN_READONLY, http_wait_end_of_query CHANGEABLE_IN_READONLY, http_write_exception_in_output_format CHANGEABLE_IN_READONLY, http_zlib_compression_level CHANGEABLE_IN_READONLY, join_use_nulls CHANGEABLE_IN_READONLY, limit CHANGEABLE_IN_READONLY, log_comment CHANGEABLE_IN_READONLY, offset CHANGEABLE_IN_READONLY, output_format_arrow_compression_method CHANGEABLE_IN_READONLY, output_format_arrow_low_cardinality_as_dictionary CHANGEABLE_IN_READONLY, output_format_arrow_string_as_string CHANGEABLE_IN_READONLY, output_format_binary_encode_types_in_binary_format CHANGEABLE_IN_READONLY, bool_false_representation CHANGEABLE_IN_READONLY, bool_true_representation CHANGEABLE_IN_READONLY, output_format_csv_crlf_end_of_line CHANGEABLE_IN_READONLY, output_format_decimal_trailing_zeros CHANGEABLE_IN_READONLY, output_format_float_precision CHANGEABLE_IN_READONLY, output_format_json_array_of_rows CHANGEABLE_IN_READONLY, output_format_json_escape_forward_slashes CHANGEABLE_IN_READONLY, output_format_json_named_tuples_as_objects CHANGEABLE_IN_READONLY, output_format_json_quote_64bit_floats CHANGEABLE_IN_READONLY, output_format_json_quote_64bit_integers CHANGEABLE_IN_READONLY, output_format_json_quote_decimals CHANGEABLE_IN_READONLY, output_format_json_quote_denormals CHANGEABLE_IN_READONLY, output_format_json_validate_utf8 CHANGEABLE_IN_READONLY, output_format_native_encode_types_in_binary_format CHANGEABLE_IN_READONLY, output_format_parquet_compression_method CHANGEABLE_IN_READONLY, output_format_parquet_string_as_string CHANGEABLE_IN_READONLY, output_format_pretty_color CHANGEABLE_IN_READONLY, output_format_pretty_grid_charset CHANGEABLE_IN_READONLY, output_format_pretty_max_column_pad_width CHANGEABLE_IN_READONLY, output_format_pretty_max_rows CHANGEABLE_IN_READONLY, output_format_pretty_max_value_width CHANGEABLE_IN_READONLY, output_format_pretty_row_numbers CHANGEABLE_IN_READONLY, output_format_tsv_crlf_end_of_line CHANGEABLE_IN_READONLY, output_format_write_statistics CHANGEABLE_IN_READONLY, prefer_column_name_to_alias CHANGEABLE_IN_READONLY, send_progress_in_http_headers CHANGEABLE_IN_READONLY, session_timezone CHANGEABLE_IN_READONLY, union_default_mode CHANGEABLE_IN_READONLY, use_client_time_zone CHANGEABLE_IN_READONLY;

CREATE USER IF NOT EXISTS analyst IDENTIFIED WITH sha256_password BY 'ANALYST PASSWORD' SETTINGS PROFILE 'leadwire_analyst';

CREATE QUOTA IF NOT EXISTS leadwire_analyst KEYED BY user_name FOR INTERVAL 1 hour MAX queries = 20000, result_rows = 500000000, read_rows = 500000000000, execution_time = 14400 TO analyst;

GRANT ALL ON leadwire.* TO leadwire WITH GRANT OPTION;

GRANT ALL ON leadwire_log.* TO leadwire WITH GRANT OPTION;

GRANT ALL ON leadwire_g_*.* TO leadwire WITH GRANT OPTION;

GRANT TABLE ENGINE ON Atomic TO leadwire;

GRANT TABLE ENGINE ON ReplacingMergeTree TO leadwire;

GRANT TABLE ENGINE ON ReplicatedReplacingMergeTree TO leadwire;

GRANT TABLE ENGINE ON Distributed TO leadwire;

GRANT CLUSTER ON *.* TO leadwire;

GRANT REMOTE ON *.* TO leadwire;

GRANT CREATE USER, ALTER USER, DROP USER ON leadwire_reader_* TO leadwire;

GRANT CREATE ROW POLICY, ALTER ROW POLICY, DROP ROW POLICY ON leadwire_log.* TO leadwire;

GRANT CREATE ROW POLICY, ALTER ROW POLICY, DROP ROW POLICY ON leadwire_g_*.* TO leadwire;

GRANT CREATE QUOTA, ALTER QUOTA, SHOW USERS, SHOW ROW POLICIES ON *.* TO leadwire;

GRANT SELECT(name) ON system.users TO leadwire;

GRANT SELECT(short_name, database, table) ON system.row_policies TO leadwire;

GRANT SELECT ON information_schema.* TO leadwire WITH GRANT OPTION;

GRANT SELECT ON INFORMATION_SCHEMA.* TO leadwire WITH GRANT OPTION;

GRANT SELECT ON system.numbers TO leadwire WITH GRANT OPTION;

GRANT SELECT ON system.parts TO leadwire WITH GRANT OPTION;

GRANT SELECT ON leadwire.* TO analyst;

GRANT SELECT ON leadwire_g_*.* TO analyst;

GRANT SELECT ON leadwire_log.events TO analyst;

GRANT SELECT ON leadwire_log.events_latest TO analyst;

GRANT SELECT ON leadwire_log.alert_transitions TO analyst;

GRANT SELECT ON leadwire_log.alert_claims TO analyst;

GRANT SELECT ON leadwire_log.notifications_planned TO analyst;

GRANT SELECT ON leadwire_log.notifications_settled TO analyst;

GRANT SELECT ON leadwire_log.alert_silences TO analyst;

GRANT SELECT ON leadwire_log.alert_acknowledgements TO analyst;

GRANT SELECT ON leadwire_log.events_local TO analyst;

GRANT SELECT ON leadwire_log.events_latest_local TO analyst;

GRANT SELECT ON leadwire_log.alert_transitions_local TO analyst;

GRANT SELECT ON leadwire_log.alert_claims_local TO analyst;

GRANT SELECT ON leadwire_log.notifications_planned_local TO analyst;

GRANT SELECT ON leadwire_log.notifications_settled_local TO analyst;

GRANT SELECT ON leadwire_log.alert_silences_local TO analyst;

GRANT SELECT ON leadwire_log.alert_acknowledgements_local TO analyst;

GRANT SELECT(origin, partition, position) ON leadwire_log.quarantine TO analyst;

GRANT SELECT(origin, partition, position) ON leadwire_log.quarantine_local TO analyst;

GRANT SELECT ON information_schema.* TO analyst;

GRANT SELECT ON INFORMATION_SCHEMA.* TO analyst;

GRANT SELECT ON system.numbers TO analyst;

GRANT SELECT(database, table, active, primary_key_size, marks_bytes, secondary_indices_compressed_bytes, secondary_indices_marks_bytes) ON system.parts TO analyst;
