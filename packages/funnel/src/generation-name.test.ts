import { expect, test } from "vitest";
import { generationOf } from "./generation.ts";
import { foldingOf, freeGeneration } from "./generation-name.ts";
import { defaultWorkspace } from "./workspace.ts";

const hash = generationOf(defaultWorkspace);

test("the first generation of a folding is named by its hash alone", () => {
  expect(freeGeneration(hash, new Set(["000000000000"]))).toBe(hash);
});

test("each further one gets the next free suffix, and its name still says what it folds with", () => {
  const second = freeGeneration(hash, new Set([hash]));
  const third = freeGeneration(hash, new Set([hash, second]));
  expect([second, third]).toEqual([`${hash}r2`, `${hash}r3`]);
  expect([second, third].map(foldingOf)).toEqual([hash, hash]);
});
