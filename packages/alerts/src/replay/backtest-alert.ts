import type { AlertChanged } from "@leadwire/events";

/** One time that an alert would have fired. */
export interface BacktestAlert {
  readonly rule: string;
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the last step. */
  readonly severity: string;
  /** The furthest that it escalated. */
  readonly step: number;
  readonly summary: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly threshold: number | null;
  readonly unit: string;
  /** It was so when the stretch began. */
  readonly stands_at_start: boolean;
  readonly fired_at_ms: number;
  /** Null: it fires still where the stretch ends. */
  readonly resolved_at_ms: number | null;
  /** From the event that caused it, or the instant that was due, to the firing. */
  readonly time_to_fire_ms: number;
}

type Ongoing = { -readonly [Field in keyof BacktestAlert]: BacktestAlert[Field] };

/** Makes firings of transitions. */
export class BacktestAlerts {
  private readonly fromMs: number;
  private readonly all: Ongoing[] = [];
  private readonly ongoing = new Map<string, Ongoing>();
  /** Of an alert that is pending: when what began it happened. */
  private readonly causedMs = new Map<string, number>();

  constructor(fromMs: number) {
    this.fromMs = fromMs;
  }

  /** `eventMs`: when the event that had just arrived happened; undefined where time brought it about. */
  apply(record: AlertChanged, eventMs: number | undefined): void {
    const { fingerprint, status } = record;
    if (status === "pending") this.causedMs.set(fingerprint, causedBy(record, eventMs));
    else if (status === "firing") this.fire(record, eventMs);
    else this.end(record);
  }

  /** In the order of their firing. */
  list(): ReadonlyArray<BacktestAlert> {
    return this.all;
  }

  private fire(record: AlertChanged, eventMs: number | undefined): void {
    const { fingerprint, severity, step } = record;
    const standing = this.ongoing.get(fingerprint);
    if (standing !== undefined) {
      Object.assign(standing, { severity, step: Math.max(step, standing.step) });
      return;
    }
    const causedMs = this.causedMs.get(fingerprint) ?? causedBy(record, eventMs);
    const alert = firingOf(record, causedMs, this.fromMs);
    this.all.push(alert);
    this.ongoing.set(fingerprint, alert);
  }

  private end({ fingerprint, evaluated_at }: AlertChanged): void {
    const alert = this.ongoing.get(fingerprint);
    if (alert !== undefined) alert.resolved_at_ms = evaluated_at;
    this.ongoing.delete(fingerprint);
    this.causedMs.delete(fingerprint);
  }
}

const causedBy = (record: AlertChanged, eventMs: number | undefined): number =>
  record.cause === "data" && eventMs !== undefined ? eventMs : record.at;

const firingOf = (record: AlertChanged, causedMs: number, fromMs: number): Ongoing => ({
  rule: record.rule,
  fingerprint: record.fingerprint,
  labels: record.labels,
  severity: record.severity,
  step: record.step,
  summary: record.summary,
  value: record.value,
  numerator: record.numerator,
  denominator: record.denominator,
  threshold: record.threshold,
  unit: record.unit,
  stands_at_start: record.evaluated_at <= fromMs,
  fired_at_ms: record.evaluated_at,
  resolved_at_ms: null,
  time_to_fire_ms: Math.max(0, record.evaluated_at - causedMs),
});
