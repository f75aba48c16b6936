import { expect, test } from "vitest";
import type { NumberDifference, RebuildDifferences } from "../engine/rebuild/rebuild-differences.ts";
import { differencesText } from "./rebuild-text.ts";

const same: RebuildDifferences = {
  before: "a",
  after: "b",
  at: "2026-04-01T00:00:00.000Z",
  facts: [],
  numbers: [],
  compared: 0,
};
const leads = (
  group: Readonly<Record<string, string>>,
  before: number | null,
  after: number | null,
): NumberDifference => ({
  metric: "new_leads",
  window: "all",
  group,
  unit: "leads",
  before,
  after,
});

test("says that nothing differs", () => {
  expect(differencesText(same, "UTC")).toBe("Nothing differs: generation b has the same facts and the same numbers.\n");
});

test("shows the company, and of the groups those that move most, also those that come and go", () => {
  const changed: RebuildDifferences = {
    ...same,
    facts: [{ kind: "lead_created", before: 1_200, after: 1_205 }],
    numbers: [
      leads({ team: "north" }, 5, 6),
      leads({ team: "south" }, 10, 30),
      leads({ team: "west" }, null, 4),
      leads({ team: "east" }, 7, 9),
      leads({}, 22, 49),
      { ...leads({}, 0.5, 0.25), metric: "win_rate", unit: "ratio" },
    ],
    compared: 80,
  };
  const text = differencesText(changed, "Europe/Bucharest");
  expect(text.split("\n").map((line) => line.trimEnd())).toEqual([
    "kinds that differ  facts before  facts after",
    "─────────────────  ────────────  ───────────",
    "lead_created              1,200        1,205",
    "",
    "6 of 80 numbers compared differ, at 2026-04-01 03:00 (Europe/Bucharest). The 3 groups of each that",
    "move most are shown; --json has all.",
    "",
    "metric     window  of           before    after  difference",
    "─────────  ──────  ──────────  ───────  ───────  ──────────",
    "new_leads  all     company          22       49         +27",
    "new_leads  all     team west         –        4           –",
    "new_leads  all     team south       10       30         +20",
    "new_leads  all     team east         7        9          +2",
    "win_rate   all     company     50.00 %  25.00 %   -25.00 pp",
    "",
  ]);
});
