import { dimensions } from "@leadwire/funnel";
import { generationDatabase } from "./model/database.ts";
import { factColumns, factsLatestTable } from "./model/fact-tables.ts";

/** The facts that hold in one generation, to be read from in the place of the view `facts`, whatever serves. */
export const generationFacts = (generation: string): string =>
  `(SELECT *, duration_ms / 1000 AS duration_s FROM ${generationDatabase(generation)}.${factsLatestTable.name} FINAL WHERE present = 1)`;

const dimensionNames: ReadonlySet<string> = new Set(dimensions);

/** A tuple: alone, a column that is null would make the whole hash null. */
const core = `toString(tuple(${factColumns.flatMap(({ name }) => (dimensionNames.has(name) ? [] : [`\`${name}\``])).join(", ")}))`;

/**
 * By kind, how many facts a generation has, a sum of hashes over all that is in them but their dimensions, and one over
 * each dimension with their ids: two generations with equal sums have equal facts. Rows: kind, count, the facts' sum, and
 * a sum for each dimension in their order.
 */
export const factSumsSql = (generation: string): string => {
  const sums = dimensions.map((name) => `toString(sum(cityHash64(fact_id, toString(${name}))))`);
  return `SELECT kind, toString(count()), toString(sum(cityHash64(${core}))), ${sums.join(", ")}
FROM ${generationFacts(generation)} GROUP BY kind ORDER BY kind`;
};
