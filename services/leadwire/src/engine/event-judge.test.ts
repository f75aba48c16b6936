import type { LeadCreated } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { eventJudge } from "./event-judge.ts";

const nowMs = Date.UTC(2026, 5, 15, 12);
const hourMs = 3_600_000;
const judge = eventJudge(defaultWorkspace);

const leadAt = (occurred_at: number): LeadCreated => ({
  type: "lead-created",
  event_id: "e1",
  source_system: "crm",
  occurred_at,
  revision: 0,
  voided: false,
  lead_id: "L1",
});

test.each([
  ["a day ahead", 24],
  ["an hour and a minute ahead", 61 / 60],
])("a producer whose clock is %s is refused by the field's name", (_what, hours) => {
  expect(judge(leadAt(nowMs + hours * hourMs), nowMs)).toMatchObject({
    reason: "in_future",
    detail: expect.stringContaining("occurred_at"),
  });
});

test.each([
  ["just ahead", 1],
  ["a day behind", -24],
  ["years behind", -24 * 365 * 20],
])("a producer whose clock is %s is taken at its word: its event is late at most", (_what, hours) => {
  expect(judge(leadAt(nowMs + hours * hourMs), nowMs)).toBeNull();
});
