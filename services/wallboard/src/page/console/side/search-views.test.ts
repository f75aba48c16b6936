import { expect, test } from "vitest";
import type { ConsoleView } from "../../../console/console-schema.ts";
import { searchViews } from "./search-views.ts";

const view = (name: string, comment: string, ...columns: ReadonlyArray<string>): ConsoleView => ({
  name,
  layer: "facts",
  comment,
  parameters: [],
  columns: columns.map((column) => ({ name: column, type: "String", comment: "" })),
});
const views = [view("leads", "One row a lead", "lead_id", "team"), view("deals", "One row a deal", "deal_id", "team")];
const found = (wanted: string) =>
  searchViews(views, wanted).map((each) => [each.view.name, each.columns.length, each.isOpen]);

test("a view is found by its name, by what is said of it, and by its columns, which are then shown alone", () => {
  expect(found("")).toEqual([
    ["leads", 2, false],
    ["deals", 2, false],
  ]);
  expect(found(" LEADS ")).toEqual([["leads", 2, false]]);
  expect(found("a deal")).toEqual([["deals", 2, false]]);
  expect(found("lead id")).toEqual([["leads", 1, true]]);
  expect(found("team")).toEqual([
    ["leads", 1, true],
    ["deals", 1, true],
  ]);
  expect(found("nothing")).toEqual([]);
});
