import { expect, test } from "vitest";
import { assignColours } from "./series-colours.ts";

const of = (kept: ReadonlyMap<string, number>, ...names: string[]) => assignColours(kept, names);

test("gives colours by name, so that two screens agree, and the rest of the groups its own", () => {
  expect(Object.fromEntries(of(new Map(), "south", "east", ""))).toEqual({ east: 1, south: 2, "": 0 });
  expect(Object.fromEntries(of(new Map(), ""))).toEqual({ "": 1 });
});

test("keeps a team's colour when another overtakes it, and gives what is free to one that comes", () => {
  const first = of(new Map(), "east", "north", "south");
  const second = of(first, "south", "west", "east");
  expect([second.get("east"), second.get("south"), second.get("west")]).toEqual([1, 3, 2]);
});

test("gives the colour of the rest to more series than can be told apart", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  expect(of(new Map(), ...names).get("h")).toBe(0);
});
