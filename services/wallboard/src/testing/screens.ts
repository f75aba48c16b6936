import { launchBrowser, openWatched } from "./browser.ts";

/**
 * Pictures of a server's boards for the documentation, after some minutes of its demo:
 * `node services/wallboard/src/testing/screens.ts http://127.0.0.1:4700 docs/images`.
 */
const [url = "http://127.0.0.1:4700", folder = "docs/images"] = process.argv.slice(2);
const browser = await launchBrowser();
for (const [board, theme] of [
  ["company", "light"],
  ["team-floor", "dark"],
  ["response-desk", "light"],
] as const) {
  const viewport = { width: 1_600, height: 900 };
  const { page } = await openWatched(browser, { viewport, reducedMotion: "reduce" });
  await page.addInitScript(`localStorage.setItem("leadwire-theme", ${JSON.stringify(theme)})`);
  await page.goto(`${url}/boards/${board}`);
  await page.locator(".tile .tile-body > *").first().waitFor();
  // Numbers that are asked of facts come a moment later.
  await page.waitForTimeout(3_000);
  await page.screenshot({ path: `${folder}/${board}.png` });
  await page.context().close();
}
await browser.close();
