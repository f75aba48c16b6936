import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "./access/board-access.ts";
import { type Browser, launchBrowser, type Page } from "./testing/browser.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

let browser: Browser;
let folder: string;
let server: DemoServer;
let page: Page;
let faults: string[];
let anyone: Viewer | null;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const all = ["company", "team-floor", "response-desk"];
const slideshow = (id: string, forSeconds: number): string =>
  `  - { id: ${id}, slides: [${all.map((board) => `{ board: ${board}, for: ${forSeconds} s }`).join(", ")}] }\n`;
const start = (port = 0): Promise<DemoServer> =>
  startDemoServer({
    folder,
    port,
    access: {
      get anyone() {
        return anyone;
      },
      viewerOf: () => undefined,
    },
  });

beforeEach(async () => {
  [faults, anyone] = [[], { name: null, canEdit: false, boards: [], tv: null, expiresMs: null }];
  folder = mkdtempSync(join(tmpdir(), "leadwire-show-"));
  writeFileSync(join(folder, "slideshows.yaml"), `slideshows:\n${slideshow("quick", 3)}${slideshow("slow", 600)}`);
  server = await start();
  page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: "en-GB" });
  page.on("pageerror", (error) => faults.push(error.message));
});
afterEach(async () => {
  await page.close();
  await server.close();
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
});

const show = async (id: string, query = ""): Promise<void> => {
  await page.goto(`${server.url}/show/${id}${query}`);
  await page.locator('.slide[data-shown="true"] .tile').first().waitFor();
};
const title = () => page.locator('.slide[data-shown="true"] h1').textContent();
const turnsTo = (board: string) => expect.poll(title, { timeout: 10_000, interval: 30 }).toBe(board);

describe("a slideshow", () => {
  test("turns from board to board, and no moment is empty", async () => {
    await show("quick");
    await page.evaluate(`
      window.empty = 0;
      const look = () => {
        const drawn = document.querySelectorAll('.slide[data-shown="true"] .tile .tile-body > *').length;
        if (drawn < 5) window.empty += 1;
        requestAnimationFrame(look);
      };
      look();
    `);
    await turnsTo("Team floor");
    expect(await page.evaluate("window.empty")).toBe(0);
  });

  test("is held and turned by key and by button", async () => {
    await show("slow");
    await page.keyboard.press("ArrowRight");
    await turnsTo("Team floor");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Previous board" }).click();
    await turnsTo("Company");
    await page.getByRole("button", { name: "Resume" }).waitFor();
    expect(await page.locator('.slide[data-shown="true"] .slide-number').textContent()).toBe("1 of 3");
    await page.getByRole("button", { name: "Leave the slideshow" }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/boards/company");
  });

  test("goes on by itself after the server was away, with the board that it showed meanwhile", async () => {
    await show("quick");
    const { port } = server;
    await server.close();
    const state = () => page.locator('.slide[data-shown="true"] .freshness').getAttribute("data-state");
    await expect.poll(state, { timeout: 10_000 }).toBe("disconnected");
    expect(await page.locator('.slide[data-shown="true"] .tile').count()).toBeGreaterThan(5);
    server = await start(port);
    await expect.poll(state, { timeout: 10_000 }).toBe("live");
    await expect.poll(title, { timeout: 10_000 }).not.toBe("Company");
  });
});

describe("a television", () => {
  test("shows the boards without anything to press, larger, and a little off the middle", async () => {
    const size = () => page.evaluate<number>("parseFloat(getComputedStyle(document.documentElement).fontSize)");
    await show("slow");
    const atDesk = await size();
    await show("slow", "?tv");
    expect(await size()).toBeGreaterThan(atDesk * 1.1);
    expect(await page.locator(".show-head button, .show-head a").count()).toBe(0);
    expect(await page.locator('.slide[data-shown="true"] .freshness').getAttribute("data-state")).toBe("live");
    expect(await page.evaluate("document.documentElement.style.getPropertyValue('--shift-x')")).toMatch(/^-?[04]px$/u);
    const { top, left, right, bottom } = await page
      .locator(".page")
      .evaluate((one) => one.getBoundingClientRect().toJSON());
    expect(top >= 0 && left >= 0 && right <= 1_920 && bottom <= 1_080).toBe(true);
    await page.keyboard.press("ArrowRight");
    await turnsTo("Team floor");
  });

  test("says that its link has ended, and comes back once it is taken again", async () => {
    await page.goto(`${server.url}/boards/company?tv`);
    await page.locator(".tile").first().waitFor();
    const { port } = server;
    const allowed = anyone;
    anyone = null;
    await server.close();
    server = await start(port);
    await expect
      .poll(() => page.locator("body").textContent(), { timeout: 10_000 })
      .toContain("no longer opens the board");
    anyone = allowed;
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.locator(".tile").first().waitFor();
  });
});
