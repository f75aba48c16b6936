import { divide } from "../../division.ts";
import { isoText } from "../../iso-text.ts";
import { integerOf } from "../../sql/integer-of.ts";
import type { ReportRow } from "../report-scope.ts";
import { dealChecks } from "./deal-checks.ts";
import { leadChecks } from "./lead-checks.ts";
import type { QualityCheck } from "./quality-check.ts";

/** Every check, in the order in which they are told. */
export const qualityChecks: ReadonlyArray<QualityCheck> = [...leadChecks, ...dealChecks];

/** What a check found. */
export interface QualityLine {
  readonly check: string;
  readonly means: string;
  readonly count: number;
  /** Of how many, and of what. */
  readonly of: number;
  readonly of_what: string;
  /** count / of; null where there is nothing to look at. */
  readonly share: number | null;
  readonly prior_share: number | null;
  /** share − prior_share: below 0 is better. */
  readonly trend: number | null;
  readonly fix: string;
}

/** One thing that a check found fault with. */
export interface QualityItem {
  readonly id: string;
  readonly lead_id: string;
  readonly owner: string;
  readonly at: string;
  readonly detail: string;
}

const countsById = (rows: ReadonlyArray<ReportRow>): ReadonlyMap<string, readonly [count: bigint, of: bigint]> =>
  new Map(rows.map(([id, count, of]) => [String(id), [integerOf(count), integerOf(of)]]));

const shareOf = (counted: readonly [bigint, bigint] | undefined): number | null =>
  counted === undefined || counted[1] === 0n ? null : divide(counted[0], counted[1]);

/** One line for each check, from the rows of `qualityCountsSql` for the window and, where there is one, the prior. */
export const qualityReport = (
  checks: ReadonlyArray<QualityCheck>,
  rows: ReadonlyArray<ReportRow>,
  priorRows: ReadonlyArray<ReportRow> | undefined,
): ReadonlyArray<QualityLine> => {
  const counts = countsById(rows);
  const priors = countsById(priorRows ?? []);
  return checks.map(({ id, means, of, fix }) => {
    const counted = counts.get(id);
    const [share, priorShare] = [shareOf(counted), shareOf(priors.get(id))];
    return {
      check: id,
      means,
      count: Number(counted?.[0] ?? 0n),
      of: Number(counted?.[1] ?? 0n),
      of_what: of,
      share,
      prior_share: priorShare,
      trend: share === null || priorShare === null ? null : share - priorShare,
      fix,
    };
  });
};

/** Reads the rows of `qualityListSql`. */
export const qualityItems = (rows: ReadonlyArray<ReportRow>): ReadonlyArray<QualityItem> =>
  rows.map(([id, leadId, owner, atMs, detail]) => ({
    id: String(id),
    lead_id: String(leadId),
    owner: String(owner),
    at: isoText(Number(integerOf(atMs))),
    detail: String(detail),
  }));
