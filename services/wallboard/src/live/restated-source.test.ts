import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveState } from "@leadwire/stream";
import { expect, test } from "vitest";
import type { NumberTile, TileDefinition } from "../board/board-definition.ts";
import type { Restated, TileData } from "../board/tile-data.ts";
import { withRestated } from "./restated-source.ts";
import type { RestatementQuestion } from "./tile-ports.ts";
import type { TileContext } from "./tile-source.ts";

const state = new LiveState({ workspace: defaultWorkspace, catalogue, tasks: [] });
const view: TileContext["view"] = {
  state,
  plan: (question) => state.plan(question),
  answer: (plan) => state.answer(plan, 0),
  onChange: () => () => undefined,
  freshness: () => state.freshness(0, true),
  noteActivity: () => undefined,
};
const base = { id: "t", place: { column: 0, row: 0, columns: 2, rows: 2 }, format: {} };
const number = (window: string, stated: Partial<NumberTile> = {}): NumberTile => ({
  ...base,
  type: "number",
  metric: "sales",
  window,
  where: [],
  compare: "none",
  course: "none",
  ...stated,
});
const restated: Restated = { before: 1, after: 2, atMs: 5, causes: ["crm/e1"] };
const nowMs = Date.parse("2026-05-20T10:00:00Z");

/** A tile with a mark, what was asked, and how to let the answer arrive. */
const marked = (definition: TileDefinition) => {
  const asked: Array<RestatementQuestion> = [];
  const data = { id: "t", type: "text", changedAtMs: null, source: "live", flags: [] } as const satisfies TileData;
  const source = withRestated({ definition, at: () => data }, definition, {
    view,
    catalogue,
    workspace: defaultWorkspace,
    changed: () => undefined,
    askRestatements: async (question) => {
      asked.push(question);
      return restated;
    },
  });
  return { source, asked, data };
};
const arrived = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a closed period is asked about once a minute and marked, without a new object for every frame", async () => {
  const { source, asked, data } = marked(number("2026-Q1"));
  expect(source.at(nowMs)).toEqual(data);
  await arrived();
  const shown = source.at(nowMs + 1_000);
  expect(shown).toEqual({ ...data, restated });
  expect(source.at(nowMs + 59_999)).toBe(shown);
  expect(source.dueMs?.()).toBe(nowMs + 60_000);
  expect(asked).toEqual([{ metric: "sales", period: "quarter", window: "2026-Q1", since: "2026-04-01T00:00:00.000Z" }]);
  source.at(nowMs + 60_000);
  expect(asked).toHaveLength(2);
});

test("the months of a chart that are over are asked about together", async () => {
  const bars = { ...base, type: "bar", metric: "sales", where: [], unit: "month", points: 4 } as const;
  const { source, asked } = marked(bars);
  source.at(nowMs);
  await arrived();
  const since = "2026-02-01T00:00:00.000Z";
  expect(asked).toEqual([{ metric: "sales", period: "month", window: `${since}..2026-05-01T00:00:00.000Z`, since }]);
  expect(source.at(nowMs).restated).toEqual(restated);
});

test("nothing is asked about what is not closed, or not the company's", async () => {
  const filtered: NumberTile["where"] = [["team", "north"]];
  const open = [
    number("30d"),
    number("month"),
    number("2026-05"),
    number("2026-W03"),
    number("2026-Q1", { where: filtered }),
  ];
  for (const definition of open) {
    const { source, asked } = marked(definition);
    source.at(nowMs);
    await arrived();
    expect(asked, JSON.stringify(definition)).toEqual([]);
    expect(source.at(nowMs).restated).toBeUndefined();
  }
});
