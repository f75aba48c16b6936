import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import type { BoardDefinition, Celebration, TileDefinition } from "../board/board-definition.ts";
import { parseBoard } from "./board-lines.ts";
import { boardText } from "./board-yaml.ts";

const context = { catalogue, currency: "EUR" };

const word = fc.stringMatching(/^[a-z][a-z0-9 '"#:{}-]{0,12}[a-z]$/u);
const where = fc.constantFrom<ReadonlyArray<readonly [string, string]>>([], [["team", "north"]], [["team", "a=b #1"]]);
const format = fc.constantFrom({}, { decimals: 1 }, { compact: true }, { decimals: 0, compact: false });
const target = fc.constantFrom<number | "plan">("plan", 0.25, 1.5);
const at = (index: number) => ({
  place: { column: (index % 4) * 3, row: Math.floor(index / 4) * 2, columns: 3, rows: 2 },
});

type Bare = TileDefinition extends infer Tile
  ? Tile extends TileDefinition
    ? Omit<Tile, "id" | "place">
    : never
  : never;

const bare: fc.Arbitrary<Bare> = fc.oneof(
  fc.record({
    type: fc.constant("number" as const),
    metric: fc.constantFrom("win_rate", "win_rate.by_value"),
    window: fc.constantFrom("30d", "month", "2026-Q1"),
    where,
    compare: fc.constantFrom("prior" as const, "year" as const, "none" as const),
    target,
    course: fc.constantFrom("hours" as const, "days" as const, "none" as const),
    format,
  }),
  fc.record({
    type: fc.constant("gauge" as const),
    metric: fc.constant("sales"),
    window: fc.constant("month"),
    where,
    target: fc.constantFrom<number | "plan">("plan", 500_000_50),
    format,
  }),
  fc.record({
    type: fc.constantFrom("line" as const, "bar" as const),
    metric: fc.constantFrom("new_leads", "sales"),
    where,
    unit: fc.constantFrom("hour" as const, "week" as const),
    points: fc.integer({ min: 1, max: 400 }),
    by: fc.constantFrom("team", "channel"),
    format,
  }),
  fc.record({
    type: fc.constant("leaderboard" as const),
    metric: fc.constant("sales"),
    window: fc.constant("month"),
    where,
    by: fc.constantFrom("rep", "team"),
    rows: fc.integer({ min: 1, max: 50 }),
    format,
  }),
  fc.record({ type: fc.constant("funnel" as const), window: fc.constant("90d"), where }),
  fc.record({
    type: fc.constant("histogram" as const),
    window: fc.constant("7d"),
    where,
    businessHours: fc.boolean(),
  }),
  fc.record({ type: fc.constant("pipeline" as const), where }),
  fc.record({ type: fc.constant("waterfall" as const), window: fc.constantFrom("month", "2026") }),
  fc.record({ type: fc.constant("waiting" as const), where, rows: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ type: fc.constant("feed" as const), kinds: fc.subarray(["won", "lead_created"]) }),
  fc.record({ type: fc.constant("alerts" as const), severities: fc.subarray(["critical", "warning"]) }),
  fc.record({
    type: fc.constant("text" as const),
    text: word,
    size: fc.constantFrom("small" as const, "large" as const),
  }),
  fc.record({
    type: fc.constant("image" as const),
    file: fc.constant("logo.png"),
    alt: fc.constantFrom("", "Our logo"),
  }),
);

const board: fc.Arbitrary<BoardDefinition> = fc.record({
  id: fc.constant("floor"),
  title: word,
  theme: fc.constantFrom("auto" as const, "contrast" as const),
  tiles: fc
    .array(bare, { maxLength: 8 })
    .map((tiles) => tiles.map((tile, index) => ({ id: `t${index}`, ...at(index), ...tile }) as TileDefinition)),
  celebrate: fc.constantFrom<Celebration>(
    { targets: false, sound: false },
    { wonMinorMin: 500_000, targets: true, sound: false },
    { targets: true, sound: false, quiet: "never" },
    { targets: false, sound: true, quiet: { fromMinute: 20 * 60, toMinute: 8 * 60 + 5 } },
  ),
});

test("a board reads back as it is written, also over the file of another one", () => {
  fc.assert(
    fc.property(board, board, (one, other) => {
      const text = boardText(one, context);
      expect(parseBoard("floor", text, context)).toEqual(right(one));
      const over = boardText(other, context, text);
      expect(parseBoard("floor", over, context)).toEqual(right(other));
      // The same again changes no byte.
      expect(boardText(other, context, over)).toBe(over);
    }),
    { numRuns: 150 },
  );
});

test("what a person wrote stays as it is but for what changed", () => {
  const text = `# For the team room.
title: Floor
tiles:
  # The number that matters.
  - { id: win, type: number, at: 1/1 3x2, metric: win_rate, window: 30d } # keep an eye on it
  - id: open
    type: number
    metric: pipeline_value # all of it
    at: 4/1 3x2
`;
  const read = parseBoard("floor", text, context);
  if (isLeft(read)) throw new Error(JSON.stringify(read.left));
  const [win, open] = read.right.tiles;
  if (win === undefined || open === undefined) throw new Error("two tiles");
  const moved = { ...open, place: { ...open.place, column: 6 } };
  const saved = boardText({ ...read.right, tiles: [win, moved] }, context, text);
  expect(saved).toContain("# For the team room.");
  expect(saved).toContain("# The number that matters.");
  expect(saved).toContain("# keep an eye on it");
  expect(saved).toContain("pipeline_value # all of it");
  expect(saved).toContain("at: 7/1 3x2");
});
