import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startDemoServer } from "./demo-server.ts";
const { url, wall, close } = await startDemoServer();
const boards = ["company", "team-floor", "response-desk"];
for (const b of boards) wall.tiles(b);
wall.happen(30, Date.now());
const browser = await playwright.launch({ args: ["--no-sandbox", "--disable-gpu"], executablePath: await chromium.executablePath() });
const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1920, height: 1080 } });
for (const theme of ["light", "dark", "contrast"])
  for (const b of boards) {
    const page = await context.newPage();
    await page.addInitScript((t) => localStorage.setItem("leadwire-theme", t), theme);
    await page.goto(`${url}/boards/${b}`);
    await page.locator(".tile .fresh").first().waitFor();
    await page.waitForTimeout(600);
    if (b === "company") await page.locator(".board-menu button").click();
    if (b === "team-floor") await page.locator(".settings > button").click();
    if (b === "response-desk") await page.locator(".fresh button").nth(1).focus();
    const found = await new AxeBuilder({ page }).analyze();
    for (const v of found.violations) console.log(theme, b, v.id, v.help, v.nodes.map((n) => n.target.join(" ") + " " + n.html.slice(0, 160) + " | " + (n.any[0]?.message ?? n.all[0]?.message ?? "")).slice(0, 4));
    await page.close();
  }
await browser.close();
await close();
