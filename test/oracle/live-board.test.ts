import { setImmediate as turn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  arraySource,
  checkQuestion,
  evaluateChecked,
  isoText,
  type KpiAnswer,
  type KpiQuestion,
  measuresOf,
  measuresOfStatistic,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Driver } from "@leadwire/stream/testing";
import {
  type AskFacts,
  type BoardDefinition,
  type BoardSource,
  createLiveWall,
  type EventFeed,
  type TileData,
  type TileDefinition,
} from "@leadwire/wallboard";
import { expect, test } from "vitest";
import { type PlayedView, playedView } from "./played-view.ts";
import { randomOf } from "./random.ts";
import { randomBoard } from "./random-board.ts";
import { randomCompany } from "./random-company.ts";

const seeds = Array.from({ length: 6 }, (_, n) => n + 1);
const noFeed: EventFeed = {
  events: () => [],
  wins: () => [],
  onChange: () => () => undefined,
  onActivity: () => undefined,
};

const boardOf = (
  board: BoardDefinition,
  workspace: Workspace,
  { view, clock }: PlayedView,
  askFacts?: AskFacts,
): BoardSource => {
  const wall = createLiveWall({
    view,
    catalogue,
    workspace,
    eventFeed: noFeed,
    shelf: {
      boards: () => new Map([[board.id, { board, etag: '"1"', builtIn: false }]]),
      onChange: () => () => undefined,
    },
    nowMs: () => clock.nowMs,
    ...(askFacts === undefined ? {} : { askFacts }),
  });
  const source = wall.open(board.id);
  if (source === undefined) throw new Error("the board is not there");
  return source;
};

const tilesOf = (source: BoardSource): ReadonlyArray<TileData> => source.now()?.tiles ?? [];

test.each(seeds.slice(0, 4))("a board that remembers shows what a new one would (company %i)", (seed) => {
  const { workspace, events } = randomCompany(seed);
  const driver = new Driver(workspace, catalogue.measures, 2);
  const played = playedView(workspace);
  const board = randomBoard(catalogue, randomOf(seed));
  const remembering = boardOf(board, workspace, played);
  const steps = 4;
  const size = Math.ceil(events.length / steps);
  let changes = 0;
  let before = "";
  for (let step = 0; step < steps; step += 1) {
    const fed = events.slice(step * size, (step + 1) * size);
    driver.feed(fed);
    played.clock.nowMs = Math.max(played.clock.nowMs, ...fed.map(({ appendTimeMs }) => appendTimeMs)) + 1;
    played.tell(driver);
    for (const waitMs of [0, 45_000, 7_200_000]) {
      played.clock.nowMs += waitMs;
      const tiles = tilesOf(remembering);
      const anew = boardOf(board, workspace, played);
      for (const [index, tile] of tilesOf(anew).entries()) expect(tiles[index]).toEqual(tile);
      anew.end();
      const text = JSON.stringify(tiles);
      if (text !== before) changes += 1;
      before = text;
    }
  }
  expect(changes).toBeGreaterThan(steps / 2);
});

type Asks = (question: KpiQuestion) => Promise<ReadonlyArray<KpiAnswer>>;
/** Types share definitions and data: number and gauge, line and bar. */
type Of<Union, Type> = Union extends { readonly type: unknown } ? (Type extends Union["type"] ? Union : never) : never;
type Shown<Type extends TileData["type"]> = Of<TileData, Type>;
type Asking = Of<TileDefinition, "number"> | Of<TileDefinition, "leaderboard"> | Of<TileDefinition, "line">;

interface Told {
  readonly asks: Asks;
  /** Where the board may read: the end of the running minute, of its hour and of the next. */
  readonly edges: ReadonlyArray<number>;
  readonly weekAgoMs: number;
}

const questionAt = (
  tile: Of<TileDefinition, "number"> | Of<TileDefinition, "leaderboard">,
  edgeMs: number,
): KpiQuestion => ({
  metric: tile.metric,
  window: tile.window === "now" ? "all" : tile.window,
  where: tile.where,
  ...(tile.type === "leaderboard" ? { by: [tile.by] } : {}),
  atMs: tile.window === "now" ? edgeMs : edgeMs - 1,
});

/** A cohort is not to be had of slices before an event that is ahead of the clock: it is read behind it. */
const readsLater = ({ metric, where }: Asking): boolean => {
  const checked = checkQuestion({ metric, window: "all", atMs: 0, where }, catalogue);
  return (
    checked._tag === "Right" &&
    measuresOfStatistic(checked.right.statistic).some(({ placedBy }) => placedBy === "cohort")
  );
};

/** Holds what is shown against the answer at the first edge, or at a later one where that is allowed. */
const expectOneOf = async <T>(
  tile: Asking,
  shown: unknown,
  { edges }: Told,
  expectedAt: (edgeMs: number) => Promise<T>,
): Promise<void> => {
  const [first = 0, ...later] = edges;
  const expected = await expectedAt(first);
  for (const edgeMs of readsLater(tile) ? later : []) {
    const other = await expectedAt(edgeMs);
    if (isDeepStrictEqual(shown, other)) return;
  }
  expect(shown, `${tile.id} ${JSON.stringify(tile)}`).toEqual(expected);
};

const holdNumber = async (tile: Of<TileDefinition, "number">, data: Shown<"number">, told: Told): Promise<void> => {
  const answerAt = async (edgeMs: number): Promise<KpiAnswer | undefined> =>
    (await told.asks(questionAt(tile, edgeMs)))[0];
  await expectOneOf(tile, data.value, told, async (edgeMs) => (await answerAt(edgeMs))?.value);
  if (data.numerator !== undefined)
    await expectOneOf(tile, data.numerator, told, async (edgeMs) => (await answerAt(edgeMs))?.numerator);
  if (tile.compare === "none") expect(data).not.toHaveProperty("compared");
  else if (tile.window !== "now") {
    const { compare } = tile;
    const comparedAt = async (edgeMs: number): Promise<number | null> =>
      (await told.asks({ ...questionAt(tile, edgeMs), compare }))[0]?.compare?.value ?? null;
    const minutesOfLongAgo = await Promise.all(told.edges.map(comparedAt));
    expect(minutesOfLongAgo, `${tile.id}, ${compare}`).toContain(data.compared);
  } else if (tile.compare === "prior") {
    const [answer] = await told.asks({ ...questionAt(tile, 0), atMs: told.weekAgoMs });
    expect(data.compared, tile.id).toBe(answer?.value);
  }
  const target = tile.target === "plan" ? (await answerAt(told.edges[0] ?? 0))?.target : tile.target;
  expect(data.target?.value, tile.id).toBe(target);
  if (target !== undefined && target > 0 && data.value !== null) expect(data.target?.reached).toBe(data.value / target);
};

const holdList = async (
  tile: Of<TileDefinition, "leaderboard">,
  data: Shown<"leaderboard">,
  told: Told,
): Promise<void> => {
  const values = (rows: ReadonlyArray<readonly [string, number | null]>) =>
    Object.fromEntries(rows.filter(([, value]) => value !== null && value !== 0));
  const shown = values(data.rows.map(({ name, value }) => [name, value]));
  await expectOneOf(tile, shown, told, async (edgeMs) =>
    values((await told.asks(questionAt(tile, edgeMs))).map(({ group, value }) => [group[tile.by] ?? "", value])),
  );
  const isLowBest = catalogue.metrics.get(tile.metric.split(".")[0] ?? "")?.better === "lower";
  const order = data.rows.map(({ value }) => (value ?? 0) * (isLowBest ? 1 : -1));
  expect(order, tile.id).toEqual(order.toSorted((a, b) => a - b));
};

const holdLine = async (tile: Of<TileDefinition, "line">, data: Shown<"line">, told: Told): Promise<void> => {
  const { metric, where, by } = tile;
  const [edgeMs = 0] = told.edges;
  const isLevel = levels.has(metric);
  for (const [index, fromMs] of data.startsMs.entries()) {
    const toMs = data.startsMs[index + 1] ?? edgeMs;
    const window = isLevel ? "all" : `${isoText(fromMs)}..${isoText(toMs)}`;
    const at = { metric, where, window, ...(by === undefined ? {} : { by: [by] }) };
    for (const { name, values } of data.series) {
      const shown = values[index] ?? null;
      // The others together are held where they add up: in the law of series.
      if (by !== undefined && name === "") continue;
      await expectOneOf(tile, shown === 0 ? null : shown, told, async (laterMs) => {
        const answers = await told.asks({ ...at, atMs: isLevel ? toMs : laterMs - 1 });
        const own = answers.find(({ group }) => (by === undefined ? true : group[by] === name));
        return own === undefined || own.value === 0 ? null : own.value;
      });
    }
  }
};

const levels = new Set(
  [...catalogue.metrics.values()].flatMap((metric) =>
    [...metric.statistics].flatMap(([name, { formula }]) =>
      measuresOf(formula).every(({ level }) => level)
        ? [name === "" || name === metric.defaultStatistic ? metric.id : `${metric.id}.${name}`]
        : [],
    ),
  ),
);

/** Until facts have answered all that the board asks. */
const settled = async (source: BoardSource): Promise<ReadonlyArray<TileData>> => {
  for (let times = 0; times < 10_000; times += 1) {
    const tiles = tilesOf(source);
    if (!tiles.some(({ reason }) => reason === "asking")) break;
    await turn();
  }
  for (let times = 0; times < 100; times += 1) await turn();
  return tilesOf(source);
};

test.each(seeds)(
  "a board's tiles are those of the command line, from slices and from facts (company %i)",
  async (seed) => {
    const { workspace, events } = randomCompany(seed);
    const driver = new Driver(workspace, catalogue.measures, 3);
    driver.feed(events);
    const played = playedView(workspace);
    const { view, clock } = played;
    clock.nowMs = Math.max(...events.map(({ appendTimeMs }) => appendTimeMs)) + 61_007;
    played.tell(driver);
    view.noteActivity();
    const { calendar } = view.state;
    const context = {
      workspace,
      calendar: new ZoneCalendar(workspace.timeZone),
      source: arraySource(driver.facts()),
      meta: { completeThroughMs: null, hasActivity: true },
    };
    const askFacts: AskFacts = (question) => evaluateChecked(question, context);
    const asks: Asks = (question) => {
      const checked = checkQuestion(question, catalogue);
      if (checked._tag === "Left") throw new Error(checked.left.message);
      return evaluateChecked(checked.right, context);
    };
    const edgeMs = calendar.minuteCeilMs(clock.nowMs + 1);
    const hourMs = calendar.localHourCeilMs(edgeMs);
    const weekAgoMs = calendar.localHourStartMs(calendar.instantOfLocal(calendar.wallMs(hourMs) - 7 * 86_400_000));
    const told: Told = { asks, edges: [edgeMs, hourMs, calendar.localHourCeilMs(hourMs + 1)], weekAgoMs };

    const board = randomBoard(catalogue, randomOf(seed));
    const source = boardOf(board, workspace, played, askFacts);
    const tiles = await settled(source);
    const sources = { live: 0, asked: 0 };
    for (const [index, tile] of board.tiles.entries()) {
      const data = tiles[index];
      if (data === undefined) throw new Error(`${tile.id} shows nothing`);
      expect(["not_served", "asking"]).not.toContain(data.reason);
      sources[data.source] += 1;
      if (tile.type === "number" && data.type === "number") await holdNumber(tile, data, told);
      if (tile.type === "leaderboard" && data.type === "leaderboard") await holdList(tile, data, told);
      if (tile.type === "line" && data.type === "line") await holdLine(tile, data, told);
    }
    source.end();
    expect(sources.live).toBeGreaterThan(40);
    expect(sources.asked).toBeGreaterThan(10);
  },
  30_000,
);
