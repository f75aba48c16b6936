import type { Workspace } from "@leadwire/funnel";
import type { KpiAnswer } from "@leadwire/kpis";
import type { TileFilter } from "../board/board-definition.ts";

/**
 * The stages of the workspace in the order of its pipelines, each name once; of one pipeline where the tile shows only
 * that one.
 */
export const stageOrder = (
  { pipelines }: Pick<Workspace, "pipelines">,
  where: ReadonlyArray<TileFilter>,
): ReadonlyArray<string> => {
  const only = where.find(([dimension]) => dimension === "pipeline")?.[1];
  const shown = pipelines.filter(({ id }) => only === undefined || id === only);
  return [...new Set(shown.flatMap(({ stages }) => stages.map(({ id }) => id)))];
};

/** All stages of the order, then those that only the facts name: nothing is left out of a total. */
export const stagesWith = (order: ReadonlyArray<string>, named: Iterable<string>): ReadonlyArray<string> => [
  ...new Set([...order, ...[...named].sort()]),
];

/** The values of answers by stage. */
export const byStage = (answers: ReadonlyArray<KpiAnswer> = []): ReadonlyMap<string, number> =>
  new Map(answers.map(({ group, value }) => [group.stage ?? "", value ?? 0]));
