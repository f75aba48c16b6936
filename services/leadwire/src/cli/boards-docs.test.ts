import { readFileSync } from "node:fs";
import { workspaceFaultText } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { parseBoard, parseSlideshows } from "@leadwire/wallboard";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { parseDeployment } from "../deployment/deployment-file.ts";

const page = readFileSync(new URL("../../../../docs/wallboards.md", import.meta.url), "utf8");
const context = { catalogue, currency: "EUR" };
const blocks = [...page.matchAll(/```yaml\n(.*?)```/gsu)].map(([, text = ""]) => text);
const blockWith = (words: string): string => blocks.find((text) => text.includes(words)) ?? "";
const board = blockWith("tiles:");

/** The rows of the table of tiles: types, and the lines of their own. */
const rows = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| [^|]+ \| ([^|]+) \|$/gmu)].map(
  ([, types = "", keys = ""]) => ({
    types: [...types.matchAll(/`(\w+)`/gu)].map(([, type = ""]) => type),
    keys: keys.replace(/\([^)]*\)|:.*$/gu, ""),
  }),
);

describe("docs/wallboards.md", () => {
  test("has a board, a slideshow and a line of config that are right", () => {
    const read = parseBoard("sales-floor", board, context);
    if (isLeft(read)) throw new Error(read.left.map((fault) => workspaceFaultText(fault, "")).join("\n"));
    expect(read.right.tiles).toHaveLength(4);
    const shows = parseSlideshows(blockWith("slideshows:"), new Set(["company", "team-floor"]));
    expect(!isLeft(shows) && shows.right[0]?.id).toBe("hall");
    const config = parseDeployment(blockWith("wallboard:"));
    expect(!isLeft(config) && config.right.wallboard).toEqual({ access: "login" });
  });

  test("names every type of tile, and lines that each has", () => {
    const known = parseBoard("x", "tiles: [{ id: a, type: none, at: 1/1 1x1 }]", context);
    const types = isLeft(known) ? (known.left[0]?.expected.split(", ") ?? []) : [];
    const told = rows.flatMap((row) => row.types).filter((type) => types.includes(type));
    expect(told.toSorted()).toEqual(types.toSorted());
    for (const { types: own, keys } of rows.filter((row) => row.types.every((type) => types.includes(type))))
      for (const type of own)
        for (const [, key = ""] of keys.matchAll(/`(\w+)`/gu)) {
          const read = parseBoard("x", `tiles: [{ id: a, type: ${type}, at: 1/1 1x1, ${key}: [] }]`, context);
          const found = isLeft(read) ? read.left.map((fault) => fault.found) : [];
          expect(found, `${type} has no ${key}`).not.toContain(`the unknown key "${key}"`);
        }
  });

  test("has a fault as it is told", () => {
    const wrong = board.replace("target: 30 %", "target: 30 EUR");
    const read = parseBoard("sales-floor", wrong, context);
    const told = isLeft(read) ? read.left.map((fault) => workspaceFaultText(fault, "sales-floor.yaml")) : [];
    expect(page).toContain(`\n${told.join("\n")}\n`);
  });
});
