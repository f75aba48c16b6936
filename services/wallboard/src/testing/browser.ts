import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";

export type { Browser, Page };

/** A real browser without a system package. The package's own `args` are not used: they switch web security off. */
export const launchBrowser = async (...args: ReadonlyArray<string>): Promise<Browser> =>
  playwright.launch({
    args: ["--no-sandbox", "--disable-gpu", ...args],
    executablePath: await chromium.executablePath(),
  });

/** A page in a context of its own, as a wall shows it, and everything that the browser complained of. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: ReadonlyArray<string>;
}

/** What the browser itself says of a server that is gone (ERR_…) or just going (503): how the page takes it is what counts. */
const isOfServerGone = (text: string): boolean => text.includes("ERR_") || text.includes("status of 503");

export const openWatched = async (browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> => {
  const complaints: string[] = [];
  const viewport = { width: 1_920, height: 1_080 };
  const context = await browser.newContext({ viewport, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !isOfServerGone(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
};
