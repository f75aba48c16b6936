import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startDemoServer } from "./demo-server.ts";

const { url, wall, close } = await startDemoServer();
for (const b of ["company", "team-floor", "response-desk"]) wall.tiles(b);
wall.happen(30, Date.now());
const browser = await playwright.launch({ args: ["--no-sandbox", "--disable-gpu"], executablePath: await chromium.executablePath() });
const check = async (page: import("playwright-core").Page, name: string) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  console.log(name, violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`));
};
for (const [size, theme, lang] of [["1920x1080", "light", "en-GB"], ["390x844", "light", "pl"], ["1024x768", "dark", "ru"]] as const) {
  const [width = 0, height = 0] = size.split("x").map(Number);
  const context = await browser.newContext({ viewport: { width, height }, locale: lang });
  const page = await context.newPage();
  page.on("pageerror", (e) => console.log("ERR", e.message));
  await page.addInitScript((t) => localStorage.setItem("leadwire-theme", t), theme);
  await page.goto(`${url}/boards/team-floor`);
  await page.locator(".tile").first().waitFor();
  await page.locator("button:has(.pen)").click();
  await page.locator(".grip").first().waitFor();
  await page.waitForTimeout(400);
  await page.screenshot({ path: `/tmp/w6/axe-board-${size}-${theme}.png` });
  await check(page, `board ${size} ${theme}`);
  for (const id of ["race", "month", "sales-by-team", "feed"]) {
    await page.locator(`[data-grip="${id}"]`).click();
    await page.waitForTimeout(200);
    await page.screenshot({ path: `/tmp/w6/axe-${id}-${size}-${theme}.png` });
    if (theme !== "dark") await check(page, `${id} ${size} ${theme}`);
  }
  await page.goto(`${url}/show/all`).catch(() => undefined);
  await page.locator(".slide .tile").first().waitFor().catch(() => undefined);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/w6/axe-show-${size}-${theme}.png` });
  await check(page, `show ${size} ${theme}`);
  await context.close();
}
await browser.close();
await close();
process.exit(0);
