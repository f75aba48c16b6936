import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Language, listMetrics } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, openWatched, type Page } from "./testing/browser.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";
import { violations } from "./testing/violations.ts";

/** Kept for whoever looks at the page after a run; no test reads them. */
const screens = fileURLToPath(new URL("../../../artefacts/screens/", import.meta.url));
const boards = ["company", "team-floor", "response-desk"] as const;
const themes = ["light", "dark", "contrast"] as const;

let browser: Browser;
let server: DemoServer;
beforeAll(async () => {
  mkdirSync(screens, { recursive: true });
  [browser, server] = await Promise.all([launchBrowser(), startDemoServer()]);
  for (const board of boards) server.wall.tiles(board);
  server.wall.happen(30, Date.now());
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

interface Look {
  readonly path: string;
  readonly theme?: (typeof themes)[number];
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
}

/** Opens a page without motion, so that it is seen as it stays, and holds that the browser complained of nothing. */
const look = async (
  { path, theme = "light", width = 1_920, height = 1_080, locale = "en-GB" }: Look,
  use: (page: Page) => Promise<void>,
): Promise<void> => {
  const viewport = { width, height };
  const { page, complaints } = await openWatched(browser, { viewport, locale, reducedMotion: "reduce" });
  await page.addInitScript(`localStorage.setItem("leadwire-theme", ${JSON.stringify(theme)})`);
  await page.goto(`${server.url}${path}`);
  await page.locator(".tile .tile-body > *").first().waitFor();
  await use(page);
  await page.context().close();
  expect(complaints).toEqual([]);
};

const names = { light: "Light", dark: "Dark", contrast: "High contrast" } as const;

/** As a reader chooses it. */
const wear = async (page: Page, theme: (typeof themes)[number]): Promise<void> => {
  await page.getByRole("button", { name: "Language and colours" }).click();
  await page.getByRole("radio", { name: names[theme], exact: true }).click();
  await page.keyboard.press("Escape");
  expect(await page.locator("html").getAttribute("data-theme")).toBe(theme);
};

const keep = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: `${screens}${name}.png` });

describe("axe finds nothing on", () => {
  test.each(boards)("%s, in all themes", async (board) => {
    await look({ path: `/boards/${board}` }, async (page) => {
      for (const theme of themes) {
        await wear(page, theme);
        await keep(page, `${board}-${theme}`);
        expect({ theme, found: await violations(page) }).toEqual({ theme, found: [] });
      }
    });
  });

  test("a phone, with its menus open", async () => {
    await look({ path: "/boards/team-floor", width: 390, height: 844 }, async (page) => {
      await keep(page, "phone");
      await page.getByRole("button", { name: "Language and colours" }).click();
      expect(await violations(page)).toEqual([]);
    });
  });

  test("edit mode with a tile's form open, in all themes", async () => {
    await look({ path: "/boards/team-floor" }, async (page) => {
      await page.getByRole("button", { name: "Edit board" }).click();
      await page.locator('[data-grip="sales-by-team"]').click();
      await page.locator(".edit-panel fieldset.place").waitFor();
      for (const theme of themes) {
        await page.locator("html").evaluate((html, worn) => html.setAttribute("data-theme", worn), theme);
        if (theme === "light") await keep(page, "edit");
        expect({ theme, found: await violations(page) }).toEqual({ theme, found: [] });
      }
    });
  });

  test("what stands behind a number, a slideshow, and a deal that is won", async () => {
    await look({ path: "/boards/company", theme: "dark" }, async (page) => {
      await page.locator('[data-tile="win-rate"] .value').click();
      await page.locator(".explained .facts").first().waitFor();
      await keep(page, "explained");
      expect(await violations(page)).toEqual([]);
    });
    await look({ path: "/show/all?tv" }, async (page) => {
      const won = { kind: "won", deal: "D-2041", owner: "bogdan", amountMinor: 1_250_000, currency: "EUR" } as const;
      server.wall.celebrate({ ...won, id: "won-1" });
      await page.locator(".celebration").waitFor();
      await keep(page, "television");
      expect(await violations(page)).toEqual([]);
    });
  });
});

describe("the page speaks", () => {
  const salesIn = (language: Language): string => {
    const sales = listMetrics(catalogue, language).find(({ metric }) => metric === "sales");
    if (sales === undefined) throw new Error("the catalogue has no sales");
    return sales.name;
  };
  test.each([
    ["en", "en-GB", /^€1,\d{3},\d{3}$/u],
    ["ro", "ro-RO", /^1\.\d{3}\.\d{3}\sEUR$/u],
    ["pl", "pl-PL", /^1\s\d{3}\s\d{3}\s€$/u],
    ["ru", "ru-RU", /^1\s\d{3}\s\d{3}\s€$/u],
    ["zh-Hant", "zh-TW", /^€1,\d{3},\d{3}$/u],
  ] as const)("%s to a browser set to %s: names, numbers, and the menu", async (language, locale, number) => {
    const sales = server.wall.tiles("company").find(({ id }) => id === "sales");
    if (sales?.type !== "number") throw new Error("the board has no sales");
    server.wall.setTile("company", { ...sales, value: 123_456_700 });
    await look({ path: "/boards/company", locale }, async (page) => {
      const title = page.locator('[data-tile="sales"] .tile-title');
      await expect.poll(() => title.textContent()).toBe(salesIn(language));
      expect(await page.locator('[data-tile="sales"] .value-text').textContent()).toMatch(number);
      expect(new Intl.Locale((await page.locator("html").getAttribute("lang")) ?? "").maximize().language).toBe(
        new Intl.Locale(language).language,
      );
      if (language === "ru") await keep(page, "company-ru");
    });
  });
});

test("what comes first is drawn before the words of another language, and nothing comes from elsewhere", async () => {
  const { page, complaints } = await openWatched(browser);
  const hosts = new Set<string>();
  page.on("request", (request) => void hosts.add(new URL(request.url()).host));
  await page.goto(`${server.url}/boards/company`, { waitUntil: "commit" });
  await page.locator(".tile .value-text").first().waitFor();
  expect([...hosts]).toEqual([new URL(server.url).host]);
  await page.setViewportSize({ width: 3_840, height: 2_160 });
  await keep(page, "company-4k");
  await page.context().close();
  expect(complaints).toEqual([]);
});
