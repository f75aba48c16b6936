import { type Catalogue, measuresOf } from "@leadwire/kpis";
import type { BoardDefinition, TileDefinition } from "@leadwire/wallboard";
import type { Random } from "./random.ts";
import { channels } from "./random-lead.ts";
import { teams } from "./random-workspace.ts";

const windows = ["day", "24h", "7d", "30d", "90d", "month", "quarter", "week"] as const;
const values: Readonly<Record<string, ReadonlyArray<string>>> = { team: teams, channel: channels };
const place = { column: 0, row: 0, columns: 3, rows: 3 };

/** One tile of every kind for every number of the catalogue, each with a window, filter and comparison by chance. */
export const randomBoard = (catalogue: Catalogue, random: Random): BoardDefinition => {
  const tiles: Array<TileDefinition> = [];
  for (const metric of catalogue.metrics.values()) {
    for (const [statistic, { formula, dimensions, unit }] of metric.statistics) {
      const name = statistic === "" || statistic === metric.defaultStatistic ? metric.id : `${metric.id}.${statistic}`;
      const isLevel = measuresOf(formula).every(({ level }) => level);
      const filters = ["team", "channel"].filter((known) => dimensions.some((dimension) => dimension === known));
      const where = filters
        .filter(() => random.chance(0.25))
        .map((dimension) => [dimension, random.pick(values[dimension] ?? [])] as const);
      const asked = { metric: name, window: isLevel ? "now" : random.pick(windows), where };
      const by = random.pick(["rep", ...dimensions.filter((dimension) => dimension !== "owner")]);
      const isGrouped = dimensions.some((dimension) => dimension === (by === "rep" ? "owner" : by));
      const course = random.pick(["hours", "days", "none"] as const);
      const target = random.pick(["plan", 10_000] as const);
      const compare = random.pick(["prior", "year", "none"] as const);
      tiles.push({ id: `number-${name}`, type: "number", place, ...asked, compare, target, course, format: {} });
      if (isGrouped)
        tiles.push({ id: `list-${name}`, type: "leaderboard", place, ...asked, by, rows: 50, target, format: {} });
      if (unit !== "x" && random.chance(0.5)) {
        const course = { metric: name, where, unit: random.pick(["hour", "day", "week", "month"] as const), points: 9 };
        tiles.push({
          id: `line-${name}`,
          type: "line",
          place,
          ...course,
          ...(isGrouped && random.chance(0.5) ? { by } : {}),
          format: {},
        });
      }
    }
  }
  return { id: "random", title: "Random", theme: "auto", celebrate: { targets: true, sound: false }, tiles };
};
