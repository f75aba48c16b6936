import {
  AlertReplay,
  AlertStage,
  type AlertsConfig,
  type PlayedAlertRecord,
  parseAlertFiles,
  playedLine,
} from "@leadwire/alerts";
import { type AlertChanged, alertsTopic, decodeAlert } from "@leadwire/events";
import { defaultWorkspace, type EventLine, parseEventLine } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { RecordCursor } from "@leadwire/log";
import { isLeft, isRight, right } from "fp-ts/lib/Either.js";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { partitions } from "../engine/open-engine.ts";
import { type ClockedEngine, openClockedEngine } from "../testing/clocked-engine.ts";
import { readPlayedLog } from "./played-log.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it. A Monday.
const day = "2060-03-01";
const startMs = Date.parse(`${day}T08:59:00Z`);
const minuteMs = 60_000;

const rules = `
rules:
  - id: win-rate-low
    when: win_rate 30d by team < 0.25
    minimum: 2
  - id: unanswered-lead
    when: lead without response for 5 min of business hours
`;

/** What arrives together, and when; nothing where only time passes. */
const story: ReadonlyArray<readonly [arrives: string, ...lines: ReadonlyArray<string>]> = [
  [
    "09:00",
    "08:59 lead-created L1 team=north",
    "08:59:10 stage-changed L1 to negotiation",
    "08:59:20 deal-closed L1 lost",
  ],
  [
    "09:10",
    "09:09 lead-created L2 team=north",
    "09:09:10 stage-changed L2 to negotiation",
    "09:09:20 deal-closed L2 lost",
  ],
  ["10:00", "10:00 lead-created L3 owner=ana team=south"],
  ["10:05:02"],
  // Late: she had called in time.
  ["11:00", "10:02 activity-logged L3 call by ana"],
  // Late: it was won before the others were lost.
  [
    "12:00",
    "08:50 lead-created L4 team=north",
    "08:51 stage-changed L4 to negotiation",
    "08:52 deal-closed L4 won 10 USD",
  ],
];

let number = 0;
const lineOf = (text: string): EventLine => {
  number += 1;
  const read = parseEventLine(`${day} ${text}`, { workspace: defaultWorkspace, sourceSystem: "crm", number });
  if (isLeft(read)) throw new Error(read.left);
  return read.right;
};
const arrivals = story.map(([arrives, ...lines]) => ({
  atMs: Date.parse(`${day}T${arrives}Z`),
  lines: lines.map(lineOf),
}));

const read = parseAlertFiles([{ name: "sales.yaml", text: rules }], { catalogue, workspace: defaultWorkspace });
if (isLeft(read)) throw new Error(JSON.stringify(read.left));
// The engine's own health is not played.
const config: AlertsConfig = { ...read.right, ruleSets: read.right.ruleSets.filter(({ name }) => name === "sales") };

const replay = (): AlertReplay => {
  const generation = "replay";
  const stage = new AlertStage({ config, workspace: defaultWorkspace, catalogue, generation });
  return new AlertReplay({ workspace: defaultWorkspace, generation, stage });
};

const transitionsIn = (written: ReadonlyArray<PlayedAlertRecord>): ReadonlyArray<AlertChanged> =>
  written.flatMap(({ record }) => (record.name === "alert-changed" ? [record.record] : []));

/** How many transitions there ought to be after each arrival. */
const countsAfter = (): ReadonlyArray<number> => {
  const plan = replay();
  plan.begin(startMs);
  let count = 0;
  return arrivals.map(({ atMs, lines }) => {
    for (const line of lines) plan.arrive({ ...playedLine(line), atMs });
    plan.advance(atMs);
    count += transitionsIn(plan.take()).length;
    return count;
  });
};

/** The transitions of the log, in their order. */
const liveTransitions = async (): Promise<ReadonlyArray<AlertChanged>> => {
  const found: AlertChanged[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    const place = { topic: alertsTopic, partition };
    const { bytes } = await clocked.engine.log.read(place, 0, 1 << 24);
    const cursor = new RecordCursor();
    cursor.reset(bytes, 0);
    while (cursor.next()) {
      const decoded = decodeAlert(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isRight(decoded) && decoded.right.name === "alert-changed") found.push(decoded.right.record);
    }
  }
  return found;
};

/** What does not depend on how fast the machine is: of what time brought about the instant, too, but no time waited so far. */
const comparable = (changed: AlertChanged) => {
  const { transition_id: _id, epoch: _epoch, generation: _generation, explain: _explain, ...rest } = changed;
  return {
    ...rest,
    value: changed.unit === "s" ? undefined : changed.value,
    at: changed.cause === "time" ? changed.at : undefined,
    evaluated_at: undefined,
    started_at: undefined,
  };
};

let clocked: ClockedEngine;
beforeAll(async () => {
  clocked = await openClockedEngine(defaultWorkspace, startMs);
  await clocked.engine.openAlerts({
    alertFiles: async () => right({ config, text: "" }),
    processName: "test",
    metrics: new Registry(),
    random: () => 0.5,
    onNotice: () => undefined,
  });
});
afterAll(() => clocked.dispose());

test("a back-test over a log that was written live writes the transitions that the live service wrote", async () => {
  for (const [index, count] of countsAfter().entries()) {
    const { atMs, lines } = arrivals[index] ?? { atMs: 0, lines: [] };
    clocked.at(atMs);
    if (lines.length > 0) await clocked.append(lines.map(({ event }) => event));
    await vi.waitFor(async () => expect((await liveTransitions()).length).toBe(count), {
      timeout: 20_000,
      interval: 20,
    });
  }
  const live = await liveTransitions();
  const { records } = await readPlayedLog(clocked.engine, () => undefined, new AbortController().signal);
  const played = replay();
  played.begin(startMs);
  for (const record of records) played.arrive(record);
  played.advance(clocked.nowMs());
  expect(transitionsIn(played.take()).map(comparable)).toEqual(live.map(comparable));
  expect(live.map(({ rule, status }) => [rule, status])).toEqual([
    ["win-rate-low", "firing"],
    ["unanswered-lead", "firing"],
    ["unanswered-lead", "resolved"],
    ["win-rate-low", "resolved"],
  ]);
  expect(live[1]?.at).toBe(Date.parse(`${day}T10:00:00Z`) + 5 * minuteMs);
}, 60_000);
