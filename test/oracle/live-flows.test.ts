import { setImmediate as turn } from "node:timers/promises";
import { type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  arraySource,
  evaluateKpi,
  type KpiAnswer,
  type KpiContext,
  type KpiQuestion,
  type PartialQuery,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveOpenSet } from "@leadwire/stream";
import { Driver } from "@leadwire/stream/testing";
import {
  type BoardDefinition,
  type BoardSource,
  createLiveWall,
  type EventFeed,
  type TileData,
  type TileDefinition,
} from "@leadwire/wallboard";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { type PlayedView, playedView } from "./played-view.ts";
import { randomCompany } from "./random-company.ts";

const seeds = Array.from({ length: 3 }, (_, n) => n + 1);
const noFeed: EventFeed = {
  events: () => [],
  wins: () => [],
  onChange: () => () => undefined,
  onActivity: () => undefined,
};

const place = { column: 0, row: 0, columns: 1, rows: 1 };
/** Flows and levels over windows of every kind; of one rep too, which slices by stage do not tell apart. */
const boardFor = (rep: string): BoardDefinition => {
  const mine = [["rep", rep]] as const;
  const tiles: ReadonlyArray<TileDefinition> = [
    ...(["month", "30d", "all"] as const).flatMap(
      (window): ReadonlyArray<TileDefinition> => [
        { id: `funnel ${window}`, place, type: "funnel", window, where: [] },
        { id: `waterfall ${window}`, place, type: "waterfall", window },
        { id: `times ${window}`, place, type: "histogram", window, where: [], businessHours: false },
      ],
    ),
    { id: "funnel of a rep", place, type: "funnel", window: "quarter", where: mine },
    { id: "times in business hours", place, type: "histogram", window: "90d", where: [], businessHours: true },
    { id: "pipeline", place, type: "pipeline", where: [] },
    { id: "pipeline of a rep", place, type: "pipeline", where: mine },
    { id: "waiting", place, type: "waiting", where: [], rows: 50 },
    { id: "waiting of a rep", place, type: "waiting", where: mine, rows: 50 },
  ];
  return { id: "flows", title: "Flows", theme: "auto", tiles, celebrate: { targets: false, sound: false } };
};

/** What is open by all facts, as a store tells it: those of one lead in a row. */
const openSetOf = (facts: ReadonlyArray<FactRecord>, workspace: Workspace): LiveOpenSet => {
  const openSet = new LiveOpenSet({ workspace });
  const ordered = facts.toSorted((a, b) => (a.leadId < b.leadId ? -1 : a.leadId > b.leadId ? 1 : a.atMs - b.atMs));
  const changes = ordered
    .filter(({ kind }) => ["lead_created", "lead_unanswered", "deal_pipeline"].includes(kind))
    .map((fact) => ({ fact, present: true, version: 1, appendTimeMs: fact.atMs, isBackfill: false }));
  openSet.load({ positions: new Map(), facts: changes, heard: [] });
  return openSet;
};

/** Counted one by one; also those of a rep, or in business time. */
const bandsOf =
  (facts: ReadonlyArray<FactRecord>) =>
  ({ measure, fromMs, toMs, upToMs, where }: PartialQuery, edgesMs: ReadonlyArray<number>): ReadonlyArray<number> => {
    const values = facts
      .filter(({ kind, outcome }) => kind === measure.kind && measure.outcomes?.includes(outcome) === true)
      .filter(({ atMs }) => (fromMs === null || atMs >= fromMs) && (toMs === null || atMs < toMs) && atMs <= upToMs)
      .filter(({ dimensions }) => where.every(([name, value]) => dimensions[name] === value))
      .flatMap((fact) => (measure.value === "businessMs" ? fact.businessMs : fact.durationMs) ?? []);
    return [...edgesMs, Number.POSITIVE_INFINITY].map(
      (to, index) => values.filter((ms) => ms <= to && ms > (edgesMs[index - 1] ?? Number.NEGATIVE_INFINITY)).length,
    );
  };

interface Company extends PlayedView {
  readonly board: BoardDefinition;
  readonly facts: ReadonlyArray<FactRecord>;
  readonly rep: string;
  readonly source: BoardSource;
  readonly asks: (question: KpiQuestion) => Promise<ReadonlyArray<KpiAnswer>>;
  readonly edgeMs: number;
}

const companyOf = (seed: number): Company => {
  const { workspace, events } = randomCompany(seed);
  const driver = new Driver(workspace, catalogue.measures, 3);
  driver.feed(events);
  const played = playedView(workspace);
  const { view, clock } = played;
  clock.nowMs = Math.max(...events.map(({ appendTimeMs }) => appendTimeMs)) + 61_007;
  played.tell(driver);
  view.noteActivity();
  const facts = driver.facts();
  const rep =
    facts.find(({ kind, dimensions }) => kind === "lead_unanswered" && dimensions.owner !== "(none)")?.dimensions
      .owner ?? "ana";
  const calendar = new ZoneCalendar(workspace.timeZone);
  const meta = { completeThroughMs: null, hasActivity: true };
  const context: KpiContext = { catalogue, workspace, calendar, source: arraySource(facts), meta };
  const asks: Company["asks"] = async (question) => {
    const answers = await evaluateKpi(question, context);
    if (isLeft(answers)) throw new Error(answers.left.message);
    return answers.right;
  };
  const board = boardFor(rep);
  const wall = createLiveWall({
    view,
    catalogue,
    workspace,
    eventFeed: noFeed,
    shelf: {
      boards: () => new Map([["flows", { board, etag: '"1"', builtIn: false }]]),
      onChange: () => () => undefined,
    },
    nowMs: () => clock.nowMs,
    openSet: openSetOf(facts, workspace),
    askFacts: ({ name, where, by, atMs }) =>
      asks({ metric: name, window: "quarter", where, by: by.map((named) => named.dimension), atMs }),
    askBands: async (query, edgesMs) => bandsOf(facts)(query, edgesMs),
  });
  const source = wall.open("flows");
  if (source === undefined) throw new Error("the board is not there");
  return { ...played, board, facts, rep, source, asks, edgeMs: calendar.minuteCeilMs(clock.nowMs + 1) };
};

const settled = async ({ source }: Company): Promise<ReadonlyArray<TileData>> => {
  for (;;) {
    const tiles = source.now()?.tiles ?? [];
    if (tiles.every(({ reason }) => reason !== "asking")) return tiles;
    await turn();
  }
};

type Held = (tile: TileDefinition, data: TileData, company: Company) => Promise<void>;

const holdFunnel: Held = async (tile, data, { asks, edgeMs }) => {
  if (tile.type !== "funnel" || data.type !== "funnel") return;
  for (const part of ["entries", "advances"] as const) {
    const { window, where } = tile;
    const answers = await asks({ metric: `stage_flow.${part}`, window, where, by: ["stage"], atMs: edgeMs - 1 });
    const shown = data.stages.filter((stage) => stage[part] !== 0).map((stage) => [stage.stage, stage[part]]);
    const told = answers.filter(({ value }) => value !== 0).map(({ group, value }) => [group.stage, value]);
    expect(shown.sort(), `${tile.id} ${part}`).toEqual(told.sort());
  }
};

const holdPipeline: Held = async (tile, data, { asks, edgeMs }) => {
  if (tile.type !== "pipeline" || data.type !== "pipeline") return;
  const asked = { window: "all", where: tile.where, by: ["stage"], atMs: edgeMs };
  const [amounts, deals] = [
    await asks({ metric: "pipeline_value", ...asked }),
    await asks({ metric: "pipeline_volume", ...asked }),
  ];
  const told = deals.map(({ group, value }, index) => [group.stage, value, amounts[index]?.value]);
  const shown = data.stages.filter((stage) => stage.deals !== 0);
  expect(shown.map(({ stage, deals: count, amountMinor }) => [stage, count, amountMinor]).sort(), tile.id).toEqual(
    told.sort(),
  );
};

const holdWaterfall: Held = async (tile, data, { asks, edgeMs }) => {
  if (tile.type !== "waterfall" || data.type !== "waterfall") return;
  const { window } = tile;
  for (const { movement, amountMinor } of data.steps) {
    const [answer] = await asks({ metric: `mrr.${movement}`, window, atMs: edgeMs - 1 });
    expect(amountMinor, `${tile.id} ${movement}`).toBe(answer?.value);
  }
  const [start] = await asks({ metric: "mrr.start", window, atMs: edgeMs - 1 });
  const [end] = await asks({ metric: "mrr", window: "all", atMs: edgeMs });
  expect([data.startMinor, data.endMinor], tile.id).toEqual([start?.value, end?.value]);
  expect(
    data.steps.reduce((sum, { amountMinor }) => sum + amountMinor, data.startMinor),
    tile.id,
  ).toBe(data.endMinor);
};

const edgesMs = [1, 5, 15, 60, 240, 1_440].map((minutes) => minutes * 60_000);

/** Of all windows the counts, of the open one each band, whoever gave it. */
const holdHistogram: Held = async (tile, data, { asks, edgeMs, facts }) => {
  if (tile.type !== "histogram" || data.type !== "histogram") return;
  const { window, where, businessHours } = tile;
  const metric = businessHours ? "lead_response_time.business_p50" : "lead_response_time.p50";
  const [answer] = await asks({ metric, window, where, atMs: edgeMs - 1 });
  const counts = data.bands.map(({ count }) => count);
  expect(
    counts.reduce((sum, count) => sum + count, 0),
    tile.id,
  ).toBe(answer?.count);
  const measure = catalogue.measures.find(({ id }) => id === "response_times");
  if (window !== "all" || measure === undefined) return;
  const all = { measure, fromMs: null, toMs: null, upToMs: edgeMs - 1, by: [], where: [], want: "bins" } as const;
  expect(counts, tile.id).toEqual(bandsOf(facts)(all, edgesMs));
};

const holdWaiting: Held = async (tile, data, { asks, edgeMs }) => {
  if (tile.type !== "waiting" || data.type !== "waiting") return;
  const asked = { window: "all", where: tile.where };
  const [count] = await asks({ metric: "unanswered_leads", ...asked, atMs: edgeMs });
  expect(data.total, tile.id).toBe(count?.value);
  const [oldest] = await asks({ metric: "unanswered_leads.age_max", ...asked, atMs: edgeMs });
  // All of them are listed, the youngest first.
  expect(data.leads, tile.id).toHaveLength(data.total);
  if (data.total > 0) expect((edgeMs - (data.leads.at(-1)?.createdAtMs ?? 0)) / 1000, tile.id).toBe(oldest?.value);
};

test.each(seeds)(
  "funnels, pipelines, waterfalls, bands and waits are those of the command line (company %i)",
  async (seed) => {
    const company = companyOf(seed);
    const tiles = await settled(company);
    expect(tiles).toHaveLength(company.board.tiles.length);
    let said = 0;
    for (const [index, tile] of company.board.tiles.entries()) {
      const data = tiles[index];
      if (data === undefined) throw new Error(`${tile.id} is not there`);
      for (const hold of [holdFunnel, holdPipeline, holdWaterfall, holdHistogram, holdWaiting])
        await hold(tile, data, company);
      expect(data.reason ?? "no_data", tile.id).toBe("no_data");
      if (data.reason === undefined) said += 1;
    }
    expect(said).toBeGreaterThan(company.board.tiles.length / 2);
  },
);
