import { createHash } from "node:crypto";
import type { Workspace } from "./workspace.ts";

/** Raised with every change of a fold that changes a fact, or what its change says, for the same events. */
const foldVersion = 3;

const byText = (a: unknown, b: unknown): number => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The lines of a workspace that change facts, in a form in which equal meanings are equal texts. */
const foldingLines = (workspace: Workspace): string =>
  JSON.stringify([
    workspace.timeZone,
    workspace.currency,
    workspace.responseSlaMs,
    workspace.customerActiveForDays,
    workspace.businessHours.map((day) => [day.weekday, day.fromMinute, day.toMinute]).sort(byText),
    [...workspace.holidays].sort((a, b) => a - b),
    workspace.people
      .map((place) => [place.rep, place.fromDay ?? null, place.team ?? null, place.region ?? null, place.zone ?? null])
      .sort(byText),
    workspace.pipelines.map((pipeline) => [
      pipeline.id,
      pipeline.stages.map((stage) => [stage.id, stage.probability]),
      pipeline.qualifiedFrom,
      pipeline.opportunityFrom,
    ]),
  ]);

const rateLines = (workspace: Workspace, upToDay: number): string =>
  JSON.stringify(
    workspace.rates
      .filter((rate) => rate.fromDay <= upToDay)
      .map((rate) => [rate.currency, rate.fromDay, rate.rate])
      .sort(byText),
  );

/**
 * The name of what shapes numbers: 12 hex digits over the workspace's folding lines, the folds' version, and whatever
 * else the caller slices by (the catalogue's measures, as text). Windows (fiscal year, week start) and grace are not in
 * it: they place numbers, they do not change facts.
 */
export const generationOf = (workspace: Workspace, alsoShaping = ""): string =>
  createHash("sha256")
    .update(JSON.stringify([foldVersion, foldingLines(workspace), rateLines(workspace, Infinity), alsoShaping]))
    .digest("hex")
    .slice(0, 12);

/**
 * Whether facts folded under `stored` stand under `next` too, so that its generation goes on under its own name. A rate
 * dated after `newestConvertedDay` (the local day of the newest event converted so far) has changed nothing yet.
 */
export const sameFolding = (stored: Workspace, next: Workspace, newestConvertedDay: number): boolean =>
  foldingLines(stored) === foldingLines(next) &&
  rateLines(stored, newestConvertedDay) === rateLines(next, newestConvertedDay);
