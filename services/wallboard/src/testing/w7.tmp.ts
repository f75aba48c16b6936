import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startDemoServer } from "./demo-server.ts";

const { url, wall, close } = await startDemoServer({});
for (const b of ["company", "team-floor", "response-desk"]) wall.tiles(b);
wall.happen(30, Date.now());
const browser = await playwright.launch({
  args: ["--no-sandbox", "--disable-gpu"],
  executablePath: await chromium.executablePath(),
});
const [size = "1920x1080", theme = "light", lang = "en", act = "explain", board = "company", tile = "win-rate"] =
  process.argv.slice(2);
const [width = 0, height = 0] = size.split("x").map(Number);
const page = await browser.newPage({ viewport: { width, height }, locale: lang });
page.on("pageerror", (e) => console.log("ERR", e.message));
page.on("console", (m) => {
  if (m.type() === "error") console.log("CONSOLE", m.text());
});
await page.addInitScript((t) => localStorage.setItem("leadwire-theme", t), theme);
await page.goto(`${url}/boards/${board}`);
await page.locator(".tile").first().waitFor();
await page.waitForTimeout(600);
console.log(await page.locator(".tile").evaluateAll((a) => a.map((x) => x.getAttribute("data-tile")).join(" ")));
if (act === "explain") {
  await page.locator(`[data-tile="${tile}"] .value, [data-tile="${tile}"] .chart-open`).first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".explained .facts").first().waitFor();
  console.log(page.url());
  await page.waitForTimeout(400);
}
if (act === "won") {
  wall.celebrate({ kind: "won", id: "e1", deal: "D-2041", owner: "bogdan", amountMinor: 1_250_000, currency: "EUR" });
  await page.locator(".celebration").waitFor();
  await page.waitForTimeout(900);
}
await page.screenshot({
  path: `/tmp/w7/${act}-${board}-${size}-${theme}-${lang}.png`,
  fullPage: width < 500 && act === "",
});
if (act === "explain") {
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  console.log(
    page.url(),
    await page.locator(".explained").count(),
    await page.evaluate("document.activeElement.outerHTML.slice(0,200)"),
  );
}
await browser.close();
await close();
process.exit(0);
