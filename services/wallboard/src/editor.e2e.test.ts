import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, type Page } from "./testing/browser.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

let browser: Browser;
let server: DemoServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  complaints = [];
  server = await startDemoServer();
  page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: "en-GB" });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The browser's own word on an answer that the page expects.
    if (message.type() === "error" && !/status of (?:412|422)/u.test(message.text())) complaints.push(message.text());
  });
  await edit("company");
});
afterEach(async () => {
  await page.close();
  await server.close();
  expect(complaints).toEqual([]);
});

const edit = async (board: string): Promise<void> => {
  await page.goto(`${server.url}/boards/${board}`);
  await page.getByRole("button", { name: "Edit board" }).click();
  await page.locator(".grip").first().waitFor();
};
const grip = (id: string) => page.locator(`[data-grip="${id}"]`);
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const told = () => page.locator("[aria-live=polite]").first().textContent();
const save = async (): Promise<void> => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".editor").waitFor({ state: "detached" });
};
const fileOf = (board: string): string => readFileSync(join(server.folder, `${board}.yaml`), "utf8");
const placesOf = (yaml: string): Record<string, string> =>
  Object.fromEntries([...yaml.matchAll(/id: ([\w-]+)\n[^@]*?at: (\S+ \S+)/gu)].map(([, id, at]) => [id, at]));

describe("a board is edited", () => {
  test("by keys alone, each step told, and is saved as YAML with its comments", async () => {
    await grip("sales").focus();
    await press("Tab");
    expect(await page.evaluate("document.activeElement.dataset.grip")).toBe("win-rate");
    await press("ArrowRight", "ArrowRight");
    await expect.poll(told).toBe("Column 7, row 1");
    await press("Shift+ArrowDown");
    await expect.poll(told).toBe("2 wide, 4 high");
    await press("ArrowUp");
    await expect.poll(told).toBe("No further");
    expect(await page.evaluate("document.activeElement.dataset.grip")).toBe("win-rate");
    await press("Enter");
    await expect.poll(() => page.evaluate("document.activeElement.closest('.edit-panel') !== null")).toBe(true);
    await press("Escape", "Control+s");
    await page.locator(".editor").waitFor({ state: "detached" });
    expect(fileOf("company")).toMatch(/^# How the company does/u);
    expect(placesOf(fileOf("company"))).toMatchObject({ "win-rate": "7/1 2x4", "deal-size": "7/5 2x3" });
    await expect.poll(() => page.locator('[data-tile="win-rate"]').getAttribute("style")).toContain("--column: 7");
  });

  test("by dragging a tile and its corner", async () => {
    const box = await grip("pipeline-value").boundingBox();
    if (box === null) throw new Error("not drawn");
    const [x, y] = [box.x + 40, box.y + 40];
    const drag = async (fromX: number, fromY: number, toX: number, toY: number): Promise<void> => {
      await page.mouse.move(fromX, fromY);
      await page.mouse.down();
      await page.mouse.move((fromX + toX) / 2, (fromY + toY) / 2, { steps: 4 });
      await page.mouse.move(toX, toY, { steps: 4 });
      await page.mouse.up();
    };
    const below = await grip("channels").boundingBox();
    await drag(x, y, x, y + (below?.y ?? 0) - box.y);
    const moved = await grip("pipeline-value").boundingBox();
    const right = (moved?.x ?? 0) + (moved?.width ?? 0) - 6;
    const bottom = (moved?.y ?? 0) + (moved?.height ?? 0) - 6;
    await drag(right, bottom, right, bottom - (moved?.height ?? 0) / 3);
    await save();
    expect(placesOf(fileOf("company"))).toMatchObject({ "pipeline-value": "10/7 3x2", channels: "10/4 3x3" });
  });

  test("a new tile is chosen from the catalogue in the reader's words, shown live before it is saved", async () => {
    await page.getByRole("button", { name: "+ Add tile" }).click();
    await page.getByRole("button", { name: "Number", exact: true }).click();
    const panel = page.locator(".edit-panel");
    await panel.getByLabel("Metric").selectOption({ label: "Win rate" });
    await panel.getByLabel("Time", { exact: true }).selectOption({ label: "last 30 days" });
    await expect.poll(() => page.locator('[data-tile="sales-2"] .value').textContent()).toMatch(/^31\.2\s%$/u);
    expect(existsSync(join(server.folder, "company.yaml"))).toBe(false);
    await save();
    expect(fileOf("company")).toMatch(/id: sales-2\n\s+type: number\n.*\n\s+metric: win_rate\n\s+window: 30d/u);
  });

  test("what was done is undone and done again, and an edit is not dropped without being asked", async () => {
    await grip("cac").focus();
    await press("Delete");
    await grip("cac").waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.dataset.grip")).toBe("sales-by-day");
    await press("Control+z");
    await grip("cac").waitFor();
    await press("Control+Shift+z");
    await grip("cac").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Keep editing" }).click();
    expect(await grip("cac").count()).toBe(0);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Drop changes" }).click();
    await page.locator('[data-tile="cac"]').waitFor();
    expect(existsSync(join(server.folder, "company.yaml"))).toBe(false);
  });

  test("while somebody else saves it: both are told, and nobody's work is lost unasked", async () => {
    const { board, etag } = server.shelf.boards().get("company") ?? {};
    if (board === undefined || etag === undefined) throw new Error("no board");
    await server.shelf.save({ ...board, title: "Theirs" }, etag);
    await page.getByLabel("Title").fill("Mine");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(() => page.locator(".edit-problem").textContent()).toContain("saved this board meanwhile");
    expect(fileOf("company")).toContain("title: Theirs");
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await page.locator(".editor").waitFor({ state: "detached" });
    expect(fileOf("company")).toContain("title: Mine");
  });

  test("a refusal is told in sentences, and the edit stays", async () => {
    await page.getByRole("button", { name: "+ Add tile" }).click();
    await page.getByRole("button", { name: "Picture" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(() => page.locator(".edit-problem").textContent()).toMatch(/file: expected the name of a file/u);
    expect(await grip("image").count()).toBe(1);
  });
});

test("a new board is made from nothing, shows markup as text, and is deleted again", async () => {
  const markup = '<img src=x onerror="document.title=1">';
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator(".board-menu button").first().click();
  await page.getByRole("button", { name: "+ New board" }).click();
  await page.getByLabel("Title").fill("West wing");
  await page.getByLabel("Won deals").check();
  await page.getByLabel("Worth at least").fill("2500");
  await page.getByLabel("Quiet hours").selectOption({ label: "Every day" });
  await page.getByLabel("From").fill("21:30");
  await page.getByRole("button", { name: "+ Add tile" }).click();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.locator(".edit-panel textarea").fill(markup);
  await save();
  await expect.poll(() => new URL(page.url()).pathname).toBe("/boards/west-wing");
  await expect.poll(() => page.locator(".still-text").textContent()).toBe(markup);
  expect(await page.title()).toBe("West wing");
  expect(fileOf("west-wing")).toMatch(/won_at_least: 2500 EUR,.* quiet_hours: 21:30-08:00/u);
  await edit("west-wing");
  await page.getByRole("button", { name: "Delete board" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete board" }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe("/");
  expect(existsSync(join(server.folder, "west-wing.yaml"))).toBe(false);
});
