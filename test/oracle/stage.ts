import type { Workspace } from "@leadwire/funnel";

/** What entering a stage means: its place in its pipeline and what it has passed. */
export interface StagePlace {
  readonly index: number;
  readonly qualified: boolean;
  readonly opportunity: boolean;
  /** In 1/10,000. */
  readonly probability: number;
}

/** A stage is looked up in the lead's pipeline, else in the first pipeline that has it. */
export const placeOf = (stage: string, pipeline: string | null, workspace: Workspace): StagePlace => {
  const own = workspace.pipelines.filter((candidate) => candidate.id === pipeline);
  for (const candidate of [...own, ...workspace.pipelines]) {
    const index = candidate.stages.findIndex(({ id }) => id === stage);
    const found = candidate.stages[index];
    if (found !== undefined) {
      return {
        index,
        qualified: index >= candidate.qualifiedFrom,
        opportunity: index >= candidate.opportunityFrom,
        probability: found.probability,
      };
    }
  }
  throw new Error(`no pipeline has the stage ${stage}: its event should have been quarantined`);
};
