import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LeaderboardData } from "./board/tile-data.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

let browser: Browser;
let server: DemoServer;

beforeAll(async () => {
  browser = await playwright.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
  });
  server = await startDemoServer();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Opens a board, lets `use` look at it, and holds that the browser complained of nothing. */
const onBoard = async (
  id: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> => {
  const complaints: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: "en-GB", ...options });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${server.url}/boards/${id}`);
  await page.locator(".chart-svg, .rows").first().waitFor();
  await use(page);
  await page.close();
  expect(complaints).toEqual([]);
};

/** Words and figures of charts that stand outside of their tile, or are cut by their own box. */
const cutTexts = (page: Page): Promise<string[]> =>
  page
    .locator(
      ".chart-axis, .chart-count, .chart-label-value, .chart-headline span, .row-name, .row-value, .row-note, .row-rank",
    )
    .evaluateAll((texts) =>
      texts
        .filter((text) => {
          const room = text.closest(".tile-body")?.getBoundingClientRect();
          const box = text.getBoundingClientRect();
          const isOutside =
            room === undefined ||
            box.left < room.left - 1 ||
            box.right > room.right + 1 ||
            box.top < room.top - 2 ||
            box.bottom > room.bottom + 2;
          return isOutside || text.scrollWidth > text.clientWidth + 1;
        })
        .map((text) => `${text.closest("[data-tile]")?.getAttribute("data-tile")}: ${text.textContent}`),
    );

const race = (names: ReadonlyArray<string>): LeaderboardData => {
  const found = server.wall.tiles("team-floor").find((tile) => tile.id === "race");
  if (found?.type !== "leaderboard") throw new Error("The team floor has no leaderboard `race`.");
  return {
    ...found,
    rows: names.map((name, index) => ({ name, value: 9_000_000 - index * 1_000_000, reached: 1.2 - index * 0.2 })),
  };
};
const ranks = (page: Page): Promise<string[]> => page.locator('[data-tile="race"] .row-name').allTextContents();

/** The rows that are on their way, and from how far below their place each began. In the browser's own types: a string. */
const moves = (page: Page): Promise<ReadonlyArray<readonly [name: string, fromPx: number]>> =>
  page.evaluate(`[...document.querySelectorAll('[data-tile="race"] .row')].flatMap((row) =>
    row.getAnimations().map((move) => [
      row.dataset.key,
      Number(/translateY\\((.+)px/.exec(move.effect.getKeyframes()[0].transform)[1]),
    ]))`);

describe("charts in a browser", () => {
  test.each([
    ["company", { width: 1_920, height: 1_080 }],
    ["team-floor", { width: 3_840, height: 2_160 }],
    ["response-desk", { width: 1_366, height: 768 }],
    ["company?lang=ru", { width: 1_920, height: 1_080 }],
    ["team-floor?lang=pl", { width: 1_366, height: 768 }],
    ["company?lang=ro", { width: 390, height: 844 }],
    ["team-floor", { width: 390, height: 844 }],
  ])("cut no word and no figure on %s at %o", async (board, viewport) => {
    await onBoard(board, { viewport }, async (page) => {
      expect(await page.locator(".chart-axis, .row-value").count()).toBeGreaterThan(8);
      expect(await cutTexts(page)).toEqual([]);
    });
  });

  test("say in words what they draw", async () => {
    await onBoard("company", {}, async (page) => {
      expect(await page.locator('[data-tile="sales-by-day"] svg').getAttribute("aria-label")).toMatch(
        /^\d+ \w+ – \d+ \w+\. Sales: €[\d,]+ – €[\d,]+, €[\d,]+ so far$/,
      );
      const row = page.locator('[data-tile="flow"] .row').first();
      expect(await row.locator(".row-note .unseen").textContent()).toMatch(/^[\d.]+\s% go on$/);
      expect(await page.locator('[data-tile="mrr"] .row').allTextContents()).toContain("Churn−€15.2k");
    });
  });

  test.each([
    ["company", "sales-by-day", /^\d+ \w+€[\d,]+$/],
    ["team-floor", "sales-by-team", /^\d+ \w+(\w+€[\d,]+){3}$/],
  ])("say the exact values of the point under the mouse, on %s in %s", async (board, tile, said) => {
    await onBoard(board, {}, async (page) => {
      const chart = page.locator(`[data-tile="${tile}"] .chart-open`);
      expect(await page.locator(".chart-readout").count()).toBe(0);
      await chart.hover({ position: { x: 200, y: 60 } });
      await expect.poll(() => page.locator(".chart-readout").textContent()).toMatch(said);
      await page.mouse.move(5, 5);
      await expect.poll(() => page.locator(".chart-readout").count()).toBe(0);
    });
  });

  test("let a rep who overtakes glide to the new rank", async () => {
    server.wall.setTile("team-floor", race(["ana", "bogdan", "carmen"]));
    await onBoard("team-floor", {}, async (page) => {
      await expect.poll(() => ranks(page)).toEqual(["ana", "bogdan", "carmen"]);
      // Slow enough for the test to look at it, however busy the machine is.
      await page.evaluate(`{
        const { animate } = Element.prototype;
        Element.prototype.animate = function (keyframes) { return animate.call(this, keyframes, 600_000); };
      }`);
      server.wall.setTile("team-floor", race(["ana", "carmen", "bogdan"]));
      await expect.poll(() => ranks(page)).toEqual(["ana", "carmen", "bogdan"]);
      const rowPx = await page
        .locator('[data-tile="race"] .row')
        .first()
        .evaluate((row) => row.clientHeight);
      const moved = await moves(page);
      expect(moved.map(([name]) => name)).toEqual(["carmen", "bogdan"]);
      expect(moved[0]?.[1]).toBeGreaterThan(rowPx - 1);
      expect(moved[1]?.[1]).toBeLessThan(1 - rowPx);
    });
  });

  test("move nothing for whoever wants no motion", async () => {
    server.wall.setTile("team-floor", race(["ana", "bogdan"]));
    await onBoard("team-floor", { reducedMotion: "reduce" }, async (page) => {
      await expect.poll(() => ranks(page)).toEqual(["ana", "bogdan"]);
      await page.evaluate('Element.prototype.animate = () => { throw new Error("moved"); }; undefined');
      server.wall.setTile("team-floor", race(["bogdan", "ana"]));
      await expect.poll(() => ranks(page)).toEqual(["bogdan", "ana"]);
    });
  });
});
