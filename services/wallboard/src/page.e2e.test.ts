import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contrastOf } from "./testing/contrast.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

let browser: Browser;
let server: DemoServer;
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

const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const opened = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: "en-GB", ...options });
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (message) => {
    if (message.type() === "error" && !isOfServerGone(message.text())) complaints.push(message.text());
  });
  await opened.goto(`${server.url}${path}`);
  await opened.locator(".tile .fresh").first().waitFor();
  return opened;
};

const boards = ["company", "response-desk", "team-floor"] as const;

beforeEach(async () => {
  complaints = [];
  server = await startDemoServer();
  for (const id of boards) server.wall.tiles(id);
  server.wall.happen(10, Date.now());
  page = await open("/boards/response-desk");
});
afterEach(async () => {
  await page.close();
  await server.close();
  expect(complaints).toEqual([]);
});

const waiting = (): Promise<string | null> => page.locator('[data-tile="unanswered"] .value').textContent();
const state = (of = page): Promise<string | null> => of.locator(".freshness").getAttribute("data-state");
const tile = (id: string) => page.locator(`[data-tile="${id}"]`);

describe("a board in a browser", () => {
  test("shows its tiles, and to when their numbers are complete", async () => {
    const fresh = await open("/boards/company");
    expect(await fresh.locator(".tile").count()).toBe(11);
    expect(await fresh.locator(".complete").textContent()).toMatch(/^Data complete to \d\d:\d\d:\d\d$/);
    await fresh.close();
  });

  test("says on a phone who waits, whatever their clock is called", async () => {
    const list = server.wall.tiles("response-desk").find(({ id }) => id === "waiting");
    if (list?.type !== "waiting") throw new Error("the board has no waiting leads");
    const dueAtMs = Date.now() + 65_500_000;
    server.wall.setTile("response-desk", { ...list, leads: list.leads.map((lead) => ({ ...lead, dueAtMs })) });
    const phone = await open("/boards/response-desk?lang=pl", { viewport: { width: 390, height: 844 } });
    await phone.locator(".waiting-lead").first().waitFor();
    const widths = (part: string) =>
      phone.locator(part).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(Math.min(...(await widths(".waiting-name")))).toBeGreaterThan(60);
    const cut = await phone
      .locator(".waiting-clock")
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect(cut).toBe(0);
    await phone.close();
  });

  test("shows a change without a reload and without moving anything", async () => {
    const before = Number(await waiting());
    const boxes = () =>
      page
        .locator(".tile, .value, .change, .sparkline")
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const places = await boxes();
    for (let i = 0; i < 20; i++) server.wall.happen(1, Date.now());
    await expect.poll(waiting).toBe(String(before + 20));
    expect((await boxes()).length).toBe(places.length);
    expect((await boxes()).filter((box, index) => places[index] !== box).length).toBe(0);
  });

  test("says that it is disconnected, comes back by itself and has everything that it missed", async () => {
    const before = Number(await waiting());
    const { port, wall } = server;
    await server.close();
    await expect.poll(() => state()).toBe("disconnected");
    expect(await page.locator(".freshness").textContent()).toMatch(
      /Disconnected[\s\S]*since \d\d:\d\d:\d\d, trying again/,
    );
    expect(await tile("unanswered").locator(".fresh").textContent()).toBe("Disconnected");
    wall.happen(7, Date.now());
    server = await startDemoServer({ port, wall });
    await expect.poll(() => state(), { timeout: 10_000 }).toBe("live");
    await expect.poll(waiting).toBe(String(before + 7));
  });

  test("says on the board and on each tile how far behind the engine is, and when it has stopped", async () => {
    const head = () => page.locator(".freshness").textContent();
    const onTile = () => tile("unanswered").locator(".fresh").textContent();
    server.wall.setFreshness({ state: "catching_up", completeThroughMs: Date.now(), behindEvents: 12_400 });
    await expect.poll(head).toMatch(/Catching up[\s\S]*12,400 events to go/);
    expect(await onTile()).toBe("12.4k to go");
    server.wall.setFreshness({ state: "catching_up", completeThroughMs: null, behindEvents: 0, partsToGo: 24 });
    await expect.poll(head).toBe("Catching upearlier numbers come again, 24 parts to go");
    server.wall.setFreshness({ state: "stale", completeThroughMs: Date.now(), behindEvents: 0 });
    await expect.poll(() => state()).toBe("stale");
    expect(await onTile()).toBe("Stale");
    server.wall.setFreshness({ state: "stale", completeThroughMs: null, behindEvents: 0 });
    await expect.poll(head).toBe("Stale");
  });

  test("tells of each tile when it changed, and of a restated number before, after and why", async () => {
    const tipOf = (id: string) => tile(id).locator(".fresh .tip").textContent();
    await tile("sla").locator(".fresh button").focus();
    expect(await tipOf("sla")).toMatch(/^LiveData complete to \d\d:\d\d:\d\dNo change since the board was opened$/);
    server.wall.happen(1, Date.now());
    await tile("unanswered").locator(".fresh button").focus();
    await expect.poll(() => tipOf("unanswered")).toMatch(/^LiveData complete to .*Last change \d\d:\d\d:\d\d$/);
    const data = server.wall.tiles("response-desk").find(({ id }) => id === "sla");
    if (data === undefined) throw new Error("There is no tile sla.");
    const restated = { before: 0.652, after: 0.684, atMs: Date.now(), causes: ["crm/<b>8812</b>"] };
    server.wall.setTile("response-desk", { ...data, restated });
    await tile("sla").locator(".restated button").focus();
    const tip = tile("sla").locator(".restated .tip");
    expect(await tip.textContent()).toMatch(/Before 65.2\s%→Now 68.4\s%Restated at .*Because ofcrm\/<b>8812<\/b>$/);
    await page.keyboard.press("Escape");
    expect(await tip.count()).toBe(0);
  });

  test("says that a number is stale which was asked for and found no answer for a minute, on a live board", async () => {
    const data = server.wall.tiles("response-desk").find(({ id }) => id === "sla");
    if (data === undefined) throw new Error("There is no tile sla.");
    const askedAgo = (ms: number) =>
      server.wall.setTile("response-desk", { ...data, source: "asked", askedAtMs: Date.now() - ms });
    const words = tile("sla").locator(".fresh-words");
    askedAgo(1_000);
    await expect.poll(() => words.textContent()).toMatch(/\d\d:\d\d/);
    askedAgo(600_000);
    await expect.poll(() => words.textContent()).toBe("Stale");
    expect(await state()).toBe("live");
  });

  test("lets the clock of a waiting lead run into its lateness, in colour, shape and words", async () => {
    const data = server.wall.tiles("response-desk").find(({ type }) => type === "waiting");
    if (data?.type !== "waiting") throw new Error("There is no tile of waiting leads.");
    const lead = { lead: "Acme", owner: "", channel: "web", createdAtMs: Date.now() - 60_000 };
    server.wall.setTile("response-desk", { ...data, total: 1, leads: [{ ...lead, dueAtMs: Date.now() + 1_200 }] });
    const line = tile("waiting").locator(".waiting-lead");
    await expect.poll(() => line.count()).toBe(1);
    expect(await line.textContent()).toMatch(/◆Acme0:0\d leftweb · no owner yet/);
    await expect.poll(() => line.getAttribute("data-state"), { timeout: 5_000 }).toBe("late");
    expect(await line.textContent()).toMatch(/▲Acme0:0\d late/);
    expect(await tile("waiting").locator(".waiting-summary").textContent()).toBe("1 waiting▲ 1 late");
  });

  test("shows a lead named like markup as text", async () => {
    const subject = '<img src=x onerror="document.title=1">';
    server.wall.tell({ occurredAtMs: Date.now(), kind: "lead_created", subject, by: "<b>Ana</b>" });
    await expect.poll(() => page.locator(".event-subject").first().textContent()).toBe(subject);
    expect(await page.locator(".event-beside").first().textContent()).toBe("<b>Ana</b>");
    expect(await page.locator("img, .event b").count()).toBe(0);
    expect(await page.title()).toBe("Response desk");
  });

  test("stands still while paused, and catches up when it goes on", async () => {
    const before = Number(await waiting());
    await page.getByRole("button", { name: "Pause" }).click();
    server.wall.happen(3, Date.now());
    await page.waitForTimeout(200);
    expect([await waiting(), await state()]).toEqual([String(before), "paused"]);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(waiting).toBe(String(before + 3));
  });

  test("changes the board without loading the page again, and back by the browser's button", async () => {
    await page.evaluate(() => Object.assign(globalThis, { stays: true }));
    await page.getByRole("button", { name: "Response desk" }).click();
    await page.getByRole("link", { name: "Company" }).click();
    await page.locator('[data-tile="sales"]').waitFor();
    expect(new URL(page.url()).pathname).toBe("/boards/company");
    await page.goBack();
    await page.locator('[data-tile="waiting"]').waitFor();
    expect(await page.title()).toBe("Response desk");
    expect(await page.evaluate(() => "stays" in globalThis)).toBe(true);
  });

  test("says that there is no such board", async () => {
    const other = await browser.newPage({ locale: "en-GB" });
    await other.goto(`${server.url}/boards/nowhere`);
    await expect.poll(() => other.locator(".board").textContent()).toBe("There is no board nowhere.");
    await other.close();
  });

  test("speaks the language of the address or of the browser, and remembers the one chosen", async () => {
    const title = (of: Page) => of.locator('[data-tile="unanswered"] .tile-title').textContent();
    const polish = await open("/boards/response-desk?lang=pl");
    await expect.poll(() => title(polish)).not.toBe("Unanswered leads");
    await polish.close();
    await page.getByRole("button", { name: "Language and colours" }).click();
    await page.getByRole("radio", { name: "Română" }).click();
    await expect.poll(() => title(page)).toBe("Lead-uri fără răspuns");
    await page.reload();
    await expect.poll(() => title(page)).toBe("Lead-uri fără răspuns");
  });

  test("can be worked with the keyboard alone", async () => {
    const names: Array<string | null> = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press("Tab");
      names.push(
        await page.locator(":focus").evaluate((one) => one.getAttribute("aria-label") ?? one.textContent?.trim() ?? ""),
      );
    }
    expect(names.slice(0, 4)).toEqual(["Skip to the board", "Response desk", "Edit board", "Pause"]);
    await page.getByRole("button", { name: "Language and colours" }).press("Enter");
    expect(await page.getByRole("radio").count()).toBeGreaterThan(5);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("radio").count()).toBe(0);
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Language and colours");
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
      const { sideways, down } = await page.locator(".board").evaluate((board) => ({
        sideways: board.ownerDocument.documentElement.scrollWidth - board.ownerDocument.documentElement.clientWidth,
        down: board.scrollHeight - board.clientHeight,
      }));
      const cut = await page
        .locator(".value")
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
      expect({ width, sideways, cut }).toEqual({ width, sideways: 0, cut: [] });
      // What hangs on a wall is seen whole.
      if (width >= 1_366) expect({ width, down }).toEqual({ width, down: 0 });
    }
  });

  test("moves nothing for those who asked for less motion", async () => {
    const animations = (of: Page) =>
      of
        .locator(".event, .value-text")
        .evaluateAll((all) => all.map((one) => one.ownerDocument.defaultView?.getComputedStyle(one).animationName));
    const still = await open("/boards/response-desk", { reducedMotion: "reduce" });
    expect(new Set(await animations(still))).toEqual(new Set(["none"]));
    expect(new Set(await animations(page))).toEqual(new Set(["arrive", "settle"]));
    await still.close();
  });

  test("keeps every text at 4.5 : 1 or more in all colours", async () => {
    const own = await open("/boards/company", { reducedMotion: "reduce" });
    server.wall.tell({ occurredAtMs: 0, kind: "responded", subject: "s", lateByMs: 5_000_000 });
    for (const board of boards) {
      await own.goto(`${server.url}/boards/${board}`);
      await own.locator(".tile .fresh").first().waitFor();
      await own.getByRole("button", { name: "Language and colours" }).click();
      for (const theme of ["Light", "Dark", "High contrast"]) {
        await own.getByRole("radio", { name: theme, exact: true }).click();
        for (const freshness of ["live", "catching_up"] as const) {
          server.wall.setFreshness({ state: freshness, completeThroughMs: Date.now(), behindEvents: 5 });
          await expect.poll(() => state(own)).toBe(freshness);
          expect({ board, theme, faint: await faintTexts(own) }).toEqual({ board, theme, faint: [] });
        }
      }
    }
    await own.close();
  });
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
  expect(found.length).toBeGreaterThan(40);
  return found
    .map(({ text, colour, grounds }) => ({ text, contrast: contrastOf(colour, grounds) }))
    .filter(({ contrast }) => contrast < 4.5)
    .map(({ text, contrast }) => `${text}: ${contrast.toFixed(2)}`);
};
