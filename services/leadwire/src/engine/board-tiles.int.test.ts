import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorkspace } from "@leadwire/funnel";
import { type BoardSource, type ExplainAnswer, registerExplain, type TileData } from "@leadwire/wallboard";
import fastify, { type FastifyInstance } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { boardCompany, numberedEvents } from "../testing/board-company.ts";
import { type ClockedEngine, openClockedEngine } from "../testing/clocked-engine.ts";
import type { Board } from "./open-board.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it.
const startMs = Date.UTC(2060, 2, 25, 14, 40);
/** When boards are looked at: after everything was appended, early in a minute, so that none passes meanwhile. */
const endMs = startMs + 125_000;

const boardYaml = `title: Everything
tiles:
  - { id: rate, type: number, at: 1/1 2x2, metric: win_rate, window: 30d, target: 0.3 }
  - { id: sold, type: gauge, at: 3/1 2x2, metric: sales, window: month, target: plan }
  - { id: quota, type: number, at: 5/1 2x2, metric: quota_attainment, window: month }
  - { id: north, type: number, at: 7/1 2x2, metric: new_leads, window: 7d, where: [team=north] }
  - { id: mail, type: number, at: 9/1 2x2, metric: lead_response_time.p50, window: 30d, where: [team=north, "channel=it's mail"] }
  - { id: value, type: number, at: 11/1 2x2, metric: pipeline_value }
  - { id: race, type: leaderboard, at: 1/3 2x2, metric: sales, window: month, by: rep }
  - { id: weeks, type: line, at: 3/3 2x2, metric: new_leads, unit: week, points: 4, by: team }
  - { id: flow, type: funnel, at: 5/3 2x2, window: 30d }
  - { id: southern-flow, type: funnel, at: 7/3 2x2, window: 30d, where: [team=south] }
  - { id: times, type: histogram, at: 9/3 2x2, window: 30d }
  - { id: business-times, type: histogram, at: 11/3 2x2, window: month, business_hours: true }
  - { id: stages, type: pipeline, at: 1/5 2x2 }
  - { id: ana, type: pipeline, at: 3/5 2x2, where: [rep=ana] }
  - { id: mrr, type: waterfall, at: 5/5 2x2, window: month }
  - { id: waiting, type: waiting, at: 7/5 2x2, rows: 50 }
  - { id: alerts, type: alerts, at: 9/5 2x2 }
  - { id: february, type: number, at: 11/5 2x2, metric: new_leads, window: 2060-02 }
  - { id: months, type: bar, at: 1/7 2x2, metric: new_leads, unit: month, points: 3 }
`;

let clocked: ClockedEngine;
let board: Board;
let source: BoardSource;
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-boards-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "all.yaml"), boardYaml);
  clocked = await openClockedEngine(defaultWorkspace, startMs);
  await clocked.append(boardCompany(startMs));
  await clocked.engine.settle();
  board = await clocked.engine.openBoard({ boardsFolder: folder, onNotice: () => undefined });
  const opened = board.source.open("all");
  if (opened === undefined) throw new Error(`no board was read from ${folder}`);
  source = opened;
  app = fastify();
  registerExplain(app, board.explain);
}, 60_000);
// However long the tests before it took: the same minute for all.
beforeEach(() => clocked.at(endMs));
afterAll(async () => {
  await app.close();
  await clocked.dispose();
  rmSync(folder, { recursive: true });
});

/** As the board shows them once facts have answered what slices do not. */
const tiles = async (): Promise<ReadonlyMap<string, TileData>> => {
  for (;;) {
    const shown = source.now()?.tiles ?? [];
    if (shown.length > 0 && !shown.some(({ reason }) => reason === "asking"))
      return new Map(shown.map((tile) => [tile.id, tile]));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
type DataOf<Type> = TileData extends infer Data
  ? Data extends { readonly type: unknown }
    ? Type extends Data["type"]
      ? Data
      : never
    : never
  : never;
const tileOf = async <Type extends TileData["type"]>(id: string, type: Type): Promise<DataOf<Type>> => {
  const tile = (await tiles()).get(id);
  if (tile?.type !== type) throw new Error(`${id} is no ${type}: ${JSON.stringify(tile)}`);
  return tile as DataOf<Type>;
};

const atText = (ms: number): string => new Date(ms).toISOString();
const edgeMs = Math.ceil((endMs + 1) / 60_000) * 60_000;

/** As `npx leadwire kpi` answers. */
const kpi = async (metric: string, window: string, rest: { by?: string[]; where?: string[]; atMs?: number } = {}) => {
  const at = atText(rest.atMs ?? edgeMs - 1);
  const answers = await clocked.engine.kpi({ metric, window, by: rest.by ?? [], where: rest.where ?? [], at });
  if (isLeft(answers)) throw new Error(answers.left.message);
  return answers.right;
};
const kpiValue = async (...asked: Parameters<typeof kpi>): Promise<number | null | undefined> =>
  (await kpi(...asked))[0]?.value;

const explained = async (tile: string, query = ""): Promise<ExplainAnswer> => {
  const response = await app.inject(`/api/boards/all/tiles/${tile}/explain${query}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<ExplainAnswer>();
};

const rowOf = async (sql: string): Promise<Readonly<Record<string, unknown>>> => {
  const found = await clocked.engine.sql(sql, "JSON");
  if (isLeft(found)) throw new Error(`${found.left.message}\n${sql}`);
  const { data } = JSON.parse(Buffer.from(found.right).toString()) as { data: ReadonlyArray<Record<string, unknown>> };
  expect(data.length, sql).toBeLessThan(2);
  return data[0] ?? {};
};

/** The explanation adds up, its value is the tile's, and so is what its statement gives. */
const expectExplained = async (value: number | null, tile: string, query = ""): Promise<ExplainAnswer> => {
  const answer = await explained(tile, query);
  const { value: told } = await rowOf(answer.sql);
  expect(answer.explanation.answer.value, `${tile}${query}`).toBe(value);
  expect(told === null ? null : Number(told ?? 0), `${tile}${query}\n${answer.sql}`).toBe(value);
  expect(answer.explanation.adds_up, tile).toBe(true);
  expect(answer.explanation.parts.length).toBeGreaterThan(0);
  return answer;
};

test("a funnel is the flow by stage, filtered or not", async () => {
  for (const [id, where, from] of [
    ["flow", [], "live"],
    ["southern-flow", ["team=south"], "asked"],
  ] as const) {
    const funnel = await tileOf(id, "funnel");
    expect(funnel.source).toBe(from);
    for (const part of ["entries", "advances"] as const) {
      const answers = await kpi(`stage_flow.${part}`, "30d", { by: ["stage"], where: [...where] });
      expect(answers.length).toBeGreaterThan(2);
      for (const { group, value } of answers)
        expect(funnel.stages.find(({ stage }) => stage === group.stage)?.[part], `${id} ${part}`).toBe(value);
    }
    expect(funnel.stages.map(({ stage }) => stage).slice(0, 3)).toEqual(["new", "contacted", "qualified"]);
  }
  const flow = await tileOf("flow", "funnel");
  const contacted = flow.stages.find(({ stage }) => stage === "contacted");
  await expectExplained(contacted?.advances ?? -1, "flow", "?group=contacted&part=advances");
});

test("a pipeline is what is open by stage; filtered, it comes from the open deals themselves", async () => {
  for (const [id, where] of [
    ["stages", []],
    ["ana", ["rep=ana"]],
  ] as const) {
    const pipeline = await tileOf(id, "pipeline");
    expect(pipeline.source).toBe("live");
    const asked = { by: ["stage"], where: [...where], atMs: edgeMs };
    const amounts = await kpi("pipeline_value", "all", asked);
    const deals = await kpi("pipeline_volume", "all", asked);
    expect(amounts.length).toBeGreaterThan(1);
    const shown = pipeline.stages.filter((stage) => stage.deals !== 0);
    expect(shown.map(({ stage, amountMinor }) => [stage, amountMinor]).sort()).toEqual(
      amounts.map(({ group, value }) => [group.stage, value]).sort(),
    );
    expect(shown.map((stage) => [stage.stage, stage.deals]).sort()).toEqual(
      deals.map(({ group, value }) => [group.stage, value]).sort(),
    );
  }
  const { stages } = await tileOf("ana", "pipeline");
  const proposal = stages.find(({ stage }) => stage === "proposal");
  await expectExplained(proposal?.amountMinor ?? -1, "ana", "?group=proposal");
});

test("a waterfall goes from the month's beginning to now and adds up", async () => {
  const { startMinor, endMinor, steps, flags } = await tileOf("mrr", "waterfall");
  expect(startMinor).toBe(await kpiValue("mrr.start", "month"));
  expect(endMinor).toBe(await kpiValue("mrr", "all", { atMs: edgeMs }));
  for (const { movement, amountMinor } of steps) {
    expect(amountMinor, movement).toBe(await kpiValue(`mrr.${movement}`, "month"));
    expect(amountMinor, movement).not.toBe(0);
  }
  expect(steps.reduce((sum, { amountMinor }) => sum + amountMinor, startMinor)).toBe(endMinor);
  expect(flags).not.toContain("does_not_add_up");
  await expectExplained(startMinor, "mrr", "?part=start");
  await expectExplained(endMinor, "mrr");
  await expectExplained(steps.find(({ movement }) => movement === "churn")?.amountMinor ?? 0, "mrr", "?part=churn");
});

test("bands of response times are those of the facts, in business hours too", async () => {
  for (const id of ["times", "business-times"]) {
    const { bands, slaSeconds } = await tileOf(id, "histogram");
    const answer = await explained(id);
    expect(Object.values(await rowOf(answer.sql)).map(Number)).toEqual(bands.map(({ count }) => count));
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(answer.explanation.answer.count);
    expect(bands.map(({ toSeconds }) => toSeconds)).toEqual([60, 300, 900, 3_600, 14_400, 86_400, null]);
    expect(slaSeconds).toBe(300);
  }
  expect((await tileOf("business-times", "histogram")).source).toBe("asked");
});

test("who waits is who the level counts, the youngest first, due in business hours", async () => {
  const { total, leads } = await tileOf("waiting", "waiting");
  expect(total).toBe(await kpiValue("unanswered_leads", "all", { atMs: edgeMs }));
  expect(leads).toHaveLength(Math.min(total, 50));
  expect(leads.map(({ createdAtMs }) => createdAtMs)).toEqual(
    leads.map(({ createdAtMs }) => createdAtMs).toSorted((a, b) => b - a),
  );
  const oldest = total <= 50 ? leads.at(-1) : undefined;
  expect(oldest).toBeDefined();
  expect(endMs - (oldest?.createdAtMs ?? 0)).toBe(
    1_000 * ((await kpiValue("unanswered_leads.age_max", "all", { atMs: endMs })) ?? 0),
  );
  for (const { createdAtMs, dueAtMs } of leads) {
    const due = new Date(dueAtMs ?? 0);
    expect(due.getTime()).toBeGreaterThanOrEqual(createdAtMs + defaultWorkspace.responseSlaMs);
    expect(due.getUTCHours()).toBeGreaterThanOrEqual(9);
    expect([0, 6]).not.toContain(due.getUTCDay());
  }
  await expectExplained(total, "waiting");
});

test("the numbers of the other tiles are explained, and their statements give them", async () => {
  for (const id of ["rate", "sold", "quota", "north", "mail", "value"]) {
    const shown = (await tiles()).get(id);
    if (shown?.type !== "number" && shown?.type !== "gauge") throw new Error(`${id} is no number`);
    expect(shown.value, id).not.toBeNull();
    const { command, question } = await expectExplained(shown.value, id);
    expect(command).toContain(`npx leadwire explain ${question.metric} --window`);
  }
  const race = await tileOf("race", "leaderboard");
  for (const { name, value } of race.rows) await expectExplained(value, "race", `?group=${name}`);
  const { startsMs, series } = await tileOf("weeks", "line");
  const north = series.find(({ name }) => name === "north");
  const second = north?.values[1];
  expect(second).toBeGreaterThan(0);
  const { explanation } = await expectExplained(second ?? null, "weeks", `?group=north&point=${startsMs[1]}&limit=1`);
  expect(explanation.parts[0]).toMatchObject({ facts_count: second, shown: 1 });
  expect((await explained("mail")).command).toContain(`--where 'channel=it'\\''s mail'`);
});

test("what cannot be explained is refused with a reason", async () => {
  const refused = async (path: string): Promise<readonly [number, string]> => {
    const response = await app.inject(`/api/boards/${path}/explain`);
    return [response.statusCode, response.json<{ detail: string }>().detail];
  };
  expect(await refused("none/tiles/rate")).toMatchObject([404, expect.stringContaining('no board "none"')]);
  expect(await refused("all/tiles/none")).toMatchObject([404, expect.stringContaining('no tile "none"')]);
  expect(await refused("all/tiles/alerts")).toMatchObject([400, expect.stringContaining("shows no number")]);
  const wrong = async (query: string): Promise<number> =>
    (await app.inject(`/api/boards/all/tiles/flow/explain?${query}`)).statusCode;
  for (const query of ["limit=0", "limit=10001", "limit=x", "point=1.5", "part=exits", "group=a&group=b", "at=now"])
    expect(await wrong(query), query).toBe(400);
});

test("a closed number that a late event changed says what it was, what it is and why", async () => {
  await tiles();
  const marks = async () => {
    const shown = await tiles();
    return ["february", "months", "rate"].map((id) => shown.get(id)?.restated);
  };
  expect(await marks()).toEqual([undefined, undefined, undefined]);
  const lateMs = endMs + 61_000;
  clocked.at(lateMs);
  const made = numberedEvents("late");
  const atMs = Date.UTC(2060, 1, 20, 12);
  await clocked.append([
    made(atMs, { type: "lead-created", lead_id: "late-1", owner: "ana", team: "north", channel: "ads" }),
  ]);
  await clocked.engine.settle();
  const restated = { before: 0, after: 1, atMs: expect.any(Number), period: "2060-02", causes: ["late/e1"] };
  await vi.waitFor(async () => expect(await marks()).toEqual([restated, restated, undefined]), { timeout: 20_000 });
  expect((await tileOf("february", "number")).restated?.atMs).toBeGreaterThanOrEqual(lateMs);
}, 30_000);
