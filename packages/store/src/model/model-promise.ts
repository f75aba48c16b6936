import type { SchemaView } from "./schema-text.ts";

/** What a version of the model promises: the names of views, how they are called, and their columns with their types. */
export type PromisedViews = Readonly<
  Record<string, { readonly call?: string; readonly columns: Readonly<Record<string, string>> }>
>;

/** The promise of the views as they are. */
export const modelPromise = (views: ReadonlyArray<SchemaView>): PromisedViews =>
  Object.fromEntries(
    views.map(({ name, call, columns }) => [
      name,
      {
        ...(call === undefined ? {} : { call }),
        columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
      },
    ]),
  );

/** A promise with what has been added since; what has gone or changed stays promised, and a test tells of it. */
export const mergedPromise = (promised: PromisedViews, current: PromisedViews): PromisedViews =>
  Object.fromEntries(
    Object.entries({ ...promised, ...current }).map(([name, view]) => {
      const held = promised[name];
      return [name, held === undefined ? view : { ...held, columns: { ...view.columns, ...held.columns } }];
    }),
  );
