// Written by packages/api/generate.ts from the OpenAPI document: change it there.

export interface paths {
    readonly "/api/kpis": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Every metric with its numbers, formulas in words, dimensions and targets.
         * @description The bytes of `npx leadwire kpi --list --json`.
         */
        readonly get: operations["listMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/kpis/{metric}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A metric over a window, of the company or by dimensions.
         * @description The bytes of `npx leadwire kpi METRIC --json`.
         */
        readonly get: operations["getKpi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/reports/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A report.
         * @description The bytes of the command's `--json` (docs/reports.md). Each takes its own arguments and says so where it is given another.
         *
         *     - `funnel`: Entries and advances of every stage of a pipeline.
         *     - `cohorts`: Leads by the period of their creation, and what became of them with age.
         *     - `waterfall`: The pipeline at two instants, and every movement between.
         *     - `movements`: New, expansion, contraction, churn and reactivation of recurring revenue.
         *     - `quality`: What is missing or odd in the data.
         *     - `explain`: The facts and events behind a number.
         *     - `restatements`: Numbers of closed periods that changed.
         *     - `targets`: Targets and forecasts as they stand.
         *     - `metrics`: The list of metrics.
         *     - `alerts`: Alerts that are pending or firing.
         *     - `alert-history`: What alerts did.
         *     - `alert-deliveries`: What was told to whom.
         *     - `alert-silences`: What is silenced.
         */
        readonly get: operations["getReport"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/catalogue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What can be put on a board, named in a language. */
        readonly get: operations["getCatalogue"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/boards": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The boards that you may see. */
        readonly get: operations["listBoards"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/slideshows": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The slideshows that you may see. */
        readonly get: operations["listSlideshows"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/boards/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A board as its file says it. */
        readonly get: operations["getBoard"];
        /** Saves a board over the one that you changed, or a new one. */
        readonly put: operations["saveBoard"];
        readonly post?: never;
        /** Takes a board's file away. */
        readonly delete: operations["deleteBoard"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/boards/{id}/snapshot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every tile's numbers, now. */
        readonly get: operations["getSnapshot"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/boards/{id}/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The same as server-sent events: a `snapshot`, then `change` frames with what changed. */
        readonly get: operations["streamBoard"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/boards/{id}/tiles/{tile}/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The facts and events behind a tile's number, and the SQL that gives it. */
        readonly get: operations["explainTile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/tiles/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What a tile would show, before its board is saved. */
        readonly post: operations["previewTile"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sql": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** One statement that reads. */
        readonly post: operations["runSql"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sql/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Ends a statement of your own that runs. */
        readonly delete: operations["cancelSql"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sql/schema": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Views, columns and functions that you may ask for. */
        readonly get: operations["getSqlSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/queries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The saved queries. */
        readonly get: operations["listQueries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/queries/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A saved query. */
        readonly get: operations["getQuery"];
        /** Saves a query for everybody. */
        readonly put: operations["saveQuery"];
        readonly post?: never;
        /** Takes a saved query away. */
        readonly delete: operations["deleteQuery"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Events, at most 10,000 and 8 MiB at once; answered when they are durable. */
        readonly post: operations["sendEvents"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document. */
        readonly get: operations["getOpenApi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The process lives. */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether it can do its work. */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What Prometheus reads. */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        readonly MetricName: "active_customers" | "annual_contract_value" | "annual_contract_value.mean" | "annual_contract_value.without_term" | "arpa" | "arpa.mrr" | "arpa.revenue" | "arr" | "average_deal_size" | "cac" | "cac_payback" | "churn_rate" | "cltv" | "cltv.churn" | "cltv.retention" | "conversion_rate" | "conversion_rate.stage" | "conversion_rate.regressions" | "customer_satisfaction" | "forecast_accuracy" | "forecast_accuracy.company" | "forecast_accuracy.teams" | "forecast_accuracy.reps" | "forecast_accuracy.bias" | "forecast_accuracy.teams_bias" | "forecast_accuracy.reps_bias" | "grr" | "lead_response_time" | "lead_response_time.mean" | "lead_response_time.p50" | "lead_response_time.p90" | "lead_response_time.p95" | "lead_response_time.business_mean" | "lead_response_time.business_p50" | "lead_response_time.business_p90" | "lead_response_time.business_p95" | "lead_to_opportunity" | "lead_to_opportunity.cohort" | "lead_to_opportunity.by_period" | "lead_velocity_rate" | "ltv_to_cac" | "meeting_show_rate" | "mrr" | "mrr.level" | "mrr.start" | "mrr.new" | "mrr.expansion" | "mrr.contraction" | "mrr.churn" | "mrr.reactivation" | "new_customers" | "new_leads" | "nps" | "nrr" | "pipeline_coverage" | "pipeline_coverage.coverage" | "pipeline_coverage.overdue" | "pipeline_value" | "pipeline_volume" | "profit_margin" | "quota_attainment" | "quota_attainment.attainment" | "quota_attainment.pace" | "quota_attainment.gap" | "response_within_sla" | "response_within_sla.business" | "retention_rate" | "revenue_churn" | "sales" | "sales.units" | "sales.cost" | "sales.margin" | "sales_activity" | "sales_activity.all" | "sales_activity.calls" | "sales_activity.emails" | "sales_activity.messages" | "sales_activity.meetings_booked" | "sales_activity.meetings_held" | "sales_activity.automated" | "sales_cycle_length" | "sales_cycle_length.mean" | "sales_cycle_length.p50" | "sales_cycle_length.business_mean" | "sales_cycle_length.business_p50" | "sales_cycle_length.stage_mean" | "sales_cycle_length.stage_p50" | "sales_cycle_length.stage_business_mean" | "sales_growth" | "sales_per_rep" | "sales_qualified_leads" | "sales_velocity" | "stage_flow" | "stage_flow.entries" | "stage_flow.reentries" | "stage_flow.advances" | "stage_flow.regressions" | "stage_flow.losses" | "time_in_stage" | "time_in_stage.mean" | "time_in_stage.p50" | "time_in_stage.p90" | "time_in_stage.business_p50" | "touchpoints_to_first_meeting" | "touchpoints_to_first_meeting.mean" | "touchpoints_to_first_meeting.p50" | "unanswered_leads" | "unanswered_leads.count" | "unanswered_leads.age_p50" | "unanswered_leads.age_max" | "weighted_pipeline" | "win_rate" | "win_rate.by_value" | "win_rate.no_decision" | "win_rate.disqualified";
        /** @description One number: a metric of one group over one window. */
        readonly KpiAnswer: {
            readonly metric: string;
            /** @description Dimension and value; empty: the company. */
            readonly group: {
                readonly [key: string]: string;
            };
            /** @description Null where it cannot be told; `flags` and the numerator and denominator say why. */
            readonly value: number | null;
            /**
             * @description A ratio is a fraction, money in minor units (cents) of `currency`, `s` are seconds.
             * @enum {string}
             */
            readonly unit: "leads" | "deals" | "accounts" | "activities" | "touches" | "units" | "money" | "money_per_day" | "ratio" | "x" | "months" | "score" | "s";
            /** @description Where the window lies. */
            readonly window: {
                /**
                 * Format: date-time
                 * @description Included; null where open.
                 */
                readonly from: string | null;
                /**
                 * Format: date-time
                 * @description Excluded; null where open.
                 */
                readonly to: string | null;
            };
            readonly formula_version: number;
            /**
             * Format: date-time
             * @description The newest event that the answer knows.
             */
            readonly complete_through: string | null;
            /** @description Cautions. */
            readonly flags: readonly ("small_sample" | "no_activity_data" | "no_prior" | "no_target" | "no_forecast" | "assumed_term" | "missing_cost" | "amounts_left_out")[];
            readonly statistic?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
            readonly numerator?: number;
            readonly denominator?: number;
            /** @description How many facts the value rests on. */
            readonly count?: number;
            readonly difference_minor?: number;
            /** @description Of forecasts: how many scopes sold something without one. */
            readonly missing?: number;
            /** @description Of this metric, scope and whole period. */
            readonly target?: number;
            /** @description value / target. */
            readonly attainment?: number | null;
            /**
             * @description Where less is better, an attainment above 1 is a miss.
             * @enum {string}
             */
            readonly better?: "lower";
            /** @description What the target expects by now, by business days. */
            readonly expected?: number;
            /** @description target − value. */
            readonly gap?: number | null;
            /** @description The same number over the other window; null where there is none (`all`). */
            readonly compare?: {
                readonly value: number | null;
                /** @description Where the window lies. */
                readonly window: {
                    /**
                     * Format: date-time
                     * @description Included; null where open.
                     */
                    readonly from: string | null;
                    /**
                     * Format: date-time
                     * @description Excluded; null where open.
                     */
                    readonly to: string | null;
                };
                readonly numerator?: number;
                readonly denominator?: number;
                /** @description How many facts the value rests on. */
                readonly count?: number;
            } | null;
            /** @description value − compare.value. */
            readonly change?: number | null;
            /** @description change / |compare.value|. */
            readonly change_ratio?: number | null;
            /** @description How many facts those flags are about that count. */
            readonly flag_counts?: {
                readonly [key: string]: number;
            };
            /**
             * Format: date-time
             * @description What the log knew then; absent: what it knows now.
             */
            readonly as_of?: string;
            /**
             * Format: date-time
             * @description When the log began, where it had not by `as_of`.
             */
            readonly known_since?: string | null;
        };
        /** @description Every metric with its numbers, formulas in words, and targets. */
        readonly MetricList: {
            /** @enum {string} */
            readonly language: "en" | "ro" | "pl" | "ru" | "zh-Hant";
            /** @description Of the targets' amounts, which are in minor units. */
            readonly currency: string;
            readonly metrics: readonly components["schemas"]["ListedMetric"][];
        };
        readonly ListedMetric: {
            readonly metric: string;
            readonly name: string;
            /** @description What it is, in one line. */
            readonly line: string;
            /** @enum {string} */
            readonly better: "higher" | "lower";
            readonly formula_version: number;
            readonly statistics: readonly {
                /** @description As a question names it: `lead_response_time.p90`. */
                readonly name: string;
                /**
                 * @description A ratio is a fraction, money in minor units (cents) of `currency`, `s` are seconds.
                 * @enum {string}
                 */
                readonly unit: "leads" | "deals" | "accounts" | "activities" | "touches" | "units" | "money" | "money_per_day" | "ratio" | "x" | "months" | "score" | "s";
                /** @description In words. */
                readonly formula: string;
                readonly dimensions: readonly string[];
                /** @description What the bare name of the metric gives. */
                readonly default: boolean;
            }[];
            readonly null_rule: string;
            readonly misleads: string;
            /** @description Metrics to read beside it. */
            readonly beside: readonly string[];
            readonly targets: readonly {
                readonly metric: string;
                readonly scope: string;
                readonly period: string;
                readonly value: number;
            }[];
        };
        readonly Catalogue: {
            /** @description BCP 47, of the names. */
            readonly lang: string;
            readonly metrics: readonly components["schemas"]["CatalogueMetric"][];
        };
        readonly CatalogueMetric: {
            /** @description As a board's file says it. */
            readonly metric: string;
            readonly name: string;
            /** @description What it is, in one line. */
            readonly line: string;
            readonly unit: string;
            /** @enum {string} */
            readonly better: "higher" | "lower" | "neither";
            /** @description How things stand at an instant: its window is `now`. */
            readonly level: boolean;
            readonly dimensions: readonly string[];
            readonly windows: readonly string[];
            readonly statistic?: string;
        };
        readonly BoardDefinition: {
            /** @description The file's name without `.yaml`. */
            readonly id: string;
            readonly title: string;
            /** @enum {string} */
            readonly theme: "auto" | "light" | "dark" | "contrast";
            readonly tiles: readonly components["schemas"]["TileDefinition"][];
            readonly celebrate: {
                readonly targets: boolean;
                readonly sound: boolean;
                /** @description A deal won worth at least this, in minor units. */
                readonly wonMinorMin?: number;
                readonly quiet?: "never" | {
                    readonly fromMinute: number;
                    readonly toMinute: number;
                };
            };
        };
        /** @description Told apart by `type`. */
        readonly TileDefinition: components["schemas"]["NumberTile"] | components["schemas"]["GaugeTile"] | components["schemas"]["CourseTile"] | components["schemas"]["FunnelTile"] | components["schemas"]["LeaderboardTile"] | components["schemas"]["HistogramTile"] | components["schemas"]["PipelineTile"] | components["schemas"]["WaterfallTile"] | components["schemas"]["FeedTile"] | components["schemas"]["AlertsTile"] | components["schemas"]["WaitingTile"] | components["schemas"]["TextTile"] | components["schemas"]["ImageTile"];
        readonly NumberTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "number";
            readonly metric: string;
            readonly window: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            /** @enum {string} */
            readonly compare: "prior" | "year" | "none";
            /** @enum {string} */
            readonly course: "hours" | "days" | "none";
            readonly format: {
                readonly decimals?: number;
                readonly compact?: boolean;
            };
            readonly title?: string;
            readonly target?: number | "plan";
        };
        readonly GaugeTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "gauge";
            readonly metric: string;
            readonly window: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly target: number | "plan";
            readonly format: {
                readonly decimals?: number;
                readonly compact?: boolean;
            };
            readonly title?: string;
        };
        readonly CourseTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "line" | "bar";
            readonly metric: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            /** @enum {string} */
            readonly unit: "hour" | "day" | "week" | "month";
            readonly points: number;
            readonly format: {
                readonly decimals?: number;
                readonly compact?: boolean;
            };
            readonly title?: string;
            readonly by?: string;
        };
        readonly FunnelTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "funnel";
            readonly window: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly title?: string;
        };
        readonly LeaderboardTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "leaderboard";
            readonly metric: string;
            readonly window: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly by: string;
            readonly rows: number;
            readonly format: {
                readonly decimals?: number;
                readonly compact?: boolean;
            };
            readonly title?: string;
            readonly target?: number | "plan";
        };
        readonly HistogramTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "histogram";
            readonly window: string;
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly businessHours: boolean;
            readonly title?: string;
        };
        readonly PipelineTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "pipeline";
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly title?: string;
        };
        readonly WaterfallTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "waterfall";
            readonly window: string;
            readonly title?: string;
        };
        readonly FeedTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "feed";
            readonly kinds: readonly string[];
            readonly title?: string;
        };
        readonly AlertsTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "alerts";
            readonly severities: readonly string[];
            readonly title?: string;
        };
        readonly WaitingTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "waiting";
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly rows: number;
            readonly title?: string;
        };
        readonly TextTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "text";
            readonly text: string;
            /** @enum {string} */
            readonly size: "small" | "medium" | "large";
            readonly title?: string;
        };
        readonly ImageTile: {
            readonly id: string;
            readonly place: {
                readonly column: number;
                readonly row: number;
                readonly columns: number;
                readonly rows: number;
            };
            /** @enum {string} */
            readonly type: "image";
            readonly file: string;
            readonly alt: string;
            readonly title?: string;
        };
        readonly BoardList: {
            readonly boards: readonly {
                readonly id: string;
                readonly title: string;
                readonly builtIn: boolean;
            }[];
            /** @description Files that cannot be read; only for those who may edit. */
            readonly faults: readonly {
                readonly file: string;
                readonly text: string;
            }[];
            readonly canEdit: boolean;
            /** @description Whether this reader may ask in SQL, and so has the console at `/sql`. */
            readonly canSql: boolean;
        };
        readonly Slideshow: {
            readonly id: string;
            readonly title: string;
            readonly slides: readonly {
                readonly board: string;
                readonly forMs: number;
            }[];
        };
        /** @description Told apart by `type`. */
        readonly TileData: components["schemas"]["NumberData"] | components["schemas"]["SeriesData"] | components["schemas"]["FunnelData"] | components["schemas"]["LeaderboardData"] | components["schemas"]["HistogramData"] | components["schemas"]["PipelineData"] | components["schemas"]["WaterfallData"] | components["schemas"]["FeedData"] | components["schemas"]["AlertsData"] | components["schemas"]["WaitingData"] | components["schemas"]["StillData"];
        readonly NumberData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "number" | "gauge";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly unit: string;
            readonly value: number | null;
            /** @enum {string} */
            readonly better: "higher" | "lower" | "neither";
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
            readonly numerator?: number;
            readonly denominator?: number;
            readonly count?: number;
            readonly compared?: number | null;
            readonly target?: {
                readonly value: number;
                /** @description value / target. */
                readonly reached: number | null;
                /** @description Where the value should be by now, as a share of the target. */
                readonly pace: number | null;
            };
            /** @description Oldest first, the last one still running; null is a gap. */
            readonly course?: readonly (number | null)[];
        };
        readonly SeriesData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "line" | "bar";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly unit: string;
            readonly startsMs: readonly number[];
            readonly series: readonly {
                readonly name: string;
                readonly values: readonly (number | null)[];
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
            readonly addsUp?: boolean;
        };
        readonly FunnelData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "funnel";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly stages: readonly {
                readonly stage: string;
                readonly entries: number;
                readonly advances: number;
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly LeaderboardData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "leaderboard";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly unit: string;
            readonly rows: readonly {
                readonly name: string;
                readonly value: number | null;
                readonly count?: number;
                readonly reached?: number | null;
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
        };
        readonly HistogramData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "histogram";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly bands: readonly {
                readonly toSeconds: number | null;
                readonly count: number;
            }[];
            readonly slaSeconds: number;
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly PipelineData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "pipeline";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly unit: string;
            readonly stages: readonly {
                readonly stage: string;
                readonly amountMinor: number;
                readonly deals: number;
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
        };
        readonly WaterfallData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "waterfall";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly unit: string;
            readonly startMinor: number;
            readonly steps: readonly {
                readonly movement: string;
                readonly amountMinor: number;
            }[];
            readonly endMinor: number;
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
            /** @description ISO 4217. */
            readonly currency?: string;
        };
        readonly FeedData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "feed";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly AlertsData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "alerts";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly alerts: readonly {
                readonly fingerprint: string;
                readonly rule: string;
                readonly severity: string;
                /** @enum {string} */
                readonly status: "pending" | "firing" | "resolved";
                readonly summary: string;
                /** @description Epoch milliseconds. */
                readonly startedAtMs: number;
                readonly labels: {
                    readonly [key: string]: string;
                };
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly WaitingData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "waiting";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            readonly total: number;
            readonly leads: readonly {
                readonly lead: string;
                readonly owner: string;
                readonly channel: string;
                /** @description Epoch milliseconds. */
                readonly createdAtMs: number;
                /** @description Epoch milliseconds. */
                readonly dueAtMs: number | null;
            }[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly StillData: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "text" | "image";
            /** @description Epoch milliseconds. */
            readonly changedAtMs: number | null;
            /**
             * @description `live` from slices at every change; `asked` from facts.
             * @enum {string}
             */
            readonly source: "live" | "asked";
            readonly flags: readonly string[];
            /** @description Epoch milliseconds. */
            readonly askedAtMs?: number;
            readonly restated?: {
                readonly before: number | null;
                readonly after: number | null;
                /** @description Epoch milliseconds. */
                readonly atMs: number;
                readonly causes: readonly string[];
                readonly period?: string;
            };
            /** @description Why there is nothing to show. */
            readonly reason?: string;
        };
        readonly BoardSnapshot: {
            /** @constant */
            readonly type: "snapshot";
            /** @description Epoch milliseconds. */
            readonly sentAtMs: number;
            readonly build: string;
            readonly board: components["schemas"]["BoardDefinition"];
            readonly etag: string;
            readonly timeZone: string;
            readonly currency: string;
            readonly freshness: {
                /** @enum {string} */
                readonly state: "live" | "catching_up" | "stale";
                /** @description Epoch milliseconds. */
                readonly completeThroughMs: number | null;
                readonly behindEvents: number;
                readonly partsToGo?: number;
            };
            readonly tiles: readonly components["schemas"]["TileData"][];
            readonly events: readonly {
                readonly seq: number;
                /** @description Epoch milliseconds. */
                readonly occurredAtMs: number;
                readonly kind: string;
                readonly subject: string;
                readonly by?: string;
                readonly detail?: string;
                readonly amountMinor?: number;
                readonly currency?: string;
                readonly lateByMs?: number;
            }[];
        };
        readonly ExplainAnswer: {
            readonly tile: string;
            readonly question: {
                readonly metric: string;
                readonly window: string;
                readonly group: readonly (readonly [
                    string,
                    string
                ])[];
                readonly where: readonly (readonly [
                    string,
                    string
                ])[];
                /** Format: date-time */
                readonly at: string;
            };
            /** @description As it is asked on the command line. */
            readonly command: string;
            /** @description A ClickHouse statement whose column `value` is the number. */
            readonly sql: string;
            readonly explanation: components["schemas"]["Explanation"];
        };
        readonly Explanation: {
            readonly answer: components["schemas"]["KpiAnswer"];
            /** @description In words. */
            readonly formula: string;
            /** @description The facts of every part, added up, are what the answer was made of. */
            readonly adds_up: boolean;
            readonly parts: readonly {
                readonly part: string;
                readonly what: string;
                readonly measure: string;
                readonly unit: string;
                readonly total: number;
                readonly facts_count: number;
                /** @description How many of them `facts` holds: ask with a higher `limit` for more. */
                readonly shown: number;
                readonly adds_up: boolean;
                readonly facts: readonly {
                    readonly fact_id: string;
                    readonly kind: string;
                    /** Format: date-time */
                    readonly at: string;
                    /** @description Of the question's dimensions. */
                    readonly group: {
                        readonly [key: string]: string;
                    };
                    readonly count: number;
                    /** @description In the part's unit. */
                    readonly value: number;
                    readonly events: readonly {
                        readonly source: string;
                        readonly id: string;
                        readonly type: string;
                        readonly occurred_at: string;
                        /** @description origin, cause, creation. */
                        readonly as: readonly string[];
                    }[];
                    readonly outcome?: string;
                    readonly lead_id?: string;
                    readonly deal_id?: string;
                    readonly account_id?: string;
                    readonly owner?: string;
                    readonly weight?: number;
                }[];
                /** @enum {string} */
                readonly weigh?: "bin" | "yearly";
            }[];
            readonly plan: readonly {
                readonly kind: string;
                readonly scope: string;
                readonly period: string;
                readonly value: number;
                readonly unit: string;
                readonly events: readonly {
                    readonly source: string;
                    readonly id: string;
                    readonly type: string;
                    readonly occurred_at: string;
                    /** @description origin, cause, creation. */
                    readonly as: readonly string[];
                }[];
                readonly metric?: string;
            }[];
        };
        readonly SqlRequest: {
            /** @description One statement that reads, over the views of `npx leadwire sql --schema`. */
            readonly sql: string;
            /** @description ClickHouse's name of the answer's format; JSON where it is left out. */
            readonly format?: string;
            /** @description Values of the statement's `{name:Type}`; lists hold the same, and lists. */
            readonly parameters?: {
                readonly [key: string]: (string | null) | number | boolean | readonly unknown[];
            };
            /** @description A name of one's own, to cancel it by. */
            readonly query_id?: string;
            /** @description Rows as they come. Else the answer is held back until it is whole, or an error. */
            readonly stream?: boolean;
        };
        readonly SqlSchema: {
            /** @description IANA zone of the workspace. */
            readonly timeZone: string;
            /** @description You see these rows alone; empty: all. */
            readonly where: readonly (readonly [
                string,
                string
            ])[];
            readonly canEdit: boolean;
            /** @description Boards answer you, too. */
            readonly seesBoards: boolean;
            readonly views: readonly {
                readonly name: string;
                /** @enum {string} */
                readonly layer: "events" | "facts" | "metrics" | "engine";
                readonly comment: string;
                /** @description Name and an example of each; empty: a plain view. */
                readonly parameters: readonly (readonly [
                    string,
                    string
                ])[];
                readonly columns: readonly {
                    readonly name: string;
                    readonly type: string;
                    readonly comment: string;
                }[];
            }[];
            /** @description What a statement may call. */
            readonly functions: readonly string[];
        };
        readonly SavedQuery: {
            readonly name: string;
            readonly title: string;
            readonly description: string;
            readonly sql: string;
            readonly chart: {
                /** @enum {string} */
                readonly kind: "line" | "bar" | "scatter";
                readonly x: string;
                readonly y: string;
                readonly series: string | null;
            } | null;
        };
        readonly QueryList: {
            readonly queries: readonly {
                readonly name: string;
                readonly title: string;
                readonly description: string;
            }[];
            readonly canEdit: boolean;
        };
        /** @description One event, and the fields of its type. */
        readonly Event: {
            /** @description `lead-created`, `stage-changed`, …: docs/mappings.md lists them with their fields. */
            readonly type: string;
            readonly event_id: string;
            readonly source_system: string;
            /** @description ISO 8601 with Z or an offset. */
            readonly occurred_at: string;
            /** @description A higher one corrects. */
            readonly revision?: number;
            readonly voided?: boolean;
        } & {
            readonly [key: string]: unknown;
        };
        readonly EventResults: {
            /** @description Durable. */
            readonly accepted: number;
            readonly refused: number;
            readonly results: readonly components["schemas"]["EventResult"][];
        };
        /** @description In the order of the body. */
        readonly EventResult: {
            readonly index: number;
            /** @enum {string} */
            readonly status: "accepted" | "refused";
            readonly event_id?: string;
            readonly reason?: string;
            readonly field?: string;
            readonly message?: string;
        };
        /** @description A problem (RFC 9457). */
        readonly Problem: {
            /** @description The kind of fault, in words. */
            readonly title: string;
            /** @description The HTTP status. */
            readonly status: number;
            /** @description Tells faults of one status apart; stable. */
            readonly code: string;
            /** @description What was found, what was expected, and the fix. */
            readonly detail: string;
            /** @description The code as a URI reference: `/problems/unknown-metric`. */
            readonly type?: string;
            /** @description The nearest names that there are, the nearest first. */
            readonly did_you_mean?: readonly string[];
            /** @description The same as `detail`, one by one, where several things are wrong. */
            readonly reasons?: readonly string[];
            /** @description Of what stands there now, where somebody was faster; null where nothing does. */
            readonly etag?: string | null;
            /** @description Who was faster. */
            readonly saved_by?: string | null;
            readonly saved_at?: string;
            /** @description ClickHouse's number of what is wrong with a statement. */
            readonly clickhouse_code?: number;
            /** @description Of the place in the statement, from 1. */
            readonly line?: number | null;
            /** @description Of the place in the statement, in letters (UTF-16) from 1. */
            readonly column?: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listMetrics: {
        readonly parameters: {
            readonly query?: {
                /** @description Of names and lines. */
                readonly lang?: "en" | "ro" | "pl" | "ru" | "zh-Hant";
                /** @description This one alone. */
                readonly metric?: components["schemas"]["MetricName"];
            };
            readonly header?: {
                /** @description ETags of answers that you have. */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The list. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetricList"];
                };
            };
            /** @description Nothing has changed since the ETag of If-None-Match. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getKpi: {
        readonly parameters: {
            readonly query: {
                /** @description A stretch of time: `30d`, `month`, `2026-Q3`, `2026-03-01..2026-04-01`, `all`. A level such as pipeline_value is read at its end. */
                readonly window: string;
                /** @description Dimensions to group by, with commas or one after another: `team`, `rep`, `channel`. */
                readonly by?: readonly string[];
                /** @description `DIMENSION=VALUE`: these facts alone; several have to hold together. */
                readonly where?: readonly string[];
                /** @description When the window is seen: `now` (as left out), `latest` (the newest event) or an instant. */
                readonly at?: string;
                /** @description An instant: what the log knew then. */
                readonly as_of?: string;
                /** @description Beside it the same number over the window before, or a year ago. */
                readonly compare?: "prior" | "year";
                /** @description So many groups at once. All pages tell of the first one's instant, their `as_of`. */
                readonly limit?: number;
                /** @description The next page, as `Link` says it; the rest of the question stays the same. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description ETags of answers that you have. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** @description A metric, or one of its statistics: `lead_response_time.p90`. */
                readonly metric: components["schemas"]["MetricName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One element; with `by` one for each group that has any fact, in the order of the groups' values. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    /** @description `<…>; rel="next"`: the next page; absent on the last. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["KpiAnswer"][];
                };
            };
            /** @description Nothing has changed since the ETag of If-None-Match. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It comes with Leadwire, or the answer changed between two pages. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getReport: {
        readonly parameters: {
            readonly query?: {
                /** @description A stretch of time, as of a metric. */
                readonly window?: string;
                /** @description Dimensions to group by. */
                readonly by?: readonly string[];
                /** @description `DIMENSION=VALUE`: these facts alone. */
                readonly where?: readonly string[];
                /** @description explain: the one group whose number is explained, `DIMENSION=VALUE`. */
                readonly group?: readonly string[];
                /** @description When the window is seen: `now`, `latest` or an instant. */
                readonly at?: string;
                /** @description An instant: what the log knew then. */
                readonly as_of?: string;
                /** @description cohorts, explain, restatements, metrics: which one. */
                readonly metric?: components["schemas"]["MetricName"];
                /** @description cohorts, movements: the length of a period. */
                readonly every?: "day" | "week" | "month" | "quarter" | "year";
                /** @description cohorts: how many periods of age. */
                readonly ages?: number;
                /** @description funnel: which one. */
                readonly pipeline?: string;
                /** @description waterfall: deals expected to close in this window alone. */
                readonly closing?: string;
                /** @description waterfall: `true` lists the deals behind each movement. */
                readonly deals?: string;
                /** @description quality: the records behind this check. */
                readonly list?: string;
                /** @description restatements: changes from this instant on. */
                readonly since?: string;
                /** @description restatements: which calendar periods. */
                readonly period?: string;
                /** @description alerts, alert-history: this rule alone. */
                readonly rule?: string;
                /** @description alert-history: from this instant on. */
                readonly from?: string;
                /** @description alert-history: before this instant. */
                readonly to?: string;
                /** @description alert-deliveries: this outcome alone. */
                readonly outcome?: string;
                /** @description alert-deliveries: this delivery alone. */
                readonly key?: string;
                /** @description targets, alerts, alert-silences: also those that stand no more. */
                readonly all?: string;
                /** @description At most so many lines. */
                readonly limit?: number;
                /** @description metrics: the language of names. */
                readonly lang?: "en" | "ro" | "pl" | "ru" | "zh-Hant";
            };
            readonly header?: {
                /** @description ETags of answers that you have. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** @description Which report. */
                readonly name: "funnel" | "cohorts" | "waterfall" | "movements" | "quality" | "explain" | "restatements" | "targets" | "metrics" | "alerts" | "alert-history" | "alert-deliveries" | "alert-silences";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The report's document. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            /** @description Nothing has changed since the ETag of If-None-Match. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getCatalogue: {
        readonly parameters: {
            readonly query?: {
                /** @description As the browser asks where left out. */
                readonly lang?: "en" | "ro" | "pl" | "ru" | "zh-Hant";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Every number. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Catalogue"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listBoards: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In their order. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BoardList"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listSlideshows: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In their order. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Slideshow"][];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getBoard: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The board. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The board. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BoardDefinition"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly saveBoard: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of the board that you changed. */
                readonly "If-Match"?: string;
                /** @description `*` for a new board. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** @description The board. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["BoardDefinition"];
            };
        };
        readonly responses: {
            /** @description Saved. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BoardDefinition"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BoardDefinition"];
                };
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was understood, and cannot be. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Say what it is to replace. */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It failed. */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteBoard: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of the board that you changed. */
                readonly "If-Match"?: string;
            };
            readonly path: {
                /** @description The board. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It comes with Leadwire, or the answer changed between two pages. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Say what it is to replace. */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The board. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The whole board. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BoardSnapshot"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly streamBoard: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Goes on behind this frame. */
                readonly "Last-Event-ID"?: string;
            };
            readonly path: {
                /** @description The board. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Frames. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly explainTile: {
        readonly parameters: {
            readonly query?: {
                /** @description Of a tile with groups: which one. */
                readonly group?: string;
                /** @description Of a course: the start of the point, in epoch milliseconds. */
                readonly point?: number;
                /** @description Of a number made of several: which one. */
                readonly part?: string;
                /** @description At most so many facts of each part. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description The board. */
                readonly id: string;
                /** @description The tile. */
                readonly tile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What stands behind it. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExplainAnswer"];
                };
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly previewTile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TileDefinition"];
            };
        };
        readonly responses: {
            /** @description Its data. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TileData"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was understood, and cannot be. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly runSql: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SqlRequest"];
            };
        };
        readonly responses: {
            /** @description As ClickHouse formats it, streamed. */
            readonly 200: {
                headers: {
                    /** @description Rows and bytes read, rows of the result, memory, elapsed time: JSON, where ClickHouse says it. */
                    readonly "x-leadwire-query-cost"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": unknown;
                    readonly "text/plain": string;
                };
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was understood, and cannot be. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too much at once: wait as `retry-after` says. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly cancelSql: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The `query_id` that it was sent with. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It ends. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSqlSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The schema. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SqlSchema"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listQueries: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueryList"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getQuery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The saved query. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The query. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly saveQuery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of the query that you changed. */
                readonly "If-Match"?: string;
                /** @description `*` for a new query. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** @description The saved query. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SavedQuery"];
            };
        };
        readonly responses: {
            /** @description Saved. */
            readonly 200: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    /** @description Of these bytes, or of the file: for If-None-Match and If-Match. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedQuery"];
                };
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Say what it is to replace. */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteQuery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of the query that you changed. */
                readonly "If-Match"?: string;
            };
            readonly path: {
                /** @description The saved query. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed to this token. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none of this name here. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed meanwhile. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Say what it is to replace. */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly sendEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Event"] | readonly components["schemas"]["Event"][];
                readonly "application/x-ndjson": string;
            };
        };
        readonly responses: {
            /** @description Every event is accepted and durable. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventResults"];
                };
            };
            /** @description Wrong usage: `detail` says what there is. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A login is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body took too long to arrive. */
            readonly 408: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another content type is expected. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some were refused, see `results`; the others are accepted and durable. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventResults"];
                };
            };
            /** @description Too much at once: wait as `retry-after` says. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOpenApi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": unknown;
                };
            };
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It can. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ready";
                    };
                };
            };
            /** @description Not ready: ask again as `retry-after` says. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Text. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
        };
    };
}
