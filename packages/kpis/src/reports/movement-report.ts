import { isoText } from "../iso-text.ts";
import { keyed } from "../keyed.ts";
import { integerOf } from "../sql/integer-of.ts";
import { periodIndexOf, type ReportPeriod } from "./report-period.ts";
import { groupOf, inGroups, type ReportRow, type ReportScope } from "./report-scope.ts";

/** How monthly recurring revenue moves, in the order that it is told. */
export const movementKinds = ["new", "reactivation", "expansion", "contraction", "churn"] as const;
export type Movement = (typeof movementKinds)[number];

/** One period of one group: signed minor units of monthly revenue, and how many accounts moved. */
export interface MovementPeriod {
  readonly group: Readonly<Record<string, string>>;
  readonly period: string;
  readonly from: string;
  /** Excluded. */
  readonly to: string;
  /** The period is not over at `--at`. */
  readonly running: boolean;
  readonly start_minor: number;
  readonly start_accounts: number;
  readonly movements: Readonly<Record<Movement, { readonly amount_minor: number; readonly events: number }>>;
  readonly end_minor: number;
  /** Accounts that pay. */
  readonly end_accounts: number;
  /** start + movements = end, the end read as a level of its own. */
  readonly adds_up: boolean;
}

interface Moved {
  amountMinor: bigint;
  accounts: bigint;
  events: bigint;
}

const addedUp = (rows: ReadonlyArray<ReportRow>, at: number): Moved => ({
  amountMinor: rows.reduce((sum, row) => sum + integerOf(row[at + 2]), 0n),
  accounts: rows.reduce((sum, row) => sum + integerOf(row[at + 3]), 0n),
  events: rows.reduce((sum, row) => sum + integerOf(row[at + 4]), 0n),
});

/** What the queries answered: `movementsSql`, and `movementLevelsSql` for the ends of these periods. */
export interface MovementRows {
  readonly movements: ReadonlyArray<ReportRow>;
  readonly levels: ReadonlyArray<ReportRow>;
}

const levelsOf = (rows: ReadonlyArray<ReportRow>, at: number): ReadonlyMap<string, ReadonlyArray<unknown>> =>
  new Map(
    rows.map((row) => {
      const levels: unknown = row[at];
      return [JSON.stringify(row.slice(0, at).map(String)), Array.isArray(levels) ? levels : []];
    }),
  );

/** Period by period, from the first on, for each group. `toMs`: movements at or after it are not told. */
export const movementReport = (
  scope: ReportScope,
  rows: MovementRows,
  periods: ReadonlyArray<ReportPeriod>,
  toMs: number,
): ReadonlyArray<MovementPeriod> => {
  const at = scope.by.length;
  const levels = levelsOf(rows.levels, at);
  return inGroups(rows.movements, scope.by).flatMap(([values, inGroup]) => {
    const inPeriods = Map.groupBy(inGroup, (row) => periodIndexOf(periods, Number(row[at])));
    const before = addedUp(inPeriods.get(-1) ?? [], at);
    let [amountMinor, accounts] = [before.amountMinor, before.accounts];
    const read = levels.get(JSON.stringify(values)) ?? [];
    return periods.map((period, index): MovementPeriod => {
      const own = inPeriods.get(index) ?? [];
      const start = { amountMinor, accounts };
      const moved = keyed(movementKinds, (kind) =>
        addedUp(
          own.filter((row) => row[at + 1] === kind),
          at,
        ),
      );
      for (const kind of movementKinds) amountMinor += moved[kind].amountMinor;
      accounts += addedUp(own, at).accounts;
      return {
        group: groupOf(scope.by, values),
        period: period.name,
        from: isoText(period.fromMs),
        to: isoText(period.toMs),
        running: period.toMs > toMs,
        start_minor: Number(start.amountMinor),
        start_accounts: Number(start.accounts),
        movements: keyed(movementKinds, (kind) => ({
          amount_minor: Number(moved[kind].amountMinor),
          events: Number(moved[kind].events),
        })),
        end_minor: Number(amountMinor),
        end_accounts: Number(accounts),
        adds_up: amountMinor === integerOf(read[index] ?? 0n),
      };
    });
  });
};
