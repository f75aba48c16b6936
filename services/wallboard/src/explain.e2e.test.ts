import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, openWatched, type Page } from "./testing/browser.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

/** However slow the machine is. */
const soon = { timeout: 10_000 };

let browser: Browser;
let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page of its own; whatever it complains of, such as a breach of the content security policy, fails the test. */
const withPage = async (
  path: string,
  act: (page: Page) => Promise<void>,
  options: Parameters<typeof openWatched>[1] = {},
): Promise<void> => {
  const { page, complaints } = await openWatched(browser, options);
  await page.goto(`${server.url}${path}`);
  await page.locator(".tile").first().waitFor();
  await act(page);
  await page.context().close();
  expect(complaints).toEqual([]);
};

describe("what stands behind a number", () => {
  test("opens with the keyboard, shows the facts as text, and gives the focus back", () =>
    withPage("/boards/company?lang=en", async (page) => {
      const value = page.locator('[data-tile="win-rate"] .value');
      await value.focus();
      await page.keyboard.press("Enter");
      const panel = page.getByRole("dialog");
      const rows = panel.locator("table").last().locator("tbody tr");
      await expect.poll(() => rows.count(), soon).toBe(20);
      expect(await panel.locator(".fact-about").first().textContent()).toBe(
        'L-1000 · <img src=x onerror="document.title=1">',
      );
      expect([await page.locator("img").count(), await page.title()]).toEqual([0, "Company"]);
      await panel.getByRole("button", { name: "Show more" }).click();
      await expect.poll(() => rows.count(), soon).toBe(47);
      expect(await panel.locator("pre").allTextContents()).toEqual([
        expect.stringContaining("SELECT countIf"),
        expect.stringContaining("npx leadwire explain win_rate --window 30d"),
      ]);
      await page.keyboard.press("Escape");
      await expect.poll(() => panel.count(), soon).toBe(0);
      expect(await value.evaluate((own) => own === own.ownerDocument.activeElement)).toBe(true);
      await expect.poll(() => page.url(), soon).toBe(`${server.url}/boards/company?lang=en`);
    }));

  test("a row of any length is chosen within the panel", async () => {
    const race = server.wall.tiles("team-floor").find(({ id }) => id === "race");
    if (race?.type !== "leaderboard") throw new Error("the board has no race");
    server.wall.setTile("team-floor", { ...race, rows: [{ name: "N".repeat(300), value: 1 }] });
    await withPage("/boards/team-floor?lang=en&explain=race", async (page) => {
      const panel = page.getByRole("dialog");
      const box = panel.locator("select").first();
      await box.waitFor();
      await expect.poll(() => box.locator("option").count(), soon).toBeGreaterThan(0);
      const [inner, outer] = [await box.boundingBox(), await panel.boundingBox()];
      if (inner === null || outer === null) throw new Error("nothing is drawn");
      expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
    });
    server.wall.setTile("team-floor", race);
  });

  test("can be sent to somebody as an address, for one of its rows, and closes by Back", () =>
    withPage("/boards/team-floor?explain=race&group=bogdan", async (page) => {
      const panel = page.getByRole("dialog");
      await panel.locator("pre").first().waitFor();
      expect(await panel.getByRole("combobox").inputValue()).toBe("bogdan");
      expect(await panel.locator("pre").last().textContent()).toContain("--group rep=bogdan");
      await panel.getByRole("combobox").selectOption("ana");
      await expect.poll(() => panel.locator("pre").last().textContent(), soon).toContain("--group rep=ana");
      await page.keyboard.press("Escape");
      await page.locator('[data-tile="race"] .chart-open').click();
      await panel.waitFor();
      await page.goBack();
      await expect.poll(() => panel.count(), soon).toBe(0);
    }));
});

describe("a celebration", () => {
  const won = (id: string) =>
    server.wall.celebrate({
      kind: "won",
      id,
      deal: '<img src=x onerror="document.title=1">',
      owner: "<b>ana</b>",
      amountMinor: 1_250_000,
      currency: "EUR",
    });

  test("is told as text, also to a screen reader, and not again to whoever comes later", () =>
    withPage("/boards/team-floor?lang=en", async (page) => {
      won("a");
      const banner = page.locator(".celebration-banner p");
      await banner.waitFor();
      const words = '<b>ana</b> won <img src=x onerror="document.title=1"> €12,500';
      expect(await banner.textContent()).toBe(words);
      expect(await page.locator('[role="status"].unseen').allTextContents()).toContain(`Celebration: ${words}`);
      expect([await page.locator("img").count(), await page.title()]).toEqual([0, "Team floor"]);
      await page.reload();
      await page.locator(".tile").first().waitFor();
      expect(await banner.count()).toBe(0);
    }));

  test("stands still for those who asked for less motion, and can be put away", () =>
    withPage(
      "/boards/team-floor?lang=en",
      async (page) => {
        won("b");
        const banner = page.locator(".celebration-banner");
        await banner.waitFor();
        expect(await page.evaluate("document.getAnimations().length")).toBe(0);
        expect(await page.locator(".confetti").isVisible()).toBe(false);
        await banner.getByRole("button").click();
        await expect.poll(() => banner.count(), soon).toBe(0);
      },
      { reducedMotion: "reduce" },
    ));
});

describe("languages", () => {
  const words = [
    ["ro", "Date complete până la", "Vânzări luna aceasta"],
    ["pl", "Dane kompletne do", "Sprzedaż w tym miesiącu"],
    ["ru", "Данные полны до", "Продажи этот месяц"],
    ["zh-Hant", "資料完整至", "銷售額 本月"],
  ] as const;
  const title = (page: Page) => page.locator('[data-tile="sales"] h2').textContent();

  test("the board speaks the language that the address asks for", () =>
    withPage("/boards/company?lang=en", async (page) => {
      for (const [lang, complete, sales] of words) {
        await page.goto(`${server.url}/boards/company?lang=${lang}`);
        await expect.poll(() => title(page), soon).toBe(sales);
        expect(await page.locator(".freshness").textContent()).toContain(complete);
        expect(await page.locator("html").getAttribute("lang")).toBe(lang);
      }
    }));

  test("the browser's own language is spoken, and the one that is chosen is kept", () =>
    withPage(
      "/boards/company",
      async (page) => {
        await expect.poll(() => title(page), soon).toBe("Sprzedaż w tym miesiącu");
        expect(await page.locator('[data-tile="win-rate"] .value').textContent()).toMatch(/^\d+,\d\s%$/u);
        await page.locator(".settings > button").click();
        await page.getByRole("radio", { name: "Română" }).check();
        await expect.poll(() => title(page), soon).toBe("Vânzări luna aceasta");
        await page.reload();
        await expect.poll(() => title(page), soon).toBe("Vânzări luna aceasta");
      },
      { locale: "pl-PL" },
    ));
});
