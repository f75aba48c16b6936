import { flag, listOf, named, object, oneOf, type Schema, said, text } from "./schema.ts";

/** What can be put on a board. */
export const catalogueSchemas: Readonly<Record<string, Schema>> = {
  Catalogue: object({ lang: said(text, "BCP 47, of the names."), metrics: listOf(named("CatalogueMetric")) }),
  CatalogueMetric: object(
    {
      metric: said(text, "As a board's file says it."),
      name: text,
      line: said(text, "What it is, in one line."),
      unit: text,
      better: oneOf("higher", "lower", "neither"),
      level: said(flag, "How things stand at an instant: its window is `now`."),
      dimensions: listOf(text),
      windows: listOf(text),
    },
    { statistic: text },
  ),
};
