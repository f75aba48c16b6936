import { expect, test } from "vitest";
import { buildPageAssets } from "./page-assets.ts";

const assets = buildPageAssets();
const textOf = (name: string): string => assets.files.get(name)?.plain.toString() ?? "";
const named = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/[\w-]+\.[A-Z0-9]{8}\.(?:js|css|svg)/g)].map(([name]) => name);

/** What is fetched before the page shows anything. */
const first = named(assets.index.plain.toString());
const ofConsole = named(assets.console.plain.toString());
const weightOf = (page: { readonly gzipped: Buffer }, files: ReadonlyArray<string>): number =>
  files.reduce((sum, name) => sum + (assets.files.get(name)?.gzipped.length ?? 0), page.gzipped.length);

test("everything that the page names is there, under a name that holds its content", () => {
  const wanted = new Set([...first, ...ofConsole, ...[...assets.files.keys()].flatMap((name) => named(textOf(name)))]);
  expect([...wanted].filter((name) => !assets.files.has(name))).toEqual([]);
  expect([...assets.files.keys()].filter((name) => !wanted.has(name))).toEqual([]);
  expect(buildPageAssets().build).toBe(assets.build);
});

test("the page weighs at most 150 kB, and whoever reads it in one language has no other's words", () => {
  expect(weightOf(assets.index, first)).toBeLessThan(150_000);
  const holders = (words: string) => [...assets.files.keys()].filter((name) => textOf(name).includes(words));
  expect(holders("Zamknij").filter((name) => first.includes(name))).toEqual([]);
  expect(holders("Zamknij").length).toBeGreaterThan(0);
  expect(holders("There is no board yet.").filter((name) => first.includes(name)).length).toBe(1);
});

test("a board carries nothing of the console, and the console nothing of a board's tiles", () => {
  const holders = (words: string) => [...assets.files.keys()].filter((name) => textOf(name).includes(words));
  expect(holders("cm-scroller").length).toBeGreaterThan(0);
  expect(holders("cm-scroller").filter((name) => first.includes(name))).toEqual([]);
  expect(holders("board-tiles").filter((name) => name.endsWith(".js") && ofConsole.includes(name))).toEqual([]);
  expect(weightOf(assets.console, ofConsole)).toBeLessThan(250_000);
});
