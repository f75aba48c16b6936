import { dayMs, type SalesEvent } from "@leadwire/events";
import type { BoardDefinition } from "@leadwire/wallboard";
import { demoHistory } from "leadwire";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Browser,
  launchBrowser,
  openWatched,
  type WatchedPage,
} from "../../../services/wallboard/src/testing/browser.ts";
import { type PlayedEngine, startPlayedEngine } from "./played-engine.ts";
import { shownOn, toldAt } from "./shown-numbers.ts";

const hourMs = 3_600_000;
/** A Tuesday in the company's zone, ahead of ClickHouse's own clock. */
const morningMs = Date.UTC(2060, 2, 30, 6);
const day = [...demoHistory(5, morningMs - 40 * dayMs, morningMs + 12 * hourMs)];
const sentBetween = (fromMs: number, toMs: number): ReadonlyArray<SalesEvent> =>
  day.filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs < toMs).map(({ event }) => event);

/** Of slices, of one filter, and of facts: two filters, and a percentile in business hours. */
const board = `title: The day
tiles:
  - { id: new, type: number, at: 1/1 3x2, metric: new_leads, window: 24h, course: hours }
  - { id: today, type: number, at: 4/1 3x2, metric: new_leads, window: day }
  - { id: median, type: number, at: 7/1 3x2, metric: lead_response_time.p50, window: 7d }
  - { id: waiting, type: number, at: 10/1 3x2, metric: unanswered_leads }
  - { id: danube, type: number, at: 1/3 3x2, metric: win_rate, window: 30d, where: [team=Danube] }
  - { id: both, type: number, at: 4/3 3x2, metric: new_leads, window: 30d, where: [team=Danube, channel=website] }
  - { id: open, type: number, at: 7/3 3x2, metric: pipeline_value }
  - { id: quota, type: gauge, at: 10/3 3x2, metric: sales, window: month, target: plan }
  - { id: reps, type: leaderboard, at: 1/5 6x4, metric: sales, window: 30d, by: rep, rows: 10 }
  - { id: channels, type: leaderboard, at: 7/5 6x4, metric: new_leads, window: 24h, by: channel, rows: 10 }
`;

let browser: Browser;
let engine: PlayedEngine;
beforeAll(async () => {
  [browser, engine] = await Promise.all([launchBrowser(), startPlayedEngine(morningMs, { "the-day": board })]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await engine.dispose();
});

interface Watched extends WatchedPage {
  readonly board: BoardDefinition;
}

const watch = async (id: string): Promise<Watched> => {
  const board = (await (await fetch(`${engine.url()}/api/boards/${id}`)).json()) as BoardDefinition;
  const watched = await openWatched(browser);
  await watched.page.goto(`${engine.url()}/boards/${id}`);
  await watched.page.locator(".tile .fresh").first().waitFor();
  await watched.page.evaluate("window.neverLoadedAgain = true");
  return { ...watched, board };
};

/**
 * Sends what the company's systems sent until then. The clock gets there once all of it is stored: tiles that are asked
 * of facts ask anew when it jumps, and next 15 s later.
 */
const playTo = async (fromMs: number, toMs: number): Promise<void> => {
  engine.at(toMs - 60_000);
  await engine.append(sentBetween(fromMs, toMs));
  await engine.stored();
  engine.at(toMs);
};

/** Both are read again until they agree: a number that stays wrong never does. */
const expectAsToldOn = async (watched: Watched, when: string): Promise<string> => {
  const { id } = watched.board;
  for (let left = 100; ; left -= 1) {
    const shown = await shownOn(watched, watched.board);
    const told = await toldAt(engine.kpi, watched.board, engine.nowMs(), shown);
    if (JSON.stringify(shown) === JSON.stringify(told)) return JSON.stringify(shown);
    if (left === 0) expect(shown, `${id} ${when}`).toEqual(told);
    await watched.page.waitForTimeout(100);
  }
};

test("over a replayed day, with late events, a cut and a restart, every number on the page is that of `npx leadwire kpi`", async () => {
  await engine.append(sentBetween(0, morningMs));
  await engine.stored();
  const pages = [await watch("the-day"), await watch("team-floor")];
  const [cut] = pages;
  if (cut === undefined) throw new Error("there is no page");
  const seen = new Set<string>();
  const expectAllAsTold = async (when: string): Promise<void> => {
    for (const watched of pages) seen.add(await expectAsToldOn(watched, when));
  };
  await expectAllAsTold("in the morning");

  const hours = [0, 2.5, 6, 12].map((hour) => morningMs + hour * hourMs);
  for (const [index, toMs] of hours.entries()) {
    const fromMs = hours[index - 1];
    if (fromMs === undefined) continue;
    const when = `after ${(toMs - morningMs) / hourMs} hours`;
    if (index === 1) await cut.page.context().setOffline(true);
    if (index === 2) {
      await engine.end();
      await engine.begin();
    }
    await playTo(fromMs, toMs);
    await cut.page.context().setOffline(false);
    await expectAllAsTold(when);
  }

  const late = day.filter(({ event, sentAtMs }) => sentAtMs > morningMs && sentAtMs - event.occurred_at > hourMs);
  expect(late.length).toBeGreaterThan(10);
  expect(seen.size).toBe(pages.length * hours.length);
  for (const { page, complaints } of pages) {
    expect(await page.evaluate("window.neverLoadedAgain")).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  }
}, 120_000);
