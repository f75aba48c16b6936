import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { colourDistance, seenWith } from "./testing/colour-vision.ts";
import { contrastOf } from "./testing/contrast.ts";

/** The blocks of colours.css: a theme's names and colours, `#rrggbb` or `#rrggbbaa`. */
const themeOf = (theme: string): ReadonlyMap<string, string> => {
  const css = readFileSync(new URL("./page/style/colours.css", import.meta.url), "utf8");
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1];
  if (block === undefined) throw new Error(`colours.css has no theme ${theme}.`);
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6,8});/g)].map(([, name = "", hex = ""]) => [name, hex]));
};

const channels = (hex: string): [number, number, number] => {
  const at = (index: number): number => Number.parseInt(hex.slice(index, index + 2), 16);
  return [at(1), at(3), at(5)];
};
const rgb = (hex: string): string => `rgb(${channels(hex).join(", ")})`;

/** Every text colour, and the grounds that it stands on. */
const texts: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["ink", ["surface", "ground"]],
  ["quiet", ["surface", "ground"]],
  ["accent", ["surface"]],
  ["better", ["surface"]],
  ["worse", ["surface"]],
  ["axis", ["surface"]],
  ["soon", ["surface"]],
  ["warn-ink", ["warn-ground"]],
  ["ok-ink", ["ok-ground"]],
  ["off-ink", ["off-ground"]],
  ["critical-ink", ["critical-ground"]],
];
const series = [...[1, 2, 3, 4, 5, 6, 7].map((index) => `series-${index}`), "series-other"];
const shapes = [...series, "accent", "better", "worse", "target"];

describe.each(["light", "dark", "contrast"])("the colours of the theme %s", (theme) => {
  const colours = themeOf(theme);
  const colour = (name: string): string => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`The theme ${theme} has no colour ${name}.`);
    return found;
  };
  const contrast = (name: string, ground: string): number => contrastOf(rgb(colour(name)), [rgb(colour(ground))]);

  test("give every text 4.5 : 1", () => {
    const faint = texts.flatMap(([name, grounds]) =>
      grounds.filter((ground) => contrast(name, ground) < 4.5).map((ground) => `${name} on ${ground}`),
    );
    expect(faint).toEqual([]);
  });

  test("give every line, bar and mark 3 : 1", () => {
    expect(shapes.filter((name) => contrast(name, "surface") < 3)).toEqual([]);
  });

  test.each(["normal", "protanopia", "deuteranopia", "tritanopia"] as const)(
    "keep better from worse, and all series apart, with %s vision",
    (vision) => {
      const distance = (a: string, b: string): number =>
        colourDistance(seenWith(vision, channels(colour(a))), seenWith(vision, channels(colour(b))));
      const near: string[] = [];
      series.forEach((a, index) => {
        for (const b of series.slice(index + 1))
          if (distance(a, b) < 10) near.push(`${a} ${b} ${distance(a, b).toFixed(1)}`);
      });
      if (distance("better", "worse") < 20) near.push(`better worse ${distance("better", "worse").toFixed(1)}`);
      expect(near).toEqual([]);
    },
  );
});
