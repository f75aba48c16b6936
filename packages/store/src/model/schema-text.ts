import { asOfViews } from "./as-of-views.ts";
import { viewDatabase } from "./database.ts";
import { singleLayout } from "./layout.ts";
import type { View } from "./table.ts";
import { viewsOf } from "./views.ts";

const viewText = (view: View): string => {
  const nameWidth = Math.max(...view.columns.map(({ name }) => name.length));
  const typeWidth = Math.min(32, Math.max(...view.columns.map(({ type }) => shortType(type).length)));
  const lines = view.columns.map(
    ({ name, type, comment }) => `  ${name.padEnd(nameWidth)}  ${shortType(type).padEnd(typeWidth)}  ${comment}`,
  );
  return [`${viewDatabase}.${view.name}`, `  ${view.comment}.`, "", ...lines].join("\n");
};

/** An enumeration's names without their numbers: those are storage. */
const shortType = (type: string): string =>
  type.startsWith("Enum8")
    ? "Enum"
    : type.replace("LowCardinality(Nullable(String))", "Nullable(String)").replace("LowCardinality(String)", "String");

/** Views with the columns of `facts`, asked like functions. */
const asOfText = (): string =>
  asOfViews(singleLayout, "leadwire_g_0")
    .map(
      ({ call, comment }) => `${viewDatabase}.${call}\n  ${comment}. The columns are those of ${viewDatabase}.facts.`,
    )
    .join("\n\n");

/** The views that `npx leadwire sql` can ask, with every column, its type and its meaning. */
export const schemaText = (): string =>
  `${viewsOf({ database: "leadwire_g_0", timeZone: "UTC" }).map(viewText).join("\n\n")}\n\n${asOfText()}\n`;

/** The same as data, for `--json`, completion and documentation. */
export const schemaViews = (): ReadonlyArray<Omit<View, "select">> =>
  viewsOf({ database: "leadwire_g_0", timeZone: "UTC" }).map(({ name, comment, columns }) => ({
    name,
    comment,
    columns,
  }));
