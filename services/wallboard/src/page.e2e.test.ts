import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contrastOf } from "./testing/contrast.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

let browser: Browser;
let server: TestServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await playwright.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    executablePath: await chromium.executablePath(),
  });
});
afterAll(() => browser.close());

/** What the browser itself says of a server that is gone (ERR_…) or just going (503): the page's answer is what is tested. */
const isOfServerGone = (text: string): boolean => text.includes("ERR_") || text.includes("status of 503");

const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const opened = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, ...options });
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (message) => {
    if (message.type() === "error" && !isOfServerGone(message.text())) complaints.push(message.text());
  });
  await opened.goto(server.url);
  await opened.locator(".tile").first().waitFor();
  return opened;
};

beforeEach(async () => {
  complaints = [];
  server = await startTestServer();
  server.source.happen(10, Date.now());
  page = await open();
});
afterEach(async () => {
  await page.close();
  await server.app.close();
  expect(complaints).toEqual([]);
});

const leads = () => page.locator('[data-tile="new_leads.day"] .value').textContent();
const state = () => page.locator(".freshness").getAttribute("data-state");

describe("the page in a browser", () => {
  test("shows its first numbers within a second of a cold load", async () => {
    const fresh = await open();
    const paintedMs = await fresh.evaluate(() => performance.now());
    expect(paintedMs).toBeLessThan(1_000);
    expect(await fresh.locator(".tile").count()).toBe(12);
    expect(await fresh.locator(".complete").textContent()).toMatch(/^Data complete to \d\d:\d\d:\d\d$/);
    await fresh.close();
  });

  test("shows a change without a reload and without moving anything", async () => {
    const before = Number(await leads());
    const boxes = () =>
      page
        .locator(".tile, .value, .change, .sparkline")
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const places = await boxes();
    for (let i = 0; i < 20; i++) server.source.happen(1, Date.now());
    await expect.poll(leads).toBe(String(before + 20));
    expect(await boxes()).toEqual(places);
    await expect.poll(() => page.locator(".event").count()).toBe(30);
  });

  test("says that it is disconnected, comes back by itself and has everything that it missed", async () => {
    const before = Number(await leads());
    const { port, source } = server;
    await server.app.close();
    await expect.poll(state).toBe("disconnected");
    expect(await page.locator(".freshness").textContent()).toMatch(
      /Disconnected[\s\S]*since \d\d:\d\d:\d\d, trying again/,
    );
    source.happen(7, Date.now());
    server = await startTestServer({}, port, source);
    await expect.poll(state, { timeout: 10_000 }).toBe("live");
    await expect.poll(leads).toBe(String(before + 1));
    expect(await page.locator(".event").count()).toBe(17);
  });

  test("says how far behind the engine is, and when it has stopped", async () => {
    server.source.setFreshness({ state: "catching_up", completeThroughMs: Date.now(), behindEvents: 12_400 });
    await expect.poll(() => page.locator(".freshness").textContent()).toMatch(/Catching up[\s\S]*12,400 events to go/);
    server.source.setFreshness({ state: "catching_up", completeThroughMs: null, behindEvents: 0, partsToGo: 24 });
    await expect
      .poll(() => page.locator(".freshness").textContent())
      .toBe("Catching upearlier numbers come again, 24 parts to go");
    server.source.setFreshness({ state: "stale", completeThroughMs: Date.now(), behindEvents: 0 });
    await expect.poll(state).toBe("stale");
    server.source.setFreshness({ state: "stale", completeThroughMs: null, behindEvents: 0 });
    await expect.poll(() => page.locator(".freshness").textContent()).toBe("Stale");
  });

  test("shows a lead named like markup as text", async () => {
    const subject = '<img src=x onerror="document.title=1">';
    server.source.tell({ occurredAtMs: Date.now(), kind: "lead_created", subject, by: "<b>Ana</b>" });
    await expect.poll(() => page.locator(".event-subject").first().textContent()).toBe(subject);
    expect(await page.locator(".event-beside").first().textContent()).toBe("<b>Ana</b>");
    expect(await page.locator("img, .event b").count()).toBe(0);
    expect(await page.title()).toBe("Company");
  });

  test("stands still while paused, and catches up when it goes on", async () => {
    const before = Number(await leads());
    await page.getByRole("button", { name: "Pause" }).click();
    server.source.happen(3, Date.now());
    await page.waitForTimeout(200);
    expect([await leads(), await state()]).toEqual([String(before), "paused"]);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(leads).toBe(String(before + 1));
    expect(await page.locator(".event").count()).toBe(13);
  });

  test("can be worked with the keyboard alone", async () => {
    const focused = () => page.locator(":focus").textContent();
    const found: Array<string | null> = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("Tab");
      found.push(await focused());
    }
    expect(found.slice(0, 4)).toEqual(["Skip to the numbers", "Pause", "Rep", "Team"]);
    await page.getByRole("button", { name: "Team" }).focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".rank-name").first().textContent()).toBe("North");
  });

  test("fits a wall, a laptop and a phone without scrolling sideways, and leaves no number cut off", async () => {
    for (const [width, height] of [
      [1_920, 1_080],
      [1_366, 768],
      [820, 1_180],
      [390, 844],
      [320, 640],
      [3_840, 2_160],
    ] as const) {
      await page.setViewportSize({ width, height });
      const sideways = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
      const cut = await page
        .locator(".value")
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
      expect({ width, sideways, cut }).toEqual({ width, sideways: 0, cut: [] });
    }
  });

  test("moves nothing for those who asked for less motion", async () => {
    const animations = (of: Page) =>
      of
        .locator(".event, .value-text")
        .evaluateAll((all) => all.map((one) => one.ownerDocument.defaultView?.getComputedStyle(one).animationName));
    const still = await open({ reducedMotion: "reduce" });
    expect(new Set(await animations(still))).toEqual(new Set(["none"]));
    expect(new Set(await animations(page))).toEqual(new Set(["arrive", "settle"]));
    await still.close();
  });

  test.each(["light", "dark"] as const)(
    "keeps every text at 4.5 : 1 or more in the %s colours",
    async (colorScheme) => {
      const own = await open({ colorScheme, reducedMotion: "reduce" });
      for (const state of ["live", "catching_up"] as const) {
        server.source.setFreshness({ state, completeThroughMs: Date.now(), behindEvents: 5 });
        server.source.tell({ occurredAtMs: 0, kind: "won", subject: "s", lateByMs: 5_000_000 });
        server.source.tell({ occurredAtMs: 0, kind: "lost", subject: "s" });
        await expect.poll(() => own.locator(".freshness").getAttribute("data-state")).toBe(state);
        expect(await faintTexts(own)).toEqual([]);
      }
      await server.app.close();
      await expect.poll(() => own.locator(".freshness").getAttribute("data-state")).toBe("disconnected");
      expect(await faintTexts(own)).toEqual([]);
      await own.close();
    },
  );
});

/** Texts on the page with less contrast than WCAG AA asks of small text. */
const faintTexts = async (of: Page): Promise<ReadonlyArray<string>> => {
  const found = await of.locator("body *:not(svg *)").evaluateAll((all) =>
    all
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== ""))
      .map((one) => {
        const view = one.ownerDocument.defaultView;
        const grounds: string[] = [];
        for (let at: typeof one | null = one; at !== null; at = at.parentElement)
          grounds.push(view?.getComputedStyle(at).backgroundColor ?? "");
        return { text: one.textContent ?? "", colour: view?.getComputedStyle(one).color ?? "", grounds };
      }),
  );
  expect(found.length).toBeGreaterThan(50);
  return found
    .map(({ text, colour, grounds }) => ({ text, contrast: contrastOf(colour, grounds) }))
    .filter(({ contrast }) => contrast < 4.5)
    .map(({ text, contrast }) => `${text}: ${contrast.toFixed(2)}`);
};
