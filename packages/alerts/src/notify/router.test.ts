import { describe, expect, it } from "vitest";
import { anchored, testOfAll } from "./matcher.ts";
import { Router } from "./router.ts";
import { config, matcher, route } from "./testing/notify-rig.ts";

const tree = route({
  path: "0",
  receivers: ["ops"],
  routes: [
    route({ path: "0.0", matchers: [matcher("severity=critical")], receivers: ["boss"], goOn: true }),
    route({
      path: "0.1",
      matchers: [matcher("team=~nor.*")],
      receivers: ["sales"],
      routes: [route({ path: "0.1.0", matchers: [matcher("rule=deal-untouched")], receivers: [] })],
    }),
    route({ path: "0.2", matchers: [matcher("severity=critical")], receivers: ["ops", "boss"] }),
  ],
});

describe("Routing", () => {
  const router = new Router(config({ route: tree }));
  const told = (labels: Record<string, string>) =>
    router.destinationsOf(labels).map(({ receiver, path }) => `${receiver} ${path}`);

  it.each<[string, Record<string, string>, ReadonlyArray<string>]>([
    ["what no branch matches stays at the root", { severity: "info" }, ["ops 0"]],
    ["the deepest node that matches is told", { team: "north" }, ["sales 0.1"]],
    ["a node without receivers tells nobody", { team: "north", rule: "deal-untouched" }, []],
    ["without going on, later siblings are not tried", { team: "north", severity: "info" }, ["sales 0.1"]],
    ["going on tries the siblings, too", { team: "north", severity: "critical" }, ["boss 0.0", "sales 0.1"]],
    ["a receiver on two routes is told on the first", { team: "x", severity: "critical" }, ["boss 0.0", "ops 0.2"]],
  ])("%s", (_, labels, expected) => {
    expect(told(labels)).toEqual(expected);
  });

  it("tells on a route that is gone by the root's times, and a receiver that is gone not at all", () => {
    expect(router.destinationAt("0.7", "sales")?.repeatIntervalMs).toBe(tree.repeatIntervalMs);
    expect(router.destinationAt("0", "nobody")).toBeUndefined();
  });
});

describe("Matchers", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["team=north", { team: "north" }, true],
    ["team=north", { team: "north-east" }, false],
    ["team!=north", { team: "south" }, true],
    ["team!=north", {}, true],
    ["team=", {}, true],
    ["team=~north|south", { team: "south" }, true],
    ["team=~north|south", { team: "south-east" }, false],
    ["team=~nor", { team: "north" }, false],
    ["team=~.*", {}, true],
    ["team!~nor.*", { team: "north" }, false],
    ["team!~nor.*", { team: "far north" }, true],
  ])("%s on %j: %s", (text, labels, expected) => {
    expect(testOfAll([matcher(text)])(labels)).toBe(expected);
  });

  it("have all to match", () => {
    const test = testOfAll([matcher("team=north"), matcher("severity=critical")]);
    expect(test({ team: "north", severity: "critical" })).toBe(true);
    expect(test({ team: "north", severity: "info" })).toBe(false);
  });

  it("match nothing where the expression is none", () => {
    expect(anchored("(")).toBeUndefined();
    expect(testOfAll([matcher("team=~(")])({ team: "(" })).toBe(false);
  });
});
