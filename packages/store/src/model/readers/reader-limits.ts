/** What one reader's queries may take. Bytes, rows and seconds of one query, unless the name says otherwise. */
export interface ReaderLimits {
  readonly memoryBytes: number;
  readonly seconds: number;
  readonly threads: number;
  readonly resultRows: number;
  readonly resultBytes: number;
  readonly readRows: number;
  readonly readBytes: number;
  /** At the same time. */
  readonly queries: number;
  /** All queries of an hour together. */
  readonly hourly: {
    readonly queries: number;
    readonly resultRows: number;
    readonly readRows: number;
    readonly seconds: number;
  };
}

/** For a server of its own; an embedded one shares its machine with the engine and gets less. */
export const serverReaderLimits: ReaderLimits = {
  memoryBytes: 4_000_000_000,
  seconds: 60,
  threads: 8,
  resultRows: 5_000_000,
  resultBytes: 4_000_000_000,
  readRows: 20_000_000_000,
  readBytes: 1_000_000_000_000,
  queries: 8,
  // Far above what people and dashboards ask.
  hourly: { queries: 20_000, resultRows: 500_000_000, readRows: 500_000_000_000, seconds: 14_400 },
};

/**
 * A setting of a reader's profile. The reader may change it where `change` says so: freely, or between 1 and what it is
 * set to (0 would mean no limit).
 */
export interface LimitSetting {
  readonly name: string;
  /** Undefined leaves it as ClickHouse has it. */
  readonly value?: number | string;
  readonly change?: "freely" | "downwards";
}

const fixed = (name: string, value: number | string): LimitSetting => ({ name, value });
const upTo = (name: string, value: number): LimitSetting => ({ name, value, change: "downwards" });
const free = (name: string): LimitSetting => ({ name, change: "freely" });

const takes = (limits: ReaderLimits): ReadonlyArray<LimitSetting> => [
  upTo("max_execution_time", limits.seconds),
  upTo("max_memory_usage", limits.memoryBytes),
  fixed("max_memory_usage_for_user", limits.memoryBytes),
  upTo("max_threads", limits.threads),
  upTo("max_result_rows", limits.resultRows),
  upTo("max_result_bytes", limits.resultBytes),
  // What exceeds them is told with its size, which is the whole table's: a reader who could lower them would learn it.
  fixed("max_rows_to_read", limits.readRows),
  fixed("max_bytes_to_read", limits.readBytes),
  upTo("max_block_size", 65_409),
  fixed("max_concurrent_queries_for_user", limits.queries),
  { name: "result_overflow_mode", value: "throw", change: "freely" },
  // Nothing spills: what does not fit into memory is refused, and the disk is the log's.
  ...["group_by", "sort", "join"].flatMap((step) => [
    fixed(`max_bytes_before_external_${step}`, 0),
    fixed(`max_bytes_ratio_before_external_${step}`, 0),
  ]),
  // The answer of who waits for its end is kept there meanwhile.
  fixed("max_temporary_data_on_disk_size_for_query", limits.resultBytes),
];

/** A statement may be long, but neither deep nor endless. */
const shapes: ReadonlyArray<LimitSetting> = [
  fixed("max_query_size", 262_144),
  fixed("max_ast_depth", 500),
  fixed("max_ast_elements", 50_000),
  fixed("max_expanded_ast_elements", 500_000),
  fixed("max_parser_depth", 500),
  fixed("max_parser_backtracks", 200_000),
  fixed("max_subquery_depth", 50),
  fixed("max_columns_to_read", 1_000),
  fixed("max_temporary_columns", 5_000),
  fixed("max_recursive_cte_evaluation_depth", 200),
  fixed("function_range_max_elements_in_block", 50_000_000),
  fixed("function_sleep_max_microseconds_per_block", 1),
  fixed("max_hyperscan_regexp_length", 1_000),
  fixed("max_hyperscan_regexp_total_length", 10_000),
];

const safety: ReadonlyArray<LimitSetting> = [
  fixed("readonly", 1),
  fixed("allow_ddl", 0),
  fixed("allow_introspection_functions", 0),
  // A fact that moved out of a reader's rows is gone for them, not back to what it was before.
  fixed("apply_row_policy_after_final", 1),
  // What one reader's query learns of which rows match is no other's.
  fixed("use_query_condition_cache", 0),
  // Nobody is left to read the answer.
  { name: "cancel_http_readonly_queries_on_client_close", value: 1, change: "freely" },
  fixed("calculate_text_stack_trace", 0),
  // As a server has it: the embedded one would take expressions for statements.
  fixed("implicit_select", 0),
];

/** What clients and people like to set, and what harms nobody: how answers look. */
const looks: ReadonlyArray<LimitSetting> = [
  "aggregate_functions_null_for_empty",
  "cast_keep_nullable",
  "cast_string_to_dynamic_use_inference",
  "date_time_input_format",
  "date_time_output_format",
  "enable_http_compression",
  "extremes",
  "format_csv_delimiter",
  "format_csv_null_representation",
  "format_tsv_null_representation",
  "group_by_use_nulls",
  "http_headers_progress_interval_ms",
  "http_wait_end_of_query",
  "http_write_exception_in_output_format",
  "http_zlib_compression_level",
  "join_use_nulls",
  "limit",
  "log_comment",
  "offset",
  "output_format_arrow_compression_method",
  "output_format_arrow_low_cardinality_as_dictionary",
  "output_format_arrow_string_as_string",
  "output_format_binary_encode_types_in_binary_format",
  "bool_false_representation",
  "bool_true_representation",
  "output_format_csv_crlf_end_of_line",
  "output_format_decimal_trailing_zeros",
  "output_format_float_precision",
  "output_format_json_array_of_rows",
  "output_format_json_escape_forward_slashes",
  "output_format_json_named_tuples_as_objects",
  "output_format_json_quote_64bit_floats",
  "output_format_json_quote_64bit_integers",
  "output_format_json_quote_decimals",
  "output_format_json_quote_denormals",
  "output_format_json_validate_utf8",
  "output_format_native_encode_types_in_binary_format",
  "output_format_parquet_compression_method",
  "output_format_parquet_string_as_string",
  "output_format_pretty_color",
  "output_format_pretty_grid_charset",
  "output_format_pretty_max_column_pad_width",
  "output_format_pretty_max_rows",
  "output_format_pretty_max_value_width",
  "output_format_pretty_row_numbers",
  "output_format_tsv_crlf_end_of_line",
  "output_format_write_statistics",
  "prefer_column_name_to_alias",
  "send_progress_in_http_headers",
  "session_timezone",
  "union_default_mode",
  "use_client_time_zone",
].map(free);

/** The settings that every reader is held to. */
export const limitSettings = (limits: ReaderLimits): ReadonlyArray<LimitSetting> => [
  ...safety,
  ...takes(limits),
  ...shapes,
  ...looks,
];

/**
 * What the first server of a cluster sends to the others as 0: there a least value would make it 1, so that 0 has to be
 * refused by name, and in SQL, which has no words for that, such a setting cannot be changed on a cluster.
 */
export const liftedBetweenServers: ReadonlySet<string> = new Set(["max_result_rows", "max_result_bytes"]);

/** Settings that a reader may change, with the greatest value of those that are limits. */
export const changeableSettings = (limits: ReaderLimits): ReadonlyMap<string, number | undefined> =>
  new Map(
    limitSettings(limits).flatMap(({ name, value, change }) =>
      change === undefined ? [] : [[name, change === "downwards" ? Number(value) : undefined]],
    ),
  );

/** A quota's limits by ClickHouse's names. */
export const quotaLimits = ({ hourly }: ReaderLimits): ReadonlyArray<readonly [what: string, most: number]> => [
  ["queries", hourly.queries],
  ["result_rows", hourly.resultRows],
  ["read_rows", hourly.readRows],
  ["execution_time", hourly.seconds],
];
