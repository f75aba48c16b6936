import type { Workspace } from "@leadwire/funnel";
import { type Catalogue, modelViews } from "@leadwire/kpis";
import { allowedFunctions } from "@leadwire/query";
import { companyViews, modelSchema, type SchemaView } from "@leadwire/store";
import type { ConsoleOptions, ConsoleView } from "@leadwire/wallboard";

/** The parameters of a call such as `kpi_sales(by = '', at = …)`, each with what stands there to begin with. */
export const parametersOf = (call: string): ConsoleView["parameters"] =>
  [...call.matchAll(/(\w+) = ('(?:[^'\\]|\\.)*'|[^,)]+)/gu)].map(([, name = "", example = ""]) => [
    name,
    example.trim() === "…" ? "''" : example.trim(),
  ]);

const consoleView = ({ name, layer, comment, call, columns }: SchemaView): ConsoleView => ({
  name,
  layer,
  comment,
  parameters: call === undefined ? [] : parametersOf(call),
  columns: columns.map((column) => ({ name: column.name, type: column.type, comment: column.comment })),
});

/** ClickHouse lists functions without what can be put behind their names: with a condition people write these. */
const conditional = "count sum avg min max any uniq uniqExact quantile median argMax argMin groupArray"
  .split(" ")
  .map((name) => `${name}If`);

/** What the console completes and lists: the views of all layers, and the functions that the gate lets through. */
export const consoleSchema = (catalogue: Catalogue, workspace: Workspace): ConsoleOptions["schema"] => ({
  timeZone: workspace.timeZone,
  views: modelSchema(modelViews(catalogue, workspace)).map(consoleView),
  functions: [...conditional, ...allowedFunctions],
  companyViews,
});
