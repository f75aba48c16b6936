import { left, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import type { Restatement } from "../reports/restatements/restatements.ts";
import { askRestatements } from "./board-questions.ts";

const question = { metric: "sales", period: "month", window: "2026-03", since: "2026-04-01T00:00:00.000Z" } as const;
const restatement = (stated: Partial<Restatement>): Restatement => ({
  period: "2026-03",
  metric: "sales",
  unit: "money",
  before: { value: 100 },
  after: { value: 90 },
  at: "2026-05-01T10:00:00.000Z",
  event_count: 1,
  events: [{ type: "deal-closed", source: "crm", id: "e1", occurred_at: "2026-03-30T10:00:00.000Z" }],
  ...stated,
});
const asked = (...restatements: ReadonlyArray<Restatement>) =>
  askRestatements(async () => right({ restatements }))(question);

test("the newest change is told with what caused it", async () => {
  expect(await asked(restatement({}), restatement({ period: "2026-02" }))).toEqual({
    before: 100,
    after: 90,
    atMs: Date.parse("2026-05-01T10:00:00Z"),
    period: "2026-03",
    causes: ["crm/e1"],
  });
  expect((await asked(restatement({ backfill: "b1" })))?.causes).toEqual(["backfill:b1"]);
  expect(await asked()).toBeUndefined();
});

test("an import that tells history for the first time is no restatement; a late event is, also from nothing", async () => {
  const first = restatement({ backfill: "b1", before: { value: 0 } });
  expect(await asked(first, restatement({ backfill: "b2", before: { value: null } }))).toBeUndefined();
  expect((await asked(first, restatement({ before: { value: 0 } })))?.before).toBe(0);
});

test("a question that the report refuses rejects, and says why", async () => {
  const refused = askRestatements(async () => left({ _tag: "BadWindow", message: "2026-13 is no window" }));
  await expect(refused(question)).rejects.toThrow("restatements of sales: 2026-13 is no window");
});
