import { expect, test } from "vitest";
import { boardPath, routeOf, showPath } from "./route.ts";

test("reads boards and slideshows out of an address, and takes the first board for every other", () => {
  expect(routeOf("/boards/team-floor")).toEqual({ kind: "board", id: "team-floor" });
  expect(routeOf("/show/all/")).toEqual({ kind: "show", id: "all" });
  expect(routeOf("/")).toEqual({ kind: "board", id: null });
  expect(routeOf("/boards/a/b")).toEqual({ kind: "board", id: null });
});

test("comes back to the same name from an address of its own making", () => {
  for (const id of ["tablă", "看板", "a b%"]) {
    expect(routeOf(boardPath(id))).toEqual({ kind: "board", id });
    expect(routeOf(showPath(id))).toEqual({ kind: "show", id });
  }
  expect(routeOf("/boards/100%")).toEqual({ kind: "board", id: "100%" });
});
