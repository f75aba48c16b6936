import { expect, test } from "vitest";
import type { Reader } from "../../reader.ts";
import { readerGrants } from "./reader-grants.ts";
import { rowFilters } from "./row-filters.ts";

const where: Reader["where"] = [
  ["team", "North"],
  ["owner", "ana"],
  ["team", "it's"],
];

test("of one dimension any of its values, of several dimensions all", () => {
  const filters = rowFilters({ id: "t-1", where }, ["0a"]);
  expect(filters.find(({ table }) => table === "facts_latest")).toEqual({
    database: "leadwire_g_0a",
    table: "facts_latest",
    condition: "team IN ('North', 'it\\x27s') AND owner IN ('ana')",
  });
});

test("every table of facts and events is filtered, in every generation and on every server of a cluster", () => {
  const filters = rowFilters({ id: "t-1", where }, ["0a", "1b"]);
  expect(filters.map(({ database, table }) => `${database}.${table}`).sort()).toEqual([
    ...["0a", "1b"].flatMap((generation) =>
      ["fact_history", "fact_history_local", "facts_latest", "facts_latest_local"].map(
        (table) => `leadwire_g_${generation}.${table}`,
      ),
    ),
    ...["events", "events_latest", "events_latest_local", "events_local"].map((table) => `leadwire_log.${table}`),
  ]);
});

test("no table is granted to a filtered reader that has no filter, but those that show no rows of anybody's", () => {
  const reader = { id: "t-1", where };
  const filtered = new Set(rowFilters(reader, ["0a"]).map(({ database, table }) => `${database}.${table}`));
  const granted = readerGrants(reader, ["0a"]).flatMap(
    (grant) => /^GRANT SELECT ON (leadwire_\S+)/.exec(grant)?.[1] ?? [],
  );
  expect(granted.filter((table) => !filtered.has(table))).toEqual([
    "leadwire_g_0a.versions_as_of",
    "leadwire_g_0a.versions_of_kind_as_of",
  ]);
  expect(granted.length).toBe(filtered.size + 2);
});

test("a deal's lines of another product are not shown", () => {
  const [, , , , event] = rowFilters({ id: "t-1", where: [["product", "Basic"]] }, ["0a"]);
  expect(event?.condition).toContain("arrayAll(each -> each IN ('Basic'), lines.product)");
});

test("a reader without filters has no policies", () => {
  expect(rowFilters({ id: "t-1", where: [] }, ["0a"])).toEqual([]);
});

test("a dimension that does not exist is refused, not left out", () => {
  expect(() => rowFilters({ id: "t-1", where: [["country", "RO"]] }, ["0a"])).toThrow('no dimension "country"');
});
