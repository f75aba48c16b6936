import type { AlertRecord } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { beforeEach, expect, test } from "vitest";
import type { Evaluator } from "../alert/observation.ts";
import { EngineEvaluator } from "../health/engine-evaluator.ts";
import { defaultNotifications } from "../notify/default-notifications.ts";
import { Surroundings } from "../notify/surroundings.ts";
import { alertRule } from "../testing/alert-rules.ts";
import { msOf } from "../testing/play.ts";
import { observationOf, ScriptedEvaluator } from "../testing/scripted-evaluator.ts";
import { openDecisions } from "./decisions.ts";
import { PartitionBook } from "./partition-book.ts";

const lagRule = alertRule({
  id: "engine-lag",
  severity: "critical",
  forMs: 60_000,
  condition: { _tag: "Engine", what: "lag", above: 30_000, windowMs: 0 },
});
const rules = [lagRule, alertRule()];

let records: Array<AlertRecord>;
let lagMs: number;
let scripted: ScriptedEvaluator;
beforeEach(() => {
  records = [];
  lagMs = 90_000;
});

/** An owner that begins anew with what the log says. */
const opened = () => {
  const around = new Surroundings([]);
  const partition = new PartitionBook({ config: defaultNotifications, calendar: new ZoneCalendar("UTC"), around });
  const append = (...more: ReadonlyArray<AlertRecord>): void => {
    for (const record of more) partition.apply(record);
  };
  append(...records);
  const claim = { epoch: partition.alerts.epoch + 1, owner: "a", generation: "g1", claimed_at: msOf("10:00") };
  records.push({ name: "alerts-claimed", record: claim });
  append({ name: "alerts-claimed", record: claim });
  const health = { lag: () => ({ ms: lagMs, isAtLeast: false }), quarantinedSince: () => 0 };
  scripted = new ScriptedEvaluator();
  const evaluators: ReadonlyArray<Evaluator> = [scripted, new EngineEvaluator({ rules, health })];
  const decisions = openDecisions({ partition, ruleSets: [{ name: "sales", rules }], evaluators, generation: "g1" });
  return (time: string, isLive: boolean): ReadonlyArray<string> => {
    const decided = decisions.step(msOf(time), isLive);
    records.push(...decided);
    append(...decided);
    for (const { name, record } of decided)
      if (name === "notification-planned") {
        const ended = { epoch: record.epoch, key: record.key, receiver: record.receiver, attempts: 1, detail: "" };
        const settled: AlertRecord = {
          name: "notification-settled",
          record: { ...ended, outcome: "delivered", settled_at: msOf(time) },
        };
        records.push(settled);
        append(settled);
      }
    return decided.flatMap(({ name, record }) =>
      name === "notification-planned" ? [`${record.kind} ${record.transitions.join(" ").replace(/\/.*/, "")}`] : [],
    );
  };
};

test("people are told that the engine is behind while it is, also where it never was live since the start", () => {
  const step = opened();
  expect(step("10:00", false)).toEqual([]);
  expect(step("10:02", false)).toEqual(["changed engine-lag"]);
  lagMs = 0;
  expect(step("10:08", false)).toEqual(["changed engine-lag"]);
});

test("what fires by the log is repeated only once it was looked at; what fires of the engine itself at once", () => {
  const former = opened();
  scripted.say(observationOf(alertRule(), { standing: "fires", atMs: msOf("10:00") }));
  expect(former("10:00", true)).toEqual(["changed win-rate-low"]);
  expect(former("10:02", true)).toEqual(["changed engine-lag"]);
  const step = opened();
  scripted.isAllSeen = false;
  expect(step("15:00", false)).toEqual(["repeated "]);
  expect(step("15:01", false)).toEqual([]);
  scripted.isAllSeen = true;
  scripted.say(observationOf(alertRule(), { standing: "clear", atMs: msOf("15:02") }));
  expect(step("15:02", true)).toEqual(["changed win-rate-low"]);
});
