import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startDemoServer } from "./demo-server.ts";

const { url, wall, close } = await startDemoServer(process.env["FOLDER"] === undefined ? {} : { folder: process.env["FOLDER"] });
const boards = process.env["FOLDER"] === undefined ? ["company", "team-floor", "response-desk"] : ["odd"];
for (const b of boards) wall.tiles(b);
wall.happen(30, Date.now());
const [only, sizes, themes, act] = process.argv.slice(2);
const browser = await playwright.launch({
  args: ["--no-sandbox", "--disable-gpu"],
  executablePath: await chromium.executablePath(),
});
for (const size of (sizes ?? "1920x1080").split(",")) {
  const [width = 0, height = 0] = size.split("x").map(Number);
  for (const theme of (themes ?? "light").split(","))
    for (const b of boards.filter((id) => only === "all" || only === undefined || only.split(",").includes(id))) {
      const page = await browser.newPage({ viewport: { width, height }, locale: "en-GB" });
      page.on("pageerror", (e) => console.log("ERR", e.message));
      page.on("console", (m) => {
        if (m.type() === "error") console.log("CONSOLE", m.text());
      });
      await page.addInitScript((t) => localStorage.setItem("leadwire-theme", t), theme);
      await page.goto(`${url}/boards/${b}${process.env["QUERY"] ?? ""}`);
      await page.locator(".tile").first().waitFor();
      await page.waitForTimeout(700);
      if (act === "stale") {
        wall.setFreshness({ state: "catching_up", completeThroughMs: Date.now() - 3e6, behindEvents: 12400 });
        await page.waitForTimeout(300);
      }
      if (act === "tip") {
        await page.locator(".fresh button").nth(1).focus();
        await page.waitForTimeout(200);
      }
      if (act === "restated") {
        const t = wall.tiles(b)[0];
        if (t !== undefined)
          wall.setTile(b, {
            ...t,
            restated: {
              before: 114_120_000,
              after: 128_450_000,
              atMs: Date.now() - 4e6,
              causes: ["crm/deal-8812", "backfill:2026-11-21"],
            },
          });
        await page.waitForTimeout(200);
        await page.locator(".restated button").first().focus();
        await page.waitForTimeout(200);
      }
      if (act === "menu") {
        await page.locator(".board-menu button").click();
        await page.waitForTimeout(200);
      }
      if (act === "settings") {
        await page.locator(".settings > button").click();
        await page.waitForTimeout(200);
      }
      await page.screenshot({
        path: `/tmp/w4/${b}-${size}-${theme}${act ? "-" + act : ""}.png`,
        fullPage: width < 500,
      });
      await page.close();
    }
}
await browser.close();
await close();
process.exit(0);
