import { defaultWorkspace, foldingOf, generationOf } from "@leadwire/funnel";
import { expect, test } from "vitest";
import type { GenerationFile } from "./generation-file.ts";
import { begun, cleared, stopped, swapped, toldAside } from "./generation-steps.ts";

const measures = "[]";
const named = (generation: string, workspace = defaultWorkspace) => ({ generation, workspace, measures });
const own = generationOf(defaultWorkspace, measures);
const other = { ...defaultWorkspace, currency: "PLN" };
const first: GenerationFile = { serving: named(own), dropping: [] };

test("a rebuild with the same folding gets a name of its own", () => {
  expect(begun(first, defaultWorkspace, measures).building.generation).toBe(`${own}r2`);
  expect(begun(first, other, measures).building.generation).toBe(generationOf(other, measures));
});

test("what was begun for the same folding goes on; for another it is to be deleted", () => {
  const once = begun(first, other, measures);
  expect(begun(once, other, measures)).toEqual(once);
  const changed = begun(once, { ...other, currency: "RON" }, measures);
  expect(changed.dropping).toEqual([once.building.generation]);
  expect(foldingOf(changed.building.generation)).toBe(generationOf({ ...other, currency: "RON" }, measures));
});

test("after a swap what served is kept, and what was kept before is to be deleted", () => {
  const once = begun(first, other, measures);
  const served = swapped(once, once.building);
  expect(served).toEqual({ serving: once.building, former: first.serving, dropping: [], untoldAside: true });
  const twice = begun(served, { ...other, currency: "RON" }, measures);
  const again = swapped(twice, twice.building);
  expect(again).toMatchObject({ former: once.building, dropping: [own] });
  expect(cleared(toldAside(again), [own])).toEqual({ serving: twice.building, former: once.building, dropping: [] });
});

test("the way back exchanges the two, and deletes neither; what is being built stays", () => {
  const once = begun(first, other, measures);
  const served = swapped(once, once.building);
  const building = begun(served, { ...other, currency: "RON" }, measures);
  const back = swapped(building, first.serving);
  expect(back).toMatchObject({ serving: first.serving, former: once.building, dropping: [] });
  expect(back.building).toEqual(building.building);
});

test("a name that is still being deleted is not given again", () => {
  const once = begun(first, other, measures);
  expect(begun(stopped(once), other, measures).building.generation).toBe(`${once.building.generation}r2`);
});
