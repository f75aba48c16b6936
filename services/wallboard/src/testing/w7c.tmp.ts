import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
const url = "http://127.0.0.1:4788";
const browser = await playwright.launch({ args: ["--no-sandbox", "--disable-gpu"], executablePath: await chromium.executablePath() });
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: "en-GB" });
page.on("pageerror", (e) => console.log("ERR", e.message));
page.on("console", (m) => { if (m.type() === "error") console.log("CONSOLE", m.text()); });
for (const board of ["company", "team-floor", "response-desk"]) {
  await page.goto(`${url}/boards/${board}`);
  await page.locator(".tile").first().waitFor();
  await page.waitForTimeout(3000);
  await page.screenshot({ path: `/tmp/w7/real-${board}.png` });
  const buttons = page.locator(".tile .value, .tile .chart-open");
  const n = await buttons.count();
  for (let i = 0; i < n; i++) {
    const tile = await buttons.nth(i).evaluate((b) => b.closest("[data-tile]")?.getAttribute("data-tile"));
    await buttons.nth(i).click();
    const t = Date.now();
    await page.locator(".explained .copy-block, .explained [role=alert]").first().waitFor({ timeout: 20000 }).catch(() => console.log("none", tile));
    console.log(board, tile, Date.now() - t, (await page.locator(".explained").innerText()).split("\n").slice(0, 18).join(" | ").slice(0, 420));
    if (i < 3 || ["pipeline", "mrr", "weighted"].includes(String(tile))) await page.screenshot({ path: `/tmp/w7/real-${board}-${tile}.png` });
    await page.keyboard.press("Escape");
    await page.waitForTimeout(150);
  }
}
await browser.close();
process.exit(0);
