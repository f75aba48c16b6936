import { isoText } from "@leadwire/kpis";
import type { Cell } from "@leadwire/store";

/** One transition of an alert, as JSON tells it. */
export interface AlertLine {
  readonly transition_id: string;
  readonly rule_set: string;
  readonly rule: string;
  readonly rule_version: string;
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly severity: string;
  readonly former: string;
  readonly status: string;
  readonly step: number;
  readonly cause: string;
  readonly at: string;
  readonly evaluated_at: string;
  readonly started_at: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly threshold: number | null;
  readonly unit: string;
  readonly events: ReadonlyArray<string>;
  readonly summary: string;
  readonly explain: string;
}

/** The columns of `alerts` and `alert_history`, in the order that `alertLine` reads them. */
export const alertLineColumns = `transition_id, rule_set, rule, rule_version, fingerprint, toJSONString(labels), severity, former, status, step, cause,
  toUnixTimestamp64Milli(at), toUnixTimestamp64Milli(evaluated_at), toUnixTimestamp64Milli(started_at),
  value, numerator, denominator, threshold, unit, toJSONString(events), summary, explain`;

const numberOf = (cell: Cell | undefined): number | null => (cell === null || cell === undefined ? null : Number(cell));
const instantOf = (cell: Cell | undefined): string => isoText(Number(cell));

export const alertLine = (row: ReadonlyArray<Cell>): AlertLine => {
  const text = (index: number): string => String(row[index]);
  return {
    transition_id: text(0),
    rule_set: text(1),
    rule: text(2),
    rule_version: text(3),
    fingerprint: text(4),
    // Both were written as JSON by the query itself.
    labels: JSON.parse(text(5)) as Record<string, string>,
    severity: text(6),
    former: text(7),
    status: text(8),
    step: Number(row[9]),
    cause: text(10),
    at: instantOf(row[11]),
    evaluated_at: instantOf(row[12]),
    started_at: instantOf(row[13]),
    value: numberOf(row[14]),
    numerator: numberOf(row[15]),
    denominator: numberOf(row[16]),
    threshold: numberOf(row[17]),
    unit: text(18),
    events: JSON.parse(text(19)) as ReadonlyArray<string>,
    summary: text(20),
    explain: text(21),
  };
};
