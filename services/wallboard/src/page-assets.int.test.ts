import { expect, test } from "vitest";
import { buildPageAssets } from "./page-assets.ts";

const assets = buildPageAssets();
const textOf = (name: string): string => assets.files.get(name)?.plain.toString() ?? "";
const named = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/[\w-]+\.[A-Z0-9]{8}\.(?:js|css|svg)/g)].map(([name]) => name);

/** What is fetched before the page shows anything. */
const first = named(assets.index.plain.toString());

test("everything that the page names is there, under a name that holds its content", () => {
  const wanted = new Set([...first, ...[...assets.files.keys()].flatMap((name) => named(textOf(name)))]);
  expect([...wanted].filter((name) => !assets.files.has(name))).toEqual([]);
  expect([...assets.files.keys()].filter((name) => !wanted.has(name))).toEqual([]);
  expect(buildPageAssets().build).toBe(assets.build);
});

test("the page weighs at most 150 kB, and whoever reads it in one language has no other's words", () => {
  const bytes = first.reduce(
    (sum, name) => sum + (assets.files.get(name)?.gzipped.length ?? 0),
    assets.index.gzipped.length,
  );
  expect(bytes).toBeLessThan(150_000);
  const holders = (words: string) => [...assets.files.keys()].filter((name) => textOf(name).includes(words));
  expect(holders("Zamknij").filter((name) => first.includes(name))).toEqual([]);
  expect(holders("Zamknij").length).toBeGreaterThan(0);
  expect(holders("There is no board yet.").filter((name) => first.includes(name)).length).toBe(1);
});
