import { expect, test } from "vitest";
import { LeadStory } from "./testing/lead-story.ts";
import { defaultWorkspace } from "./workspace.ts";

const slas = ["lead_sla", "lead_sla_business"] as const;
/** A Friday evening. */
const created = { at: "2026-03-06T18:00", owner: "ana" };

test("the business deadline of a Friday evening is on Monday morning", () => {
  expect(new LeadStory().created(created).facts(slas, "kind", "atMs", "outcome", "owner")).toEqual([
    ["lead_sla", "2026-03-06T18:05", "missed", "ana"],
    ["lead_sla_business", "2026-03-09T09:05", "missed", "ana"],
  ]);
});

test("an answer on Saturday misses the one and meets the other", () => {
  const story = new LeadStory().created(created).activity("call", { at: "2026-03-07T10:00", owner: "ana" });
  expect(story.facts(slas, "kind", "atMs", "outcome")).toEqual([
    ["lead_sla", "2026-03-06T18:05", "missed"],
    ["lead_sla_business", "2026-03-07T10:00", "met"],
  ]);
  expect(story.facts(["lead_responded"], "durationMs", "businessMs")).toEqual([[16 * 3_600_000, 0]]);
});

test("a miss is whose the lead is before the deadline, on each clock", () => {
  const story = new LeadStory()
    .created(created)
    .stage("new", { at: "2026-03-07T10:00", owner: "bogdan" })
    .stage("contacted", { at: "2026-03-09T09:05", owner: "carla" });
  expect(story.facts(slas, "kind", "owner")).toEqual([
    ["lead_sla", "ana"],
    ["lead_sla_business", "bogdan"],
  ]);
});

test("an early touch meets both at the creation", () => {
  const story = new LeadStory().activity("call", { at: "2026-03-06T12:00", owner: "ana" }).created(created);
  expect(story.facts(slas, "atMs", "outcome")).toEqual([
    ["2026-03-06T18:00", "met"],
    ["2026-03-06T18:00", "met"],
  ]);
});

test("without business hours there is no business deadline and no fact of it", () => {
  const story = new LeadStory({ ...defaultWorkspace, businessHours: [] })
    .created(created)
    .activity("call", { at: "2026-03-06T18:01", owner: "ana" });
  expect(story.facts(slas, "kind", "outcome")).toEqual([["lead_sla", "met"]]);
});
