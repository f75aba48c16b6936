import { defaultWorkspace, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { responseDeadline } from "./waiting-source.ts";

const berlin: Workspace = { ...defaultWorkspace, timeZone: "Europe/Berlin", responseSlaMs: 15 * 60_000 };
const dueOf = (workspace: Workspace, created: string): string | null => {
  const dueMs = responseDeadline(workspace, new ZoneCalendar(workspace.timeZone))(Date.parse(created));
  return dueMs === null ? null : new Date(dueMs).toISOString();
};

test("an answer is due after so much business time: over the night, the weekend and a change of clocks", () => {
  // Friday 16:50, when it closes at 17:00: ten minutes then, five on Monday, an hour earlier by UTC since Sunday.
  expect(dueOf(berlin, "2026-03-27T15:50:00Z")).toBe("2026-03-30T07:05:00.000Z");
  expect(dueOf(berlin, "2026-03-28T11:00:00Z")).toBe("2026-03-30T07:15:00.000Z");
  expect(dueOf(berlin, "2026-03-30T10:00:00Z")).toBe("2026-03-30T10:15:00.000Z");
});

test("without business hours the clock counts", () => {
  expect(dueOf({ ...berlin, businessHours: [] }, "2026-03-28T22:55:00Z")).toBe("2026-03-28T23:10:00.000Z");
});

test("where nobody works for years, nothing is due", () => {
  const holidays = Array.from({ length: 2_000 }, (_, n) => 20_500 + n);
  expect(dueOf({ ...berlin, holidays }, "2026-03-28T22:55:00Z")).toBeNull();
});
