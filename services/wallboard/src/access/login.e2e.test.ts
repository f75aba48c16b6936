import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BoardsApp, openBoardsApp, viewer } from "../testing/boards-app.ts";

let browser: Browser;
let boards: BoardsApp;
let url: string;
beforeAll(async () => {
  boards = await openBoardsApp(null);
  boards.tokens.set("see", viewer());
  boards.tokens.set("screen", viewer({ tv: { kind: "show", id: "all" } }));
  url = await boards.app.listen({ host: "127.0.0.1", port: 0 });
  const executablePath = await chromium.executablePath();
  browser = await playwright.launch({
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP board.example 127.0.0.1"],
    executablePath,
  });
});
afterAll(async () => {
  await browser.close();
  await boards.close();
});

test.each([false, true])("a reader logs in by keyboard alone, with scripts: %s", async (javaScriptEnabled) => {
  const context = await browser.newContext({ javaScriptEnabled, locale: "ro-RO", colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(`${url}/boards/company`);
  expect(await page.locator("h1").textContent()).toBe("Autentificare");
  // What is typed before the field has the focus goes nowhere.
  await page.locator("#token:focus").waitFor();
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.locator('[role="alert"]').waitFor();
  await page.locator("#token:focus").waitFor();
  if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.type("see");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${url}/boards/company`);
  expect(await page.locator("body").textContent()).toBe("the page");
  expect(await context.cookies()).toMatchObject([{ value: "see", httpOnly: true, sameSite: "Strict" }]);
  await context.close();
});

test("a reader logs in on an address without TLS, too, where a browser says less of where a form comes from", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const plain = `http://board.example:${new URL(url).port}/boards/company`;
  await page.goto(plain);
  await page.locator("#token").fill("see");
  await page.keyboard.press("Enter");
  await page.waitForURL(plain);
  expect(await page.locator("body").textContent()).toBe("the page");
  await context.close();
});

test("a TV link works also where it is followed from another site, and leaves the token in no address", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("http://elsewhere.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<a href="${url}/tv/screen">the screen</a>` }),
  );
  await page.goto("http://elsewhere.example/");
  await page.locator("a").click();
  await page.waitForURL(`${url}/show/all?tv`);
  expect(await page.locator("body").textContent()).toBe("the page");
  expect(await page.evaluate("document.referrer")).toBe("");
  await page.goBack();
  expect(page.url()).toBe("http://elsewhere.example/");
  await context.close();
});

test("another site's page neither reads boards with a reader's cookie nor saves nor logs in", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.locator("#token").fill("see");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${url}/`);
  await page.route("http://elsewhere.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${url}/login"><input name="token" value="screen"><button>win</button></form>`,
    }),
  );
  await page.goto("http://elsewhere.example/");
  const reads = `fetch("${url}/api/boards", { credentials: "include" }).then((r) => r.text(), () => "refused")`;
  expect(await page.evaluate(reads)).toBe("refused");
  const blind = `fetch("${url}/api/boards/company", { method: "DELETE", credentials: "include" }).catch(() => "refused")`;
  expect(await page.evaluate(blind)).toBe("refused");
  await page.locator("button").click();
  await page.waitForURL(`${url}/login`);
  expect(await page.locator('[role="alert"]').textContent()).toContain("Another site");
  expect((await context.cookies()).map(({ value }) => value)).toEqual(["see"]);
  await context.close();
});
