import {
  integerOf,
  type PeriodUnit,
  periodsBetween,
  periodsMax,
  periodUnits,
  type ReportPeriod,
  type ReportScope,
  type SqlText,
  type UsageFault,
  usageFault,
} from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { ReportArgs, ReportContext } from "./report.ts";
import { oneArg } from "./report-args.ts";
import { reportRows } from "./report-rows.ts";

/** The argument `every`. */
export const everyArg = (
  args: ReportArgs,
  known: ReadonlyArray<PeriodUnit>,
  fallback: PeriodUnit,
): Either<UsageFault, PeriodUnit> => {
  const asked = oneArg(args, "every");
  if (isLeft(asked)) return asked;
  const unit = periodUnits.find((name) => name === (asked.right ?? fallback));
  if (unit !== undefined && known.includes(unit)) return right(unit);
  return left(usageFault("BadArgument", `"${asked.right}" is no period here: write ${known.join(", ")}.`));
};

/** Where a report begins: at its window, else at the first fact there is (`firstSql`), else where it ends. */
export const beginningOf = async (
  { store }: ReportContext,
  { window }: ReportScope,
  firstSql: SqlText,
  endMs: number,
): Promise<number> => {
  if (window.fromMs !== null) return Math.min(window.fromMs, endMs);
  const [row] = await reportRows(store, firstSql);
  const firstMs = Number(integerOf(row?.[0] ?? 0));
  // ClickHouse's minimum of nothing is the epoch.
  return firstMs === 0 ? endMs : Math.min(firstMs, endMs);
};

/** The calendar periods from one instant to the one before another. */
export const periodsOf = (
  { calendar, workspace }: ReportContext,
  unit: PeriodUnit,
  fromMs: number,
  toMs: number,
): Either<UsageFault, ReadonlyArray<ReportPeriod>> => {
  const periods = periodsBetween(unit, fromMs, toMs, calendar, workspace);
  if (periods !== undefined) return right(periods);
  return left(
    usageFault("BadWindow", `The window has more than ${periodsMax} periods of a ${unit}: ask for longer ones.`),
  );
};
