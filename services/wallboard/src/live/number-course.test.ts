import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveState } from "@leadwire/stream";
import { expect, test } from "vitest";
import { MetricQuestion } from "./metric-question.ts";
import { numberCourse } from "./number-course.ts";
import type { TileContext } from "./tile-source.ts";

const state = new LiveState({ workspace: defaultWorkspace, catalogue, tasks: [] });
const context: TileContext = {
  view: {
    state,
    plan: (question) => state.plan(question),
    answer: (plan) => state.answer(plan, 0),
    onChange: () => () => undefined,
    freshness: () => state.freshness(0, true),
    noteActivity: () => undefined,
  },
  catalogue,
  workspace: defaultWorkspace,
  changed: () => undefined,
};
const courseOf = (window: string) =>
  numberCourse("days", new MetricQuestion({ metric: "sales", window, where: [] }, [], context), context);

test.each(["2026-03", "2026-Q1", "2025", "2026-W14", "2026-03-02..2026-03-05"])(
  "%s has no line of the last 30 days: they are others",
  (window) => expect(courseOf(window)).toBeUndefined(),
);

test.each(["24h", "30d", "day", "month", "year", "all"])("%s has one", (window) => {
  expect(courseOf(window)?.unit).toBe("day");
});
