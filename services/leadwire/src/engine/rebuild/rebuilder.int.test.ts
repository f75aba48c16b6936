import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { defaultWorkspace, generationOf, type Workspace } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardCompany } from "../../testing/board-company.ts";
import { readGenerations } from "../generation-file.ts";
import type { LocalEngine } from "../local-engine.ts";
import { openEngine } from "../open-engine.ts";
import type { RebuildPurpose, RebuildStatus } from "./rebuild-status.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it.
const startMs = Date.UTC(2060, 5, 1);
const nowMs = (): number => Math.floor(startMs + performance.now());
const dataDir = mkdtempSync(join(tmpdir(), "leadwire-rebuild-"));
let engine: LocalEngine;

/** bogdan sells in the west from the start on: nothing that he did changes but where it counts. */
const moved: Workspace = { ...defaultWorkspace, people: [{ rep: "bogdan", region: "west" }] };
/** And an answer may take two hours, in a zone where a day begins earlier: that changes the company's numbers, too. */
const slower: Workspace = { ...moved, responseSlaMs: 7_200_000, timeZone: "Asia/Tokyo" };
const hashOf = (workspace: Workspace): string => generationOf(workspace, measureShapes(catalogue));

const slaBoard = `title: Answers in time
tiles:
  - { id: sla, type: number, metric: response_within_sla, window: all, at: 1/1 4x3 }
  - { id: leads, type: number, metric: new_leads, window: all, at: 5/1 4x3 }
`;

const open = async (workspace: Workspace): Promise<LocalEngine> => {
  const opened = await openEngine({
    dataDir,
    workspace,
    nowMs,
    storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
    onNotice: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  return opened.right;
};

const append = (events: ReadonlyArray<SalesEvent>): Promise<void> =>
  engine.append(
    events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
    })),
  );

const lead = (id: string): SalesEvent => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: startMs - 3_600_000,
  revision: 0,
  voided: false,
  lead_id: id,
  owner: "bogdan",
});

const ended = async (of: LocalEngine = engine): Promise<RebuildStatus> => {
  for (;;) {
    const status = await of.rebuilds?.status();
    if (status === undefined) throw new Error("there are no rebuilds");
    if (!["building", "comparing", "swapping"].includes(status.phase)) return status;
    await sleep(10);
  }
};

const rebuild = async (purpose: RebuildPurpose, workspace: Workspace): Promise<RebuildStatus> => {
  await engine.rebuilds?.start({ purpose, workspace, ...(purpose === "back" ? {} : { hash: hashOf(workspace) }) });
  return ended();
};

/** New leads by region, as the engine answers now. */
const leads = async (of: LocalEngine = engine): Promise<Readonly<Record<string, number | null>>> => {
  const answers = await of.kpi({ metric: "new_leads", window: "all", by: ["region"], where: [], at: "now" });
  if (isLeft(answers)) throw new Error(answers.left.message);
  return Object.fromEntries(answers.right.map(({ group, value }) => [group.region ?? "", value]));
};

const inTime = async (): Promise<number | null | undefined> => {
  const question = { metric: "response_within_sla", window: "all", by: [], where: [], at: "now" };
  const answers = await engine.kpi(question);
  return isLeft(answers) ? undefined : answers.right[0]?.value;
};

const sqlText = async (sql: string): Promise<string> => {
  const answer = await engine.sql(sql, undefined);
  return isLeft(answer) ? answer.left.message : Buffer.from(answer.right).toString();
};

/** Where the views of metrics let a day begin. */
const dayStart = (): Promise<string> =>
  sqlText("SELECT toString(since) FROM window_at(window = 'day', at = '2026-03-02T00:00:00Z') FORMAT TSV");

const isSound = async (): Promise<void> => {
  expect(await engine.verify()).toMatchObject({ ok: true, examples: [] });
  expect(await engine.ledger()).toMatchObject({ balanced: true });
};

beforeAll(async () => {
  engine = await open(defaultWorkspace);
  await append(boardCompany(startMs));
});
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true });
});

test("a dry run names the numbers that will differ, and changes none", async () => {
  const before = await leads();
  const status = await rebuild("compare", moved);
  expect(status, status.detail).toMatchObject({ phase: "done", generation: hashOf(moved) });
  const { differences } = status;
  const ofLeads = differences?.numbers.filter(({ metric, window }) => metric === "new_leads" && window === "all");
  expect(ofLeads).toEqual([
    expect.objectContaining({ group: { region: "(none)" }, before: 42, after: 22 }),
    expect.objectContaining({ group: { region: "west" }, before: null, after: 20 }),
  ]);
  expect(differences?.facts).toContainEqual({ kind: "lead_created", before: 42, after: 42 });
  expect(differences?.numbers.filter(({ group }) => Object.keys(group).length === 0)).toEqual([]);
  expect(await leads()).toEqual(before);
});

test("a rebuild serves what the new workspace says, with what came meanwhile; and the way back leads back", async () => {
  const before = await leads();
  await engine.rebuilds?.start({ purpose: "swap", workspace: moved, hash: hashOf(moved) });
  let meanwhile = 0;
  for (let running = true; running; ) {
    await append([lead(`M${meanwhile}`)]);
    meanwhile += 1;
    const { phase } = (await engine.rebuilds?.status()) ?? { phase: "idle" };
    running = phase === "building" || phase === "swapping";
    // One generation or the other, and never a part of each.
    const { west = 0, "(none)": none = 0 } = await leads();
    expect([west === 0 ? none : 0, west === 0 ? 0 : none]).toContain(west === 0 ? none : 22);
  }
  const status = await ended();
  expect(status, status.detail).toMatchObject({ phase: "done", generation: hashOf(moved) });
  expect(await leads()).toEqual({ "(none)": 22, west: 20 + meanwhile });
  expect(await engine.status()).toMatchObject({ generation: hashOf(moved) });
  await isSound();

  expect(await rebuild("back", moved)).toMatchObject({ phase: "done", generation: hashOf(defaultWorkspace) });
  expect(await leads()).toEqual({ "(none)": (before["(none)"] ?? 0) + meanwhile });
  await isSound();
});

test("a board that is watched goes on with the new numbers, and shows no other in between", async () => {
  const boardsFolder = join(dataDir, "boards");
  mkdirSync(boardsFolder);
  writeFileSync(join(boardsFolder, "sla.yaml"), slaBoard);
  const { source } = await engine.openBoard({ boardsFolder, onNotice: () => undefined });
  const board = source.open("sla");
  const shown: Array<string> = [];
  const look = (): void => {
    const [sla, leads] = board?.now()?.tiles ?? [];
    if (sla?.type === "number" && leads?.type === "number") shown.push(`${sla.value} of ${leads.value}`);
  };
  board?.subscribe(look);
  look();
  const before = await inTime();
  // The views of metrics are made by now, in the zone that serves.
  expect(await dayStart()).toBe("2026-03-02 00:00:00.000\n");
  const status = await rebuild("swap", slower);
  expect(status, status.detail).toMatchObject({ phase: "done" });
  const after = await inTime();
  expect(after).not.toBe(before);
  look();
  const [first] = shown;
  expect(new Set(shown)).toEqual(new Set([first, first?.replace(String(before), String(after))]));
  expect(shown.at(-1)).toContain(String(after));
  board?.end();
  expect(await leads()).toHaveProperty("west");
});

test("SQL goes by the new calendar at once, in every view of a metric", async () => {
  expect(await dayStart()).toBe("2026-03-01 15:00:00.000\n");
  const daily =
    "SELECT countIf(create_table_query LIKE '%Tokyo%') > 30 FROM system.tables WHERE name LIKE 'kpi_%_daily' FORMAT TSV";
  expect(await sqlText(daily)).toBe("1\n");
});

test("what only the new workspace puts aside is told once it serves; of the generations two are left", async () => {
  const [pipeline] = defaultWorkspace.pipelines;
  const stages = pipeline?.stages.filter(({ id }) => id !== "negotiation") ?? [];
  const narrow: Workspace = { ...defaultWorkspace, pipelines: pipeline === undefined ? [] : [{ ...pipeline, stages }] };
  expect(await engine.quarantineList(10)).toEqual([]);
  const status = await rebuild("swap", narrow);
  expect(status, status.detail).toMatchObject({ phase: "done" });
  const aside = await engine.quarantineList(100);
  expect(aside.length).toBeGreaterThan(0);
  expect(new Set(aside.map(({ reason }) => reason))).toEqual(new Set(["unknown_stage"]));
  await isSound();

  const file = readGenerations(dataDir);
  expect(file?.dropping).toEqual([]);
  const kept = [file?.serving, file?.former].map((named) => named?.generation).toSorted();
  expect(readdirSync(join(dataDir, "state")).toSorted()).toEqual(kept);
  const named = (await engine.log.topics()).flatMap(({ name }) => /^leadwire[.]facts[.](.+)$/u.exec(name)?.[1] ?? []);
  expect(named.toSorted()).toEqual(kept);
});
