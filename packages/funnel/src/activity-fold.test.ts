import { expect, test } from "vitest";
import { LeadStory } from "./testing/lead-story.ts";
import { defaultWorkspace } from "./workspace.ts";

const placed = { ...defaultWorkspace, people: [{ rep: "bogdan", team: "south", region: "East" }] };

test("an activity is its rep's, in the team last stated with them before, else where the people list has them", () => {
  const story = new LeadStory(placed)
    .created({ at: "2026-03-02T08:00", owner: "ana", team: "north", channel: "web" })
    .activity("email", { at: "2026-03-02T09:00", owner: "ana" })
    .activity("call", { at: "2026-03-02T10:00", owner: "bogdan" }, "inbound")
    .stage("new", { at: "2026-03-02T11:00", owner: "bogdan", team: "west" })
    .activity("message", { at: "2026-03-02T12:00", owner: "bogdan" })
    .activity("email", { at: "2026-03-02T13:00", owner: "ana" }, "automated");
  expect(story.facts(["activity"], "outcome", "owner", "team", "region", "channel", "account")).toEqual([
    ["email", "ana", "north", "", "web", "L"],
    ["call", "bogdan", "south", "East", "web", "L"],
    ["message", "bogdan", "west", "East", "web", "L"],
    ["automated", "ana", "north", "", "web", "L"],
  ]);
});

test("the first meeting counts human touches before it, whenever they were", () => {
  const story = new LeadStory()
    .activity("call", { at: "2026-02-01T10:00", owner: "ana" })
    .created({ at: "2026-03-02T08:00", owner: "ana" })
    .activity("email", { at: "2026-03-02T09:00", owner: "ana" }, "automated")
    .activity("meeting_booked", { at: "2026-03-02T10:00", owner: "bogdan" })
    .activity("email", { at: "2026-03-02T10:30", owner: "client" }, "inbound")
    .activity("meeting_held", { at: "2026-03-03T10:00", owner: "bogdan" })
    .activity("call", { at: "2026-03-04T10:00", owner: "ana" })
    .activity("meeting_held", { at: "2026-03-05T10:00", owner: "bogdan" });
  expect(story.facts(["first_meeting"], "atMs", "units", "bin", "owner")).toEqual([["2026-03-03T10:00", 2, 2, "ana"]]);
});

test("a lead that nobody created has a first meeting too", () => {
  const story = new LeadStory().activity("meeting_held", { at: "2026-03-03T10:00", owner: "ana" }, "inbound");
  expect(story.facts(["first_meeting"], "units", "owner", "channel")).toEqual([[0, "", ""]]);
});
