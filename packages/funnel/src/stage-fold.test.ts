import { expect, test } from "vitest";
import { LeadStory } from "./testing/lead-story.ts";
import { defaultWorkspace } from "./workspace.ts";

const hourMs = 3_600_000;
const moved = ["stage_entered", "stage_left"] as const;

test("a stage that is jumped over counts as come into and gone past, without time", () => {
  const story = new LeadStory()
    .created({ at: "2026-03-02T08:00", owner: "ana" })
    .stage("contacted", { at: "2026-03-02T10:00" })
    .stage("proposal", { at: "2026-03-03T10:00" });
  expect(story.facts(moved, "stage", "outcome", "durationMs", "businessMs", "ordinal", "owner")).toEqual([
    ["new", "skipped", Number.NaN, Number.NaN, 0, "ana"],
    ["contacted", "entered", Number.NaN, Number.NaN, 1, "ana"],
    ["new", "advanced", Number.NaN, Number.NaN, 0, "ana"],
    ["qualified", "skipped", Number.NaN, Number.NaN, 2, "ana"],
    ["proposal", "entered", Number.NaN, Number.NaN, 3, "ana"],
    ["contacted", "advanced", 24 * hourMs, 8 * hourMs, 1, "ana"],
    ["qualified", "advanced", Number.NaN, Number.NaN, 2, "ana"],
  ]);
});

test("a deal that goes back leaves as regressed, comes in again, and advances again", () => {
  const story = new LeadStory()
    .stage("qualified", { at: "2026-03-02T10:00" })
    .stage("contacted", { at: "2026-03-02T11:00" })
    .stage("qualified", { at: "2026-03-02T13:00" })
    .stage("qualified", { at: "2026-03-02T14:00" })
    .stage("proposal", { at: "2026-03-02T15:00" });
  expect(story.facts(moved, "stage", "outcome", "durationMs").slice(5)).toEqual([
    ["contacted", "again", Number.NaN],
    ["qualified", "regressed", hourMs],
    ["qualified", "again", Number.NaN],
    ["contacted", "advanced_again", 2 * hourMs],
    ["proposal", "entered", Number.NaN],
    ["qualified", "advanced", 2 * hourMs],
  ]);
});

test("a win goes past every stage", () => {
  const story = new LeadStory()
    .stage("qualified", { at: "2026-03-02T10:00" })
    .closed("won", { at: "2026-03-02T11:00" });
  expect(story.facts(moved, "stage", "outcome", "durationMs").slice(5)).toEqual([
    ["proposal", "skipped", Number.NaN],
    ["negotiation", "skipped", Number.NaN],
    ["qualified", "advanced", hourMs],
    ["proposal", "advanced", Number.NaN],
    ["negotiation", "advanced", Number.NaN],
  ]);
});

test("a loss is where the walk ends, and a reopening takes nothing of it back", () => {
  const story = new LeadStory()
    .stage("new", { at: "2026-03-02T10:00" })
    .closed("lost", { at: "2026-03-02T11:00" })
    .stage("contacted", { at: "2026-03-04T10:00" })
    .closed("no_decision", { at: "2026-03-04T11:00" });
  expect(story.facts(moved, "stage", "outcome", "durationMs")).toEqual([
    ["new", "entered", Number.NaN],
    ["new", "lost", hourMs],
    ["contacted", "entered", Number.NaN],
    ["new", "advanced", Number.NaN],
    ["contacted", "no_decision", hourMs],
  ]);
});

test("a stage of another pipeline has no place in the walk", () => {
  const pipelines = [
    ...defaultWorkspace.pipelines,
    { id: "partners", stages: [{ id: "signed", probability: 9000 }], qualifiedFrom: 0, opportunityFrom: 0 },
  ];
  const story = new LeadStory({ ...defaultWorkspace, pipelines })
    .stage("new", { at: "2026-03-02T10:00" })
    .stage("signed", { at: "2026-03-02T11:00" })
    .stage("contacted", { at: "2026-03-02T12:00" });
  expect(story.facts(moved, "stage", "outcome", "durationMs")).toEqual([
    ["new", "entered", Number.NaN],
    ["contacted", "entered", Number.NaN],
    ["new", "advanced", 2 * hourMs],
  ]);
});

test("a won deal's time in a stage is that of all its visits, and goes with the win", () => {
  const story = new LeadStory()
    .stage("new", { at: "2026-03-02T10:00" })
    .stage("contacted", { at: "2026-03-02T11:00" })
    .stage("new", { at: "2026-03-02T12:00" })
    .closed("won", { at: "2026-03-02T18:00" });
  const times = () => story.facts(["won_stage_time"], "atMs", "stage", "durationMs", "businessMs");
  expect(times()).toEqual([
    ["2026-03-02T18:00", "new", 7 * hourMs, 6 * hourMs],
    ["2026-03-02T18:00", "contacted", hourMs, hourMs],
  ]);
  story.stage("contacted", { at: "2026-03-03T10:00" });
  expect(times()).toEqual([]);
});
