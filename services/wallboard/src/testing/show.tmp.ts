import { mkdtempSync, writeFileSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startDemoServer } from "./demo-server.ts";

const folder = mkdtempSync("/tmp/w6/boards-");
writeFileSync(`${folder}/slideshows.yaml`, "slideshows:\n  - { id: quick, title: Q, slides: [{ board: company, for: 3 s }, { board: team-floor, for: 3 s }, { board: response-desk, for: 3 s }] }\n");
const { url, wall, close } = await startDemoServer({ folder });
for (const b of ["company", "team-floor", "response-desk"]) wall.tiles(b);
wall.happen(30, Date.now());
const browser = await playwright.launch({ args: ["--no-sandbox", "--disable-gpu"], executablePath: await chromium.executablePath() });
const [size = "1920x1080", theme = "dark"] = process.argv.slice(2);
const [width = 0, height = 0] = size.split("x").map(Number);
const page = await browser.newPage({ viewport: { width, height }, locale: "en-GB" });
page.on("pageerror", (e) => console.log("ERR", e.message));
page.on("console", (m) => { if (m.type() === "error") console.log("CONSOLE", m.text()); });
await page.addInitScript((t) => localStorage.setItem("leadwire-theme", t), theme);
const title = () => page.locator(".slide[data-shown=true] h1").textContent();
await page.goto(`${url}/show/quick`);
await page.locator(".slide[data-shown=true] .tile").first().waitFor();
await page.waitForTimeout(400);
await page.screenshot({ path: `/tmp/w6/show-${size}-${theme}.png` });
const seen: string[] = [];
for (let i = 0; i < 40; i++) { seen.push(`${await title()}/${await page.locator(".slide").count()}`); await page.waitForTimeout(250); }
console.log(seen.join(" "));
await page.keyboard.press("ArrowRight"); await page.waitForTimeout(900); console.log("right", await title());
await page.getByRole("button", { name: "Pause" }).first().click(); const t = await title(); await page.waitForTimeout(4500); console.log("paused", t, await title());
await page.keyboard.press("ArrowLeft"); await page.waitForTimeout(900); console.log("left", await title());
await page.goto(`${url}/show/quick?tv`);
await page.locator(".slide[data-shown=true] .tile").first().waitFor();
for (const b of ["tv1", "tv2", "tv3"]) { await page.waitForTimeout(3200); await page.screenshot({ path: `/tmp/w6/${b}-${size}-${theme}.png` }); console.log(await title(), await page.evaluate("document.documentElement.outerHTML.slice(0,200)")); }
await page.goto(`${url}/boards/company?tv`);
await page.locator(".tile").first().waitFor();
await page.goto(`${url}/show/nothing`);
await page.waitForTimeout(500);
console.log(await page.locator("body").textContent());
await browser.close();
await close();
process.exit(0);
