import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveChange, LiveState } from "@leadwire/stream";
import { beforeEach, expect, test } from "vitest";
import type { TileDefinition } from "../board/board-definition.ts";
import { createPlayedTimer } from "../testing/played-timer.ts";
import { TilePreviews } from "./tile-previews.ts";

const startMs = Date.parse("2026-03-20T10:30:15Z");
const leads = (window: string, title = "Leads"): TileDefinition => ({
  id: "leads",
  title,
  type: "number",
  place: { column: 9, row: 58, columns: 3, rows: 2 },
  metric: "new_leads",
  window,
  where: [],
  compare: "none",
  course: "none",
  format: {},
});

let timer: ReturnType<typeof createPlayedTimer>;
let listeners: Set<(change: LiveChange) => void>;
let slicesAsked: number;
let previews: TilePreviews;
beforeEach(() => {
  timer = createPlayedTimer(startMs);
  [listeners, slicesAsked] = [new Set(), 0];
  const state = new LiveState({ workspace: defaultWorkspace, catalogue, tasks: [] });
  previews = new TilePreviews({
    view: {
      state,
      plan: (question) => state.plan(question),
      answer: (plan) => {
        slicesAsked += 1;
        return state.answer(plan, timer.nowMs());
      },
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      freshness: () => ({ state: "live", completeThroughMs: null, behindRecords: 0 }),
      noteActivity: () => undefined,
    },
    catalogue,
    workspace: defaultWorkspace,
    nowMs: timer.nowMs,
    after: timer.after,
  });
});

test("a tile that is asked for again is the same one, wherever it would stand, and asks slices only for what changed", () => {
  const first = previews.at(leads("30d"));
  const moved = { ...leads("30d"), place: { column: 0, row: 0, columns: 3, rows: 2 } };
  expect(previews.at(moved)).toEqual(first);
  expect(slicesAsked).toBe(1);
  const told = new LiveChange();
  told.fromDayMs.set("leads_created", startMs);
  told.fromHourMs.set("leads_created", startMs);
  for (const listener of listeners) listener(told);
  previews.at(leads("30d"));
  expect(slicesAsked).toBe(2);
});

test("without an editor nothing is remembered and nothing listened to", () => {
  expect(listeners.size).toBe(0);
  previews.at(leads("30d"));
  timer.advance(20_000);
  previews.at(leads("30d"));
  timer.advance(25_000);
  expect(listeners.size).toBe(1);
  timer.advance(60_000);
  expect(listeners.size).toBe(0);
});

test("of more tiles than are kept, the one that was asked for longest ago is made anew", () => {
  for (let index = 0; index < 65; index++) previews.at(leads("30d", `Leads ${index}`));
  const before = slicesAsked;
  previews.at(leads("30d", "Leads 64"));
  expect(slicesAsked).toBe(before);
  previews.at(leads("30d", "Leads 0"));
  expect(slicesAsked).toBe(before + 1);
});

test("a tile that can stand on no board says why", () => {
  expect(previews.at(leads("yesterday"))).toEqual({ reasons: [expect.stringMatching(/expected/u)] });
  expect(listeners.size).toBe(0);
});
