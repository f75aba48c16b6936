import type { AlertRule, Backtest, BacktestAlert, BacktestDifference } from "@leadwire/alerts";
import { isoText } from "@leadwire/kpis";
import type { PlayedLog } from "./played-log.ts";

/** An alert as JSON carries it: instants as text. */
export interface BacktestAlertLine extends Omit<BacktestAlert, "fired_at_ms" | "resolved_at_ms"> {
  readonly fired_at: string;
  /** Null: it fires still where the stretch ends. */
  readonly resolved_at: string | null;
  readonly fired_for_ms: number | null;
}

interface BacktestVersion extends Omit<Backtest, "alerts"> {
  readonly when: string;
  readonly version: string;
  readonly alerts: ReadonlyArray<BacktestAlertLine>;
}

/** What the other version changes. */
export interface BacktestAgainst extends BacktestVersion {
  readonly file: string;
  readonly both: number;
  readonly only_here: ReadonlyArray<BacktestAlertLine>;
  readonly only_there: ReadonlyArray<BacktestAlertLine>;
  readonly moved: ReadonlyArray<{
    readonly here: BacktestAlertLine;
    readonly there: BacktestAlertLine;
    readonly fires_later_ms: number;
    readonly resolves_later_ms: number | null;
  }>;
}

export interface BacktestDocument extends BacktestVersion {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** Events of the whole log; of these imported or replayed ones count as arrived when they happened. */
  readonly events: number;
  readonly backfilled: number;
  readonly against?: BacktestAgainst;
}

export interface BacktestParts {
  readonly rule: AlertRule;
  readonly fromMs: number;
  readonly toMs: number;
  readonly log: PlayedLog;
  readonly currency: string;
  readonly here: Backtest;
  readonly against?: {
    readonly rule: AlertRule;
    readonly file: string;
    readonly there: Backtest;
    readonly difference: BacktestDifference;
  };
}

const lineOf = ({ fired_at_ms, resolved_at_ms, ...alert }: BacktestAlert): BacktestAlertLine => ({
  ...alert,
  fired_at: isoText(fired_at_ms),
  resolved_at: resolved_at_ms === null ? null : isoText(resolved_at_ms),
  fired_for_ms: resolved_at_ms === null ? null : resolved_at_ms - fired_at_ms,
});

const versionOf = ({ when, version }: AlertRule, { alerts, ...found }: Backtest): BacktestVersion => ({
  when,
  version,
  ...found,
  alerts: alerts.map(lineOf),
});

const againstOf = ({ rule, file, there, difference }: NonNullable<BacktestParts["against"]>): BacktestAgainst => ({
  file,
  ...versionOf(rule, there),
  both: difference.both,
  only_here: difference.only_here.map(lineOf),
  only_there: difference.only_there.map(lineOf),
  moved: difference.moved.map((moved) => ({ ...moved, here: lineOf(moved.here), there: lineOf(moved.there) })),
});

/** What a back-test found, as a document. */
export const backtestDocument = ({
  rule,
  fromMs,
  toMs,
  log,
  currency,
  here,
  against,
}: BacktestParts): BacktestDocument => ({
  rule: rule.id,
  from: isoText(fromMs),
  to: isoText(toMs),
  currency,
  events: log.records.length,
  backfilled: log.backfilled,
  ...versionOf(rule, here),
  ...(against === undefined ? {} : { against: againstOf(against) }),
});
