import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
const browser = await playwright.launch({ args: ["--no-sandbox", "--disable-gpu"], executablePath: await chromium.executablePath() });
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: "en-GB" });
await page.goto("http://127.0.0.1:4788/boards/team-floor");
await page.locator(".celebration-banner").waitFor({ timeout: 60_000 }).then(async () => { console.log(await page.locator(".celebration-banner").innerText()); await page.waitForTimeout(700); await page.screenshot({ path: "/tmp/w7/real-won.png" }); }, () => console.log("no celebration in 60 s"));
await browser.close(); process.exit(0);
