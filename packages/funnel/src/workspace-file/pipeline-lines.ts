import type { Pipeline, Stage } from "../workspace.ts";
import { parseName } from "./terms.ts";
import type { YamlValue } from "./yaml-value.ts";

const noDuplicate = (value: YamlValue, id: string | undefined, seen: Set<string>, what: string): void => {
  if (id === undefined) return;
  if (seen.has(id)) value.refuse(`a ${what} id that no other ${what} has`, JSON.stringify(id));
  seen.add(id);
};

/** A deal's way through its stages is kept as the bits of one integer. */
const stagesMax = 31;

interface MarkedStage extends Stage {
  readonly qualified: boolean;
  readonly opportunity: boolean;
}

const readProbability = (value: YamlValue): number | undefined => {
  const expected = "a number from 0 to 1 with at most 4 decimals";
  const fits = (p: number): boolean => p >= 0 && p <= 1 && Math.abs(p * 10_000 - Math.round(p * 10_000)) < 1e-9;
  const probability = value.number(expected, fits);
  return probability === undefined ? undefined : Math.round(probability * 10_000);
};

const readStage = (value: YamlValue, seen: Set<string>): MarkedStage | undefined => {
  const fields = value.fields(["id", "probability", "qualified", "opportunity"]);
  if (fields === undefined) return undefined;
  const id = fields.required("id", (at) => at.parsed("a stage's name", parseName));
  noDuplicate(value, id, seen, "stage");
  const probability = fields.required("probability", readProbability);
  const qualified = fields.or("qualified", false, (at) => at.flag());
  const opportunity = fields.or("opportunity", false, (at) => at.flag());
  return id === undefined || probability === undefined ? undefined : { id, probability, qualified, opportunity };
};

/** The index of the one stage with a mark. */
const markedFrom = (
  value: YamlValue,
  stages: ReadonlyArray<MarkedStage>,
  mark: "qualified" | "opportunity",
): number | undefined => {
  const marked = stages.filter((stage) => stage[mark]).map((stage) => stage.id);
  const expected = `\`${mark}: true\` on exactly one stage, the first that counts as such`;
  if (marked.length === 0) return value.refuse(expected, "it on none");
  if (marked.length > 1) return value.refuse(expected, `it on ${marked.join(" and ")}`);
  return stages.findIndex((stage) => stage[mark]);
};

const readPipeline = (value: YamlValue, seen: Set<string>): Pipeline | undefined => {
  const fields = value.fields(["id", "stages"]);
  if (fields === undefined) return undefined;
  const id = fields.required("id", (at) => at.parsed("a pipeline's name", parseName));
  noDuplicate(value, id, seen, "pipeline");
  return fields.required("stages", (at) => {
    const items = at.items("a list of stages, in order");
    if (items?.length === 0) return at.refuse("at least one stage", "an empty list");
    if (items !== undefined && items.length > stagesMax) {
      return at.refuse(`at most ${stagesMax} stages in a pipeline`, `${items.length}`);
    }
    const names = new Set<string>();
    const read = items?.map((item) => readStage(item, names));
    if (id === undefined || read === undefined || read.includes(undefined)) return undefined;
    const stages = read.filter((stage) => stage !== undefined);
    const qualifiedFrom = markedFrom(at, stages, "qualified");
    const opportunityFrom = markedFrom(at, stages, "opportunity");
    if (qualifiedFrom === undefined || opportunityFrom === undefined) return undefined;
    const plain = stages.map((stage) => ({ id: stage.id, probability: stage.probability }));
    return { id, stages: plain, qualifiedFrom, opportunityFrom };
  });
};

export const readPipelines = (value: YamlValue): ReadonlyArray<Pipeline> | undefined => {
  const items = value.items("a list of pipelines");
  if (items?.length === 0) return value.refuse("at least one pipeline", "an empty list");
  const seen = new Set<string>();
  return items?.map((item) => readPipeline(item, seen)).filter((pipeline) => pipeline !== undefined);
};
