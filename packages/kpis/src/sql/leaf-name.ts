import type { Expression } from "../expression.ts";

const overSuffix = { window: "", prior: "_prior", trailing_year: "_trailing_year" } as const;

const endsSuffix = {
  started: "started",
  kept: "kept",
  startSum: "at_start",
  endSum: "at_end",
  lesserSum: "lesser_of_both",
} as const;

/** The column of a number that facts give: the measures it is made of, and what is taken of them. */
export const leafName = (node: Expression): string => {
  switch (node._tag) {
    case "Taken": {
      const ids = node.term.measures.map(({ id }) => id).join("_and_");
      const isPlain = node.term.measures.every(({ value }) => value === "none");
      return `${ids}${node.term.take === "count" && !isPlain ? "_count" : ""}${overSuffix[node.over]}`;
    }
    case "Weighed":
      return `${node.of.id}_${node.by === "bin" ? "weighed" : "yearly"}${overSuffix[node.over]}`;
    case "DistinctOwners":
      return `${node.of.id}_reps${overSuffix[node.over]}`;
    case "Ends":
      return `${node.of.id}_${endsSuffix[node.take]}`;
    case "Due":
      return `${node.of.id}_${node.which}${node.take === "count" ? "_count" : ""}`;
    case "Target":
      return `target_of_${node.metric.replaceAll(".", "_")}`;
    default:
      throw new Error(`${node._tag} is not made of facts`);
  }
};
