import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../catalogue/index.ts";
import { metricPages } from "./metric-page.ts";

const folder = new URL("../../../../docs/metrics/", import.meta.url);
const fix = "run: node packages/kpis/catalogue/write-docs.ts";

test("docs/metrics is what the catalogue says, page for page", () => {
  const pages = metricPages(catalogue);
  expect(readdirSync(folder).sort(), fix).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(new URL(name, folder), "utf8"), `${name}: ${fix}`).toBe(text);
});

test("a page names formula, example, SQL and where the number misleads", () => {
  const page = metricPages(catalogue).get("win_rate.md") ?? "";
  expect(page).toContain("(count of `deal_closed` (won)) / (count of `deal_closed` (won, lost, no_decision))");
  expect(page).toContain("3 / 5 = 0.6");
  expect(page).toContain("FROM leadwire.facts");
  expect(page).toContain("Rata de câștig");
});
