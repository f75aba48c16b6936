import { expect, test } from "vitest";
import { LeadStory } from "./testing/lead-story.ts";

const day = 20_600;

test("a win carries its cycle on both clocks and its term", () => {
  const story = new LeadStory()
    .created({ at: "2026-03-06T16:00" })
    .closed("won", { at: "2026-03-09T10:00", amountMinor: 900, termMonths: 24 });
  expect(story.facts(["deal_closed"], "outcome", "amountMinor", "durationMs", "businessMs", "termMonths")).toEqual([
    ["won", 900, 66 * 3_600_000, 2 * 3_600_000, 24],
  ]);
});

test("a loss without an amount lost what was open, latest stated or expected", () => {
  const lost = (amountMinor: number | undefined) => {
    const story = new LeadStory()
      .created({ at: "2026-03-02T08:00", amountMinor: 700 })
      .stage("proposal", { at: "2026-03-02T10:00", ...(amountMinor === undefined ? {} : { amountMinor }) })
      .closed("lost", { at: "2026-03-03T10:00", termMonths: 12, recurringMinor: 100 });
    return story.facts(["deal_closed", "contract"], "kind", "outcome", "amountMinor", "termMonths");
  };
  expect(lost(undefined)).toEqual([["deal_closed", "lost", 700, Number.NaN]]);
  expect(lost(500)).toEqual([["deal_closed", "lost", 500, Number.NaN]]);
  expect(lost(0)).toEqual([["deal_closed", "lost", 0, Number.NaN]]);
});

test("a recurring amount makes a contract of its term, else of twelve months, until the win is taken back", () => {
  const won = (termMonths?: number) =>
    new LeadStory().created({ at: "2026-03-02T08:00", owner: "ana" }).closed("won", {
      at: "2026-03-03T10:00",
      amountMinor: 9000,
      recurringMinor: 6000,
      ...(termMonths === undefined ? {} : { termMonths }),
    });
  const contracts = (story: LeadStory) => story.facts(["contract"], "outcome", "amountMinor", "bin", "owner");
  expect(contracts(won(36))).toEqual([["stated", 6000, 36, "ana"]]);
  expect(contracts(won())).toEqual([["no_term", 6000, 12, "ana"]]);
  expect(contracts(won().stage("proposal", { at: "2026-03-04T10:00" }))).toEqual([]);
});

test("a cohort's opportunity is at its first one, and not before the creation", () => {
  const cohort = (story: LeadStory) => story.facts(["cohort_opportunity"], "atMs", "cohortAtMs", "owner");
  const createdAtMs = Date.parse("2026-03-02T08:00Z");
  const story = () => new LeadStory().created({ at: "2026-03-02T08:00", owner: "ana" });
  expect(
    cohort(
      story()
        .stage("negotiation", { at: "2026-03-03T10:00", owner: "bogdan" })
        .stage("proposal", { at: "2026-03-04T10:00", deal: "d2" }),
    ),
  ).toEqual([["2026-03-03T10:00", createdAtMs, "ana"]]);
  expect(cohort(story().stage("proposal", { at: "2026-03-01T10:00" }))).toEqual([
    ["2026-03-02T08:00", createdAtMs, "ana"],
  ]);
  expect(cohort(new LeadStory().stage("proposal", { at: "2026-03-01T10:00" }))).toEqual([]);
});

test("an open deal stands under its stage's chance and the day it is expected to close on, and moves with them", () => {
  const story = new LeadStory()
    .created({ at: "2026-03-02T08:00", dueDay: day })
    .stage("proposal", { at: "2026-03-03T10:00", amountMinor: 100 })
    .stage("proposal", { at: "2026-03-04T10:00", dueDay: day + 7 })
    .stage("negotiation", { at: "2026-03-05T10:00" })
    .stage("negotiation", { at: "2026-03-06T10:00", dueDay: day + 7 });
  expect(story.facts(["deal_pipeline"], "atMs", "count", "amountMinor", "bin", "dueAtMs", "stage")).toEqual([
    ["2026-03-03T10:00", 1, 100, 5000, day * 86_400_000, "proposal"],
    ["2026-03-04T10:00", -1, -100, 5000, day * 86_400_000, "proposal"],
    ["2026-03-04T10:00", 1, 100, 5000, (day + 7) * 86_400_000, "proposal"],
    ["2026-03-05T10:00", -1, -100, 5000, (day + 7) * 86_400_000, "proposal"],
    ["2026-03-05T10:00", 1, 100, 7500, (day + 7) * 86_400_000, "negotiation"],
  ]);
});
