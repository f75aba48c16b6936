import type { ModelView } from "@leadwire/kpis";
import { asOfViews } from "./as-of-views.ts";
import { viewDatabase } from "./database.ts";
import { singleLayout } from "./layout.ts";
import { modelVersion, modelView } from "./model-version.ts";
import type { Column, View } from "./table.ts";
import { type Layer, layers, layersOf, viewsOf } from "./views.ts";

/** A view as people are told of it. */
export interface SchemaView {
  readonly name: string;
  readonly layer: Layer;
  readonly comment: string;
  /** How it is written after FROM, of one that is asked like a function. */
  readonly call?: string;
  readonly columns: ReadonlyArray<Column>;
}

/** Whatever generation and zone: names, types and comments do not depend on them. */
const source = { database: "leadwire_g_0", timeZone: "UTC" };

const toldOf =
  (layer: Layer) =>
  (view: Omit<SchemaView, "layer">): SchemaView => ({
    name: view.name,
    layer,
    comment: view.comment,
    ...(view.call === undefined ? {} : { call: view.call }),
    columns: view.columns,
  });

/**
 * Every view that people can ask, in the order of the layers, for `--json`, completion and documentation. `metrics`: the
 * views of the catalogue's metrics (`modelViews`).
 */
export const modelSchema = (metrics: ReadonlyArray<ModelView>): ReadonlyArray<SchemaView> => {
  const plain = layersOf(source);
  return [
    ...plain.events.map(toldOf("events")),
    ...[...plain.facts, ...asOfViews(singleLayout, source.database)].map(toldOf("facts")),
    ...[...plain.metrics, ...metrics].map(toldOf("metrics")),
    ...[...plain.engine, modelView("")].map(toldOf("engine")),
  ];
};

/** The views without parameters that stand on tables, with all of their columns. */
export const schemaViews = (): ReadonlyArray<Omit<View, "select">> =>
  viewsOf(source).map(({ name, comment, columns }) => ({ name, comment, columns }));

/** An enumeration's names without their numbers: those are storage. */
const shortType = (type: string): string =>
  type.startsWith("Enum8")
    ? "Enum"
    : type.replace("LowCardinality(Nullable(String))", "Nullable(String)").replace("LowCardinality(String)", "String");

const viewText = ({ name, call, comment, columns }: SchemaView): string => {
  const nameWidth = Math.max(...columns.map((each) => each.name.length));
  const typeWidth = Math.min(32, Math.max(...columns.map(({ type }) => shortType(type).length)));
  const lines = columns.map(
    (each) => `  ${each.name.padEnd(nameWidth)}  ${shortType(each.type).padEnd(typeWidth)}  ${each.comment}`,
  );
  return [`${viewDatabase}.${call ?? name}`, `  ${comment}.`, "", ...lines].join("\n");
};

const layerTexts: Readonly<Record<Layer, string>> = {
  events:
    "EVENTS: what was reported. One view for each type, with its own fields; events holds all of them side by side.",
  facts: "FACTS: what follows from the events, with every dimension. Money is in minor units (cents), times are UTC.",
  metrics:
    "METRICS: each number of the catalogue, kpi_NAME_window(…) for a window and kpi_NAME_daily by day. Never add up their values.",
  engine: "THE ENGINE: what became of each record, alerts, and which version of this model this is.",
};

/** The metrics by name only: hundreds of views that are alike. */
const metricLines = (views: ReadonlyArray<SchemaView>): string => {
  const ofCatalogue = views.filter(({ name }) => /^kpi_.*_window$/u.test(name));
  const days = new Set(views.filter(({ name }) => name.endsWith("_daily")).map(({ name }) => name));
  const width = Math.max(...ofCatalogue.map(({ name }) => name.length));
  return ofCatalogue
    .map(({ name, comment }) => {
      const daily = days.has(name.replace(/_window$/u, "_daily")) ? "" : " No _daily: plans are for months and more.";
      return `  ${name.padEnd(width)}  ${comment.replace(", over a window in the words of the command line", "")}.${daily}`;
    })
    .join("\n");
};

const isOfCatalogue = ({ name }: SchemaView): boolean => name.startsWith("kpi_");

const layerText = (layer: Layer, views: ReadonlyArray<SchemaView>): string => {
  const ofCatalogue = views.filter(isOfCatalogue);
  const shown = views.filter((view) => !isOfCatalogue(view)).map(viewText);
  const [window] = ofCatalogue.filter(({ name }) => name.endsWith("_window"));
  const [daily] = ofCatalogue.filter(({ name }) => name.endsWith("_daily"));
  const examples = [window, daily].flatMap((each) => (each === undefined ? [] : [viewText(each)]));
  return [
    layerTexts[layer],
    ...shown,
    ...(ofCatalogue.length === 0 ? [] : [...examples, `The others are alike:\n\n${metricLines(ofCatalogue)}`]),
  ].join("\n\n");
};

const isLayer = (name: string): name is Layer => layers.some((layer) => layer === name);

/** The views that `npx leadwire sql` can ask, by their layers, with every column, its type and its meaning. */
export const schemaText = (metrics: ReadonlyArray<ModelView>): string => {
  const all = modelSchema(metrics);
  const texts = layers.map((layer) =>
    layerText(
      layer,
      all.filter((view) => view.layer === layer),
    ),
  );
  return `Model version ${modelVersion}. All names are in the database ${viewDatabase}.\n\n${texts.join("\n\n")}\n`;
};

/** The same of one layer, or of one view by its name; undefined where there is none of that name. */
export const schemaTextOf = (metrics: ReadonlyArray<ModelView>, asked: string): string | undefined => {
  const all = modelSchema(metrics);
  if (isLayer(asked)) {
    const ofLayer = all.filter(({ layer }) => layer === asked);
    return `${layerText(asked, ofLayer)}\n`;
  }
  const found = all.find(({ name }) => name === asked.replace(`${viewDatabase}.`, ""));
  return found === undefined ? undefined : `${viewText(found)}\n`;
};
