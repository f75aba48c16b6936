import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi, type KpiContext } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { stampBatch } from "@leadwire/log";
import { type LiveChange, LiveState } from "@leadwire/stream";
import { Driver } from "@leadwire/stream/testing";
import {
  type BoardView,
  boardDimensions,
  boardTiles,
  createLiveBoardSource,
  type EventFeed,
} from "@leadwire/wallboard";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { randomCompany } from "./random-company.ts";

const seeds = Array.from({ length: 8 }, (_, n) => n + 1);
const noFeed: EventFeed = { events: () => [], onChange: () => () => undefined, onActivity: () => undefined };

/** A live view without a log: told all slices by `tell`, at a time that is played. */
const playedView = (workspace: Workspace) => {
  const state = new LiveState({ workspace, catalogue, dimensions: boardDimensions, tasks: [] });
  const listeners = new Set<(change: LiveChange) => void>();
  const clock = { nowMs: 0 };
  const announce = (): void => {
    const change = state.takeChange();
    if (change !== undefined) for (const listener of listeners) listener(change);
  };
  const view: BoardView = {
    state,
    plan: (question) => state.plan(question),
    askChecked: (question) => state.answer(state.plan(question), clock.nowMs),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    freshness: () => state.freshness(clock.nowMs, true),
    noteActivity: () => {
      state.noteActivity();
      announce();
    },
  };
  const tell = (driver: Driver): void => {
    for (const task of driver.tasks.values()) {
      task.restateSlices();
      for (const { topic, batch } of task.takeOutput()) {
        if (!topic.startsWith("leadwire.metrics")) continue;
        stampBatch(batch, 0, 0);
        state.applyBatches(batch, 0);
      }
    }
    announce();
  };
  return { view, clock, tell };
};

const boardOf = (view: BoardView, workspace: Workspace, clock: { readonly nowMs: number }) =>
  createLiveBoardSource({ view, eventFeed: noFeed, catalogue, workspace, nowMs: () => clock.nowMs });

test.each(seeds)("a board that remembers shows what a new one would (company %i)", (seed) => {
  const { workspace, events } = randomCompany(seed);
  const driver = new Driver(workspace, catalogue.measures, 2);
  const { view, clock, tell } = playedView(workspace);
  const remembering = boardOf(view, workspace, clock);
  const steps = 12;
  const size = Math.ceil(events.length / steps);
  let changes = 0;
  let before = "";
  for (let step = 0; step < steps; step += 1) {
    const fed = events.slice(step * size, (step + 1) * size);
    driver.feed(fed);
    clock.nowMs = Math.max(clock.nowMs, ...fed.map(({ appendTimeMs }) => appendTimeMs)) + 1;
    tell(driver);
    for (const waitMs of [0, 45_000, 7_200_000]) {
      clock.nowMs += waitMs;
      const snapshot = remembering.snapshot();
      const anew = boardOf(view, workspace, clock).snapshot();
      for (const [index, tile] of snapshot.tiles.entries()) {
        expect(JSON.stringify(tile)).toBe(JSON.stringify(anew.tiles[index]));
      }
      expect(snapshot.leaderboards).toEqual(anew.leaderboards);
      const text = JSON.stringify(snapshot.tiles);
      if (text !== before) changes += 1;
      before = text;
    }
  }
  expect(changes).toBeGreaterThan(steps / 2);
});

test.each(seeds)("a board's tiles and lists are those of the command line (company %i)", async (seed) => {
  const { workspace, events } = randomCompany(seed);
  const driver = new Driver(workspace, catalogue.measures, 3);
  driver.feed(events);
  const { view, clock, tell } = playedView(workspace);
  clock.nowMs = Math.max(...events.map(({ appendTimeMs }) => appendTimeMs)) + 61_007;
  tell(driver);
  view.noteActivity();
  const calendar = new ZoneCalendar(workspace.timeZone);
  const edgeMs = calendar.minuteCeilMs(clock.nowMs + 1);
  const context: KpiContext = {
    catalogue,
    workspace,
    calendar,
    source: arraySource(driver.facts()),
    meta: { completeThroughMs: null, hasActivity: true },
  };
  const told = async (metric: string, window: string, atMs: number, by: ReadonlyArray<string> = []) => {
    const answers = await evaluateKpi({ metric, window, atMs, by }, context);
    if (isLeft(answers)) throw new Error(answers.left.message);
    return answers.right;
  };
  const board = boardOf(view, workspace, clock).snapshot();
  for (const [index, { metric, window }] of boardTiles.entries()) {
    const tile = board.tiles[index];
    const [expected] = window === "now" ? await told(metric, "all", edgeMs) : await told(metric, window, edgeMs - 1);
    expect(tile?.value, metric).toBe(expected?.value);
    expect(tile?.flags).not.toContain("not_served");
    if (tile?.numerator !== undefined) expect(tile.numerator, metric).toBe(expected?.numerator);
  }
  const sales = await told("sales", "month", edgeMs - 1, ["owner"]);
  const rows = board.leaderboards[0]?.rows ?? [];
  for (const { name, value } of rows) {
    expect(value, name).toBe(sales.find(({ group }) => group.owner === name)?.value);
  }
  expect(rows.length).toBe(Math.min(10, sales.filter(({ value }) => value !== 0).length));
});
