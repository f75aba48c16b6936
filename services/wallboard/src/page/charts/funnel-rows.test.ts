import { expect, test } from "vitest";
import { funnelRows } from "./funnel-rows.ts";
import { englishReader, plain } from "./testing/english-reader.ts";

const told = (...stages: ReadonlyArray<readonly [stage: string, entries: number, advances: number]>) =>
  funnelRows({ stages: stages.map(([stage, entries, advances]) => ({ stage, entries, advances })) }, englishReader).map(
    ({ name, value, note = "", to }) => [name, value, plain(note), to],
  );

test("shows what came into each stage, what part of it went on, and at the end what was won", () => {
  expect(told(["qualified", 200, 100], ["proposal_sent", 80, 20])).toEqual([
    ["Qualified", "200", "↓ 50 %", 1],
    ["Proposal sent", "80", "↓ 25 %", 0.4],
    ["Won", "20", "", 0.1],
  ]);
});

test("shows a stage that more left than entered within the window as it is", () => {
  expect(told(["qualified", 10, 15])[0]?.[2]).toBe("↓ 150 %");
});

test("says nothing of a part of nothing", () => {
  expect(told(["qualified", 0, 3])).toEqual([
    ["Qualified", "0", "", 0],
    ["Won", "3", "", 1],
  ]);
});
